using System.Collections.Immutable;
using Impersonator.Bodies;
using Impersonator.Networks;
using Impersonator.Torch;
using Impersonator.Training.Augmentations;
using Impersonator.Training.Curves;
using Impersonator.Training.Samples;
using Impersonator.Training.Sheets;
using Impersonator.Training.Synthesis;
using static TorchSharp.torch;

namespace Impersonator.Training.Trainers;

/// <summary>PoseNet's lesson: what PersonNet says of painted pictures, and the truth made doubtful, to pose, shape and place.</summary>
internal sealed class PoseLesson : ILesson, IDisposable
{
    /// <summary>Deviation of a guessed focal length's logarithm, and the share of photos that say theirs.</summary>
    private const float GuessSpread = 0.3f, Told = 0.35f;

    private const int SheetPictures = 24, SheetColumns = 6;
    private readonly PoseTrainerOptions _options;
    private readonly Func<IPainter> _painter;
    private readonly TorchDevice _device;
    private readonly TorchEngine _person;
    private readonly PoseBody _body;
    private readonly PoseLoss _loss;
    private readonly PoseScores _scores;
    private PersonAugmentation _augmentation;
    private SampleSupply? _supply;
    private Chance _chance;
    private PoseCorruption _corruption;

    public PoseLesson(PoseTrainerOptions options, Func<IPainter> painter, TorchDevice device)
    {
        (_options, _painter, _device, Graph) = (options, painter, device, PoseNet.Build(options.Network));
        _person = new TorchEngine(PersonNet.Build(options.PersonNetwork), options.Person, device, device.IsCuda || options.BFloat16 ? TorchPrecision.BFloat16 : TorchPrecision.Single);
        _body = new PoseBody(BodyModel.Default, device.Device);
        (_loss, _scores) = (new PoseLoss(_body), new PoseScores(_body, Look));
        (_augmentation, _chance, _corruption) = Start(options.Seed);
    }

    public Graph Graph { get; }

    public string WeightsName => PoseTrainer.WeightsName;

    private int Picture => _options.PersonNetwork.Picture;

    public ImmutableArray<string> Figures => PoseLoss.Figures;

    public ImmutableArray<string> HeldOutFigures { get; } = [.. PoseScores.Figures, .. Skeleton.SmplH.JointNames.Take(Joint.BodyCount).Select(j => j + "_degrees")];

    private SampleSupply Opened => _supply ?? throw new InvalidOperationException("Open comes first.");

    public ISupply Open(long firstSeed, Action<string> log) => _supply = SampleSupply.Open(_options, _painter, Picture, _device.Device, firstSeed, log);

    public void Begin(int seed) => (_augmentation, _chance, _corruption) = Start(seed);

    public (Tensor Loss, Tensor Figures) Learn(TorchEngine engine, int batch, double progress)
    {
        PersonBatch drawn;
        PoseInput input;
        PoseTargets targets;
        using (no_grad())
        {
            drawn = _augmentation.Draw(Opened.Samples, Opened.Filled, batch);
            targets = Targets(drawn);
            Tensor told = _chance.Sometimes(batch, Told);
            Tensor lens = stack([targets.Camera.Lens + (_chance.Normal(batch, GuessSpread) * (1 - told)), GuessSpread * (1 - told)], 1);
            long doubted = Math.Clamp((long)(batch * _options.Doubted), 0, batch - 1), looked = batch - doubted;
            PersonOutput said = PersonOutput.Of(_person.Forward(new Dictionary<string, Tensor> { ["picture"] = drawn.Picture.narrow(0, 0, looked) }, training: false));
            input = PoseInput.Of(said, lens.narrow(0, 0, looked));
            if (doubted > 0) input = PoseInput.Joined(input, _corruption.Doubt(drawn.Run(looked, doubted), lens.narrow(0, looked, doubted)));
            if (_options.Harm) input = _corruption.Harm(input);
        }
        return _loss.Compute(PoseOutput.Of(engine, input, training: true), targets, drawn);
    }

    public double[] Measure(TorchEngine engine, Tensor? parameters) => _scores.Measure(engine, parameters, Opened.HeldOut);

    public string Line(double[] figures)
    {
        double F(string name) => figures[Figures.IndexOf(name)];
        return FormattableString.Invariant($"loss {F("loss"):F3} rotation {F("rotation"):F3} joints {F("joint_mm"):F0} mm degrees {F("degrees"):F1} projection {F("projection"):F3} shape {F("shape"):F2} place {F("place"):F3} spread {F("spread"):F2} error {F("error"):F2}");
    }

    public string Held(double[] held) => FormattableString.Invariant(
        $"held out: MPJPE {held[0]:F1} mm, PA-MPJPE {held[1]:F1} mm, surface {held[2]:F1} mm, joints {held[3]:F1}°, root {held[4]:F1}°, shape {held[5]:F2}, projection {50 * held[6]:F2} % of the window; ")
        + string.Join(", ", Skeleton.SmplH.JointNames.Take(Joint.BodyCount).Select((name, j) => FormattableString.Invariant($"{name} {held[PoseScores.Figures.Length + j]:F0}°")));

    /// <summary>What PersonNet says of what training saw last, and of held-out samples.</summary>
    public void WriteSheets(string folder, TorchEngine engine, Tensor? parameters)
    {
        using var quiet = no_grad();
        using var scope = NewDisposeScope();
        foreach ((string name, PersonBatch batch) in new[] { ("samples.png", _augmentation.Draw(Opened.Samples, Opened.Filled, SheetPictures)), ("held-out.png", Opened.HeldOut.Batch(0, SheetPictures)) })
        {
            (PoseInput input, PoseTargets targets) = Look(batch);
            PoseOutput output = PoseOutput.Of(engine, input, training: false, parameters);
            (_, Tensor points) = _body.Place(output.Local, output.Shape);
            (_, Tensor truth) = _body.Place(targets.Local, targets.Shape);
            points = points.narrow(1, 0, PersonNet.KeypointCount);
            PlainPng.Write(Path.Combine(folder, name), PoseSheet.Draw(batch, targets.Camera.Project(points, output.Place), points, truth.narrow(1, 0, PersonNet.KeypointCount), SheetPictures, SheetColumns));
        }
    }

    public void Dispose() => _person.Dispose();

    /// <summary>PersonNet's own answers, the focal length told.</summary>
    private (PoseInput Input, PoseTargets Targets) Look(PersonBatch batch)
    {
        PoseTargets targets = Targets(batch);
        Tensor lens = stack([targets.Camera.Lens, zeros_like(targets.Camera.Lens)], 1);
        return (PoseInput.Of(PersonOutput.Of(_person, batch, training: false), lens), targets);
    }

    private static PoseTargets Targets(PersonBatch batch)
    {
        (ViewWarp view, Tensor bodies) = batch.From ?? throw new ArgumentException("The batch was not made from samples.", nameof(batch));
        return PoseTargets.Of(view, new StoredBodies(bodies));
    }

    private (PersonAugmentation Augmentation, Chance Chance, PoseCorruption Corruption) Start(int seed)
    {
        var chance = new Chance(_device.Device, seed);
        return (new PersonAugmentation(_device.Device, Picture, PersonNet.Mirror, _options.Augmentation, seed), chance, new PoseCorruption(chance));
    }
}

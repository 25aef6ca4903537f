using System.Collections.Immutable;
using Impersonator.Networks;
using Impersonator.Torch;
using Impersonator.Training.Augmentations;
using Impersonator.Training.Curves;
using Impersonator.Training.Samples;
using Impersonator.Training.Sheets;
using Impersonator.Training.Synthesis;
using static TorchSharp.torch;

namespace Impersonator.Training.Trainers;

/// <summary>PersonNet's lesson: pictures, treated ever anew, to matte, parts, surface, depth and keypoints.</summary>
internal sealed class PersonLesson : ILesson
{
    private const int SheetPictures = 24, SheetColumns = 6;
    private readonly PersonTrainerOptions _options;
    private readonly Func<IPainter> _painter;
    private readonly TorchDevice _device;
    private readonly PersonLoss _loss;
    private readonly PersonScores _scores;
    private PersonAugmentation _augmentation;
    private SampleSupply? _supply;

    public PersonLesson(PersonTrainerOptions options, Func<IPainter> painter, TorchDevice device)
    {
        (_options, _painter, _device, Graph) = (options, painter, device, PersonNet.Build(options.Network));
        (_loss, _scores, _augmentation) = (new PersonLoss(device.Device, PersonNet.Mirror), new PersonScores(device.Device), Treatment(options.Seed));
    }

    public Graph Graph { get; }

    public string WeightsName => PersonTrainer.WeightsName;

    private int Picture => _options.Network.Picture;

    public ImmutableArray<string> Figures => PersonLoss.Figures;

    public ImmutableArray<string> HeldOutFigures => PersonScores.Figures;

    private SampleSupply Opened => _supply ?? throw new InvalidOperationException("Open comes first.");

    public ISupply Open(long firstSeed, Action<string> log) => _supply = SampleSupply.Open(_options, _painter, Picture, _device.Device, firstSeed, log);

    public void Begin(int seed) => _augmentation = Treatment(seed);

    public (Tensor Loss, Tensor Figures) Learn(TorchEngine engine, int batch, double progress)
    {
        PersonBatch drawn;
        using (no_grad()) drawn = _augmentation.Draw(Opened.Samples, Opened.Filled, batch);
        return _loss.Compute(PersonOutput.Of(engine, drawn, training: true), drawn);
    }

    public double[] Measure(TorchEngine engine, Tensor? parameters) => _scores.Measure(engine, parameters, Opened.HeldOut);

    public string Line(double[] figures)
    {
        double F(string name) => figures[Figures.IndexOf(name)];
        return FormattableString.Invariant($"loss {F("loss"):F3} heat {F("heat"):F2} mirror {F("mirror"):F3} pixels {F("pixels"):F2} inside {F("inside"):F3} iou {F("iou"):F3} parts {F("part_accuracy"):F3} surface {F("surface_mm"):F0} mm depth {F("depth_mm"):F0} mm");
    }

    public string Held(double[] held) => FormattableString.Invariant(
        $"held out: PCK@0.05 {100 * held[0]:F1}, @0.1 {100 * held[1]:F1}, mean {100 * held[2]:F2} %, swapped {100 * held[3]:F1} %, matte IoU {held[4]:F3}, parts {100 * held[5]:F1} %, surface {held[6]:F1} cm, depth {held[7]:F1} cm");

    /// <summary>What training saw last, and held-out samples.</summary>
    public void WriteSheets(string folder, TorchEngine engine, Tensor? parameters)
    {
        using var quiet = no_grad();
        using var scope = NewDisposeScope();
        foreach ((string name, PersonBatch batch) in new[] { ("samples.png", Treatment(_options.Seed).Draw(Opened.Samples, Opened.Filled, SheetPictures)), ("held-out.png", Opened.HeldOut.Batch(0, SheetPictures)) })
            PlainPng.Write(Path.Combine(folder, name), SampleSheet.Draw(batch, PersonOutput.Of(engine, batch, training: false, parameters), SheetPictures, SheetColumns));
    }

    private PersonAugmentation Treatment(int seed) => new(_device.Device, Picture, PersonNet.Mirror, _options.Augmentation, seed);
}

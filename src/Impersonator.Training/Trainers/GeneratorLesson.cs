using System.Collections.Immutable;
using Impersonator.Networks;
using Impersonator.Torch;
using Impersonator.Training.Augmentations;
using Impersonator.Training.Curves;
using Impersonator.Training.Samples;
using Impersonator.Training.Sheets;
using static TorchSharp.torch;

namespace Impersonator.Training.Trainers;

/// <summary>A generator's lesson: the mesh in a pose and a photo of the person to what a camera would see.</summary>
internal sealed class GeneratorLesson : ILesson, IDisposable
{
    private const int SheetPictures = 20, SheetColumns = 2;

    /// <summary>Share of the discriminator's highest rate that is left at the end.</summary>
    private const double LastRate = 0.1;

    private readonly GeneratorTrainerOptions _options;
    private readonly Func<IBlockPainter<PairBlock>> _painter;
    private readonly TorchDevice _device;
    private readonly GeneratorLoss _loss;
    private readonly GeneratorScores _scores;
    private readonly Adversary _adversary;
    private PairAugmentation _augmentation;
    private PairSupply? _supply;

    public GeneratorLesson(GeneratorTrainerOptions options, Func<IBlockPainter<PairBlock>> painter, TorchDevice device)
    {
        (_options, _painter, _device) = (options, painter, device);
        TorchPrecision precision = device.IsCuda || options.BFloat16 ? TorchPrecision.BFloat16 : TorchPrecision.Single;
        (_loss, _adversary, _augmentation) = (new GeneratorLoss(options, device, precision), new Adversary(options, device, precision), new PairAugmentation(device.Device, options.Seed));
        _scores = new GeneratorScores(_loss.FeaturesOf);
    }

    public Graph Graph => _options.Network;

    public string WeightsName => _options.WeightsName;

    public ImmutableArray<string> Figures => GeneratorLoss.Figures;

    public ImmutableArray<string> HeldOutFigures => GeneratorScores.Figures;

    public ImmutableArray<(string Name, TorchEngine Engine, FlatAdamW Optimizer)> Companions => [("discriminator", _adversary.Engine, _adversary.Optimizer)];

    private PairSupply Opened => _supply ?? throw new InvalidOperationException("Open comes first.");

    public ISupply Open(long firstSeed, Action<string> log)
    {
        _supply = PairSupply.Open(_options, _painter, _device.Device, firstSeed, log);
        log("held out, the mesh alone: " + GeneratorScores.Line(_scores.Measure(_supply.HeldOut, GeneratorOutput.Mesh)));
        return _supply;
    }

    public void Begin(int seed) => _augmentation = new PairAugmentation(_device.Device, seed);

    public (Tensor Loss, Tensor Figures) Learn(TorchEngine engine, int batch, double progress)
    {
        PairBatch drawn;
        using (no_grad()) drawn = _augmentation.Draw(Opened.Pairs, Opened.Filled, batch);
        double rate = _options.AdversaryRate * (LastRate + ((1 - LastRate) * 0.5 * (1 + Math.Cos(Math.PI * progress))));
        return _loss.Compute(GeneratorOutput.Of(engine, drawn, training: true), drawn, progress < _options.AdversaryFrom ? null : pictures => _adversary.Judge(pictures, drawn, rate));
    }

    public double[] Measure(TorchEngine engine, Tensor? parameters)
        => _scores.Measure(Opened.HeldOut, batch => GeneratorOutput.Of(engine, batch, training: false, parameters));

    public string Line(double[] figures)
    {
        double F(string name) => figures[Figures.IndexOf(name)];
        return FormattableString.Invariant($"loss {F("loss"):F3} picture {F("picture"):F3} colour {F("colour"):F3} matte {F("matte"):F3} features {F("features"):F3} head {F("head"):F3} blend {F("blend"):F3} hinge {F("hinge"):F2} matching {F("matching"):F3} judge {F("judge"):F2} iou {F("overlap"):F3}");
    }

    public string Held(double[] held) => "held out: " + GeneratorScores.Line(held);

    /// <summary>Held-out pairs, evenly from all of them, and what training saw last.</summary>
    public void WriteSheets(string folder, TorchEngine engine, Tensor? parameters)
    {
        using var quiet = no_grad();
        using var scope = NewDisposeScope();
        foreach ((string name, PairBatch batch) in new[] { ("samples.png", _augmentation.Draw(Opened.Pairs, Opened.Filled, SheetPictures)), ("held-out.png", Opened.HeldOut.Spread(SheetPictures)) })
            PlainPng.Write(Path.Combine(folder, name), GeneratorSheet.Draw(batch, GeneratorOutput.Of(engine, batch, training: false, parameters), SheetColumns));
    }

    public void Dispose()
    {
        _loss.Dispose();
        _adversary.Dispose();
    }
}

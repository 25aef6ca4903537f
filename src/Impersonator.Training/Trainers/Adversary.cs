using Impersonator.Networks;
using Impersonator.Torch;
using Impersonator.Training.Augmentations;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Impersonator.Training.Trainers;

/// <summary>The discriminator with its own optimiser: learns to tell drawn pictures from true ones, and says how to pass.</summary>
/// <remarks>Hinge loss (Lim, Ye, "Geometric GAN", 2017) and feature matching (Wang et al., "pix2pixHD", CVPR 2018), on pieces of the pictures: half of them around heads.</remarks>
internal sealed class Adversary : IDisposable
{
    /// <summary>Steps that it learns before anybody listens, and then until it is listened to fully.</summary>
    private const double Alone = 150, Rising = 300;

    /// <summary>Share of pieces around a head, where one shows.</summary>
    private const double Heads = 0.5;

    private readonly Chance _chance;
    private readonly int _side;

    public Adversary(GeneratorTrainerOptions options, TorchDevice device, TorchPrecision precision)
    {
        _side = Math.Min(options.AdversarySide, options.SampleSize);
        Graph graph = Discriminator.Build(_side, options.AdversaryWidth);
        Engine = new TorchEngine(graph, Weights.Initialise(graph, options.Seed), device, precision);
        Optimizer = new FlatAdamW(Engine, new AdamWOptions { Beta1 = 0.5, Decay = 0.01, Clip = 4 });
        _chance = new Chance(device.Device, options.Seed, reseed: false);
    }

    /// <summary>The discriminator.</summary>
    public TorchEngine Engine { get; }

    /// <summary>Its optimiser.</summary>
    public FlatAdamW Optimizer { get; }

    /// <summary>How much it is listened to, 0 … 1.</summary>
    private double Weight => Math.Clamp((Optimizer.Steps - Alone) / Rising, 0, 1);

    /// <summary>Learns from a batch of drawn pictures, then judges them.</summary>
    /// <param name="pictures">[B, 3, S, S] drawn, with gradient.</param>
    /// <param name="batch">What they should be.</param>
    /// <param name="rate">Its learning rate.</param>
    /// <returns>Losses of who drew: what is said of the pictures, and the distance of features, both by how much it is listened to; and its own loss, without gradient.</returns>
    public (Tensor Hinge, Tensor Matching, Tensor Own) Judge(Tensor pictures, PairBatch batch, double rate)
    {
        Tensor grid, condition, truth;
        using (no_grad())
        {
            grid = Pieces(batch);
            condition = ViewWarp.Look(batch.Frame.narrow(1, 0, 4), grid, nearest: false);
            truth = ViewWarp.Look(batch.Picture, grid, nearest: false);
        }
        Tensor drawn = ViewWarp.Look(pictures, grid, nearest: false);
        long n = drawn.shape[0];
        IReadOnlyDictionary<string, Tensor> both = Look(cat([drawn.detach(), truth]), cat([condition, condition]), Engine.Parameters);
        Tensor own = F.relu(1 + both["score"].narrow(0, 0, n)).mean() + F.relu(1 - both["score"].narrow(0, n, n)).mean();
        own.backward();
        Optimizer.Step(rate);
        if (Weight == 0) return (zeros_like(own), zeros_like(own), own.detach());

        IReadOnlyDictionary<string, Tensor> judged = Look(drawn, condition, Engine.Parameters.detach());
        Tensor matching = Enumerable.Range(0, Discriminator.FeatureCount).Select(k => Distance(judged[$"features.{k}"], both[$"features.{k}"].narrow(0, n, n).detach())).Aggregate((sum, level) => sum + level);
        return (-judged["score"].mean() * Weight, matching * (Weight / Discriminator.FeatureCount), own.detach());
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Optimizer.Dispose();
        Engine.Dispose();
    }

    private IReadOnlyDictionary<string, Tensor> Look(Tensor picture, Tensor condition, Tensor parameters)
        => Engine.Forward(new Dictionary<string, Tensor> { ["picture"] = picture, ["condition"] = condition }, training: true, parameters);

    private static Tensor Distance(Tensor drawn, Tensor truth) => (drawn - truth).abs().mean();

    /// <summary>Where to look, pixel on pixel.</summary>
    private Tensor Pieces(PairBatch batch)
    {
        (long n, float side, float half) = (batch.Head.shape[0], batch.Side, _side / 2f);
        Tensor atHead = logical_and(GeneratorLoss.HeadShows(batch), _chance.Sometimes(n, Heads) > 0);
        Tensor Middle(int low, int high)
        {
            Tensor head = (batch.Head.select(1, low) + batch.Head.select(1, high)) * 0.5f;
            Tensor anywhere = _chance.Even(n, 0.2, 0.8) * side;
            return where(atHead, head, anywhere).round().clamp(half, side - half);
        }
        Tensor x = Middle(0, 2), y = Middle(1, 3), one = ones_like(x);
        return new ViewWarp(batch.Side, x, y, one * _side, zeros_like(x), one, one).Grid(_side);
    }
}

using Impersonator.Networks;
using Impersonator.Torch;
using static TorchSharp.torch;

namespace Impersonator.Training.Trainers;

/// <summary>How different two pictures look to PersonNet's encoder.</summary>
/// <remarks>As LPIPS (Zhang et al., "The Unreasonable Effectiveness of Deep Features as a Perceptual Metric", CVPR 2018): features of each place brought to
/// one length, then their mean absolute difference; the levels count alike.</remarks>
internal sealed class FeatureDistance : IDisposable
{
    private static readonly string[] Levels = ["half", "quarter", "eighth"];
    private readonly TorchEngine _engine;
    private readonly Tensor _frozen;

    /// <param name="weights">PersonNet's.</param>
    /// <param name="size">Of it.</param>
    /// <param name="side">Side of the pictures, pixels; a multiple of 32.</param>
    /// <param name="device">Where it lives.</param>
    /// <param name="precision">What it computes in.</param>
    public FeatureDistance(Weights weights, PersonNetSize size, int side, TorchDevice device, TorchPrecision precision)
    {
        _engine = new TorchEngine(PersonNet.Features(size with { Picture = side }), weights, device, precision);
        _frozen = _engine.Parameters.detach().DetachFromDisposeScope();
    }

    /// <summary>[B] distances.</summary>
    /// <param name="pictures">[B, 3, P, P] sRGB 0 … 1; the gradient goes into these alone.</param>
    /// <param name="truth">[B, 3, P, P].</param>
    public Tensor Between(Tensor pictures, Tensor truth)
    {
        IReadOnlyDictionary<string, Tensor> seen = Look(pictures), right;
        using (no_grad()) right = Look(truth);
        return Levels.Select(level => (Unit(seen[level]) - Unit(right[level])).abs().mean([1, 2, 3])).Aggregate((sum, level) => sum + level);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _frozen.Dispose();
        _engine.Dispose();
    }

    private IReadOnlyDictionary<string, Tensor> Look(Tensor pictures)
        => _engine.Forward(new Dictionary<string, Tensor> { ["picture"] = pictures - PersonNet.Mean }, training: false, _frozen);

    // Of length √C: a difference does not depend on how many channels there are.
    private static Tensor Unit(Tensor features) => features * (features.square().mean([1L], keepdim: true) + 1e-3).rsqrt();
}

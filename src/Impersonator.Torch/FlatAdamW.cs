using static TorchSharp.torch;

namespace Impersonator.Torch;

/// <summary>AdamW over an engine's one flat tensor, with gradient clipping and an exponential moving average beside it.</summary>
/// <remarks>
/// Loshchilov, Hutter, "Decoupled Weight Decay Regularization", ICLR 2019. A handful of kernels per step. A gradient that is not
/// finite is skipped; nothing waits for the device.
/// </remarks>
public sealed class FlatAdamW : IDisposable
{
    private readonly TorchEngine _engine;
    private readonly AdamWOptions _options;

    /// <summary>Starts with no memory and the average at the parameters.</summary>
    public FlatAdamW(TorchEngine engine, AdamWOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(engine);
        (_engine, _options) = (engine, options ?? new AdamWOptions());
        using var quiet = no_grad();
        First = zeros_like(engine.Parameters).detach().DetachFromDisposeScope();
        Second = zeros_like(engine.Parameters).detach().DetachFromDisposeScope();
        Average = engine.Parameters.detach().clone().DetachFromDisposeScope();
    }

    /// <summary>Exponential moving average of the parameters: what to evaluate and to keep.</summary>
    public Tensor Average { get; }

    /// <summary>Steps taken.</summary>
    public int Steps { get; internal set; }

    internal Tensor First { get; }

    internal Tensor Second { get; }

    /// <summary>Steps along the gradient that <c>backward</c> left, then clears it.</summary>
    /// <param name="rate">Learning rate.</param>
    /// <returns>The gradient's length before clipping: one number on the device, in the caller's dispose scope.</returns>
    /// <exception cref="InvalidOperationException">There is no gradient.</exception>
    public Tensor Step(double rate)
    {
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        Tensor parameters = _engine.Parameters;
        Tensor gradient = parameters.grad ?? throw new InvalidOperationException("There is no gradient; call backward first.");
        Tensor length = gradient.norm();
        Tensor finite = length.isfinite();
        Tensor scale = _options.Clip > 0 ? (_options.Clip / (length + 1e-6)).clamp_max(1) : ones_like(length);
        Tensor step = where(finite, gradient * scale, zeros_like(gradient));
        Steps++;
        First.mul_(_options.Beta1).add_(step, 1 - _options.Beta1);
        Second.mul_(_options.Beta2).addcmul_(step, step, 1 - _options.Beta2);
        Tensor root = (Second / (1 - Math.Pow(_options.Beta2, Steps))).sqrt_().add_(_options.Epsilon);
        if (_options.Decay > 0) parameters.narrow(0, 0, _engine.KernelCount).mul_(1 - (rate * _options.Decay));
        parameters.addcdiv_(First, root, -rate / (1 - Math.Pow(_options.Beta1, Steps)));
        gradient.zero_();
        // Short runs must forget their start too.
        double keep = Math.Min(_options.Averaging, (1.0 + Steps) / (10 + Steps));
        Average.mul_(keep).add_(parameters, 1 - keep);
        return length.MoveToOuterDisposeScope();
    }

    /// <summary>Frees the moments and the average.</summary>
    public void Dispose()
    {
        First.Dispose();
        Second.Dispose();
        Average.Dispose();
    }
}

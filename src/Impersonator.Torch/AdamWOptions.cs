namespace Impersonator.Torch;

/// <summary>Settings of <see cref="FlatAdamW"/>.</summary>
public sealed record AdamWOptions
{
    /// <summary>Decay of the gradient's mean.</summary>
    public double Beta1 { get; init; } = 0.9;

    /// <summary>Decay of the gradient's squared mean.</summary>
    public double Beta2 { get; init; } = 0.99;

    /// <summary>Added to the root of the squared mean.</summary>
    public double Epsilon { get; init; } = 1e-8;

    /// <summary>How much of a kernel goes per step, times the rate. Vectors do not decay.</summary>
    public double Decay { get; init; } = 0.02;

    /// <summary>Longest gradient that is let through unscaled; 0 for no limit.</summary>
    public double Clip { get; init; } = 1;

    /// <summary>How much of the moving average stays at each step.</summary>
    public double Averaging { get; init; } = 0.999;
}

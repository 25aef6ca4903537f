namespace Impersonator.Networks;

/// <summary>What a parameter is to its trainer.</summary>
public enum ParameterKind
{
    /// <summary>Kernel of a convolution or matrix of a linear map: decays, and is what may be rounded to half precision or bytes.</summary>
    Kernel,

    /// <summary>Bias, scale, offset: full precision, no decay.</summary>
    Vector,

    /// <summary>Running mean or variance: kept by the forward pass, not by gradients.</summary>
    Statistic,
}

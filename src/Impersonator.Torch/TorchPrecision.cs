namespace Impersonator.Torch;

/// <summary>In what numbers a <see cref="TorchEngine"/> computes. Parameters, norms' vectors and outputs stay float32 (Double: float64).</summary>
public enum TorchPrecision
{
    /// <summary>Float32 throughout.</summary>
    Single,

    /// <summary>Convolutions, linear maps and what flows between them in bfloat16; for CUDA.</summary>
    BFloat16,

    /// <summary>Float64 throughout, to check gradients.</summary>
    Double,
}

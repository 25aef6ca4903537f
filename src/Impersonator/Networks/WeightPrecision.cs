namespace Impersonator.Networks;

/// <summary>How finely kernels are written to disk. Vectors and statistics are always written whole; everything is computed in float32.</summary>
public enum WeightPrecision
{
    /// <summary>Float32, 4 bytes.</summary>
    Single,

    /// <summary>Float16, 2 bytes: off by at most 1/2048 of a value (above 6·10⁻⁵).</summary>
    Half,

    /// <summary>Int8 with one scale per output channel, 1 byte: off by at most 1/254 of the channel's largest value.</summary>
    Byte,
}

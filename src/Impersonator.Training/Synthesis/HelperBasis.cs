using System.Numerics;
using System.Runtime.InteropServices;

namespace Impersonator.Training.Synthesis;

/// <summary>MakeHuman's invisible vertices that clothes hang on, as a linear function of the body model's shape coefficients, in the T-pose.</summary>
internal sealed class HelperBasis
{
    /// <summary>[H·3] of the average body, metres.</summary>
    public float[] Mean = [];

    /// <summary>[K][H·3] offset for one standard deviation of each component.</summary>
    public float[][] Components = [];

    /// <summary>[4·H] joints.</summary>
    public byte[] Joints = [];

    /// <summary>[4·H] weights that sum to 255.</summary>
    public byte[] Weights = [];

    /// <summary>H.</summary>
    public int Count => Mean.Length / 3;

    /// <summary>Reads a basis.</summary>
    public static HelperBasis Read(BinaryReader input)
    {
        var basis = new HelperBasis { Mean = input.Array<float>(), Joints = input.Array<byte>(), Weights = input.Array<byte>() };
        float[] scales = input.Array<float>();
        short[] values = input.Array<short>();
        if (values.Length != scales.Length * basis.Mean.Length) throw new InvalidDataException("helper components that do not fit");
        basis.Components = [.. scales.Select((s, k) => Array.ConvertAll(values[(k * basis.Mean.Length)..((k + 1) * basis.Mean.Length)], x => x * s))];
        return basis;
    }

    /// <summary>Writes it, components in 16 bits.</summary>
    public void Write(BinaryWriter output)
    {
        output.Array(Mean);
        output.Array(Joints);
        output.Array(Weights);
        float[] scales = [.. Components.Select(c => MathF.Max(1e-9f, c.Select(MathF.Abs).DefaultIfEmpty(0).Max() / short.MaxValue))];
        output.Array(scales);
        output.Array<short>([.. Components.SelectMany((c, k) => c.Select(x => (short)MathF.Round(x / scales[k])))]);
    }

    /// <summary>A vertex of the average body.</summary>
    public Vector3 At(int helper) => MemoryMarshal.Cast<float, Vector3>(Mean)[helper];
}

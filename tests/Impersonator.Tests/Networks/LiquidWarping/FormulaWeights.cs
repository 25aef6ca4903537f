using System.Collections.Immutable;
using System.Text;
using Impersonator.Networks;
using Impersonator.Networks.LiquidWarping;

namespace Impersonator.Tests.Networks.LiquidWarping;

/// <summary>Weights made by a formula from a checkpoint's keys alone, so that two programs can have the same without a file.</summary>
/// <remarks>FNV-1a of the key, the MurmurHash3 finaliser of hash + index · golden ratio, uniform in −1 … 1, scaled by what the parameter is.</remarks>
internal static class FormulaWeights
{
    public static Weights Of(LiquidWarpingNetwork network) => Of(network.Parameters, network.KeyOf);

    public static Weights Of(ImmutableArray<Parameter> parameters, Func<Parameter, string> keyOf)
    {
        var weights = new Weights();
        foreach (Parameter parameter in parameters) weights.Set(parameter.Name, parameter.Shape, Fill(keyOf(parameter), parameter));
        return weights;
    }

    public static float[] Fill(string key, Parameter parameter)
    {
        bool transposed = key.Contains(".decoders.", StringComparison.Ordinal) || key.Contains(".upconvs.", StringComparison.Ordinal)
            || key.Split('.') is ["bg_model" or "bg_net", _, "18" or "21" or "24", "weight"];
        ImmutableArray<int> shape = parameter.Shape;
        float range = 0, mean = 0;
        if (shape.Length == 4) range = (float)Math.Sqrt(3.0 / (shape[transposed ? 0 : 1] * shape[2] * shape[3]));
        else if (key.EndsWith("weight", StringComparison.Ordinal)) (range, mean) = (0.25f, 1);
        else range = 0.125f;
        uint hash = 0x811C9DC5;
        foreach (byte letter in Encoding.UTF8.GetBytes(key)) hash = (hash ^ letter) * 0x01000193;
        var values = new float[parameter.Count];
        Parallel.For(0, (values.Length + 65535) / 65536, block =>
        {
            for (int i = block * 65536; i < Math.Min(values.Length, (block + 1) * 65536); i++)
            {
                float product = Uniform(hash + ((uint)i * 0x9E3779B9)) * range;
                values[i] = mean + product;
            }
        });
        return values;
    }

    /// <summary>Numbers in −1 … 1 for inputs.</summary>
    public static float[] Inputs(string key, int count)
    {
        uint hash = (uint)key.Length * 977;
        foreach (char letter in key) hash = (hash ^ letter) * 0x01000193;
        return [.. Enumerable.Range(0, count).Select(i => Uniform(hash + ((uint)i * 0x9E3779B9)))];
    }

    private static float Uniform(uint x)
    {
        x ^= x >> 16;
        x *= 0x85EBCA6B;
        x ^= x >> 13;
        x *= 0xC2B2AE35;
        x ^= x >> 16;
        return ((int)(x >> 8) - (1 << 23)) / (float)(1 << 23);
    }
}

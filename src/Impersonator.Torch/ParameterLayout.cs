using Impersonator.Networks;

namespace Impersonator.Torch;

/// <summary>Where each parameter lies in the flat arrays: kernels first, then vectors; statistics in an array of their own.</summary>
/// <remarks>Kernels of convolutions are stored [out, height, width, in]: seen as [out, in, height, width] they are channels-last, which CUDA wants.</remarks>
internal sealed class ParameterLayout
{
    public ParameterLayout(Graph graph)
    {
        Kernels = [.. graph.Parameters.Where(p => p.Kind == ParameterKind.Kernel)];
        Vectors = [.. graph.Parameters.Where(p => p.Kind == ParameterKind.Vector)];
        Statistics = [.. graph.Parameters.Where(p => p.Kind == ParameterKind.Statistic)];
        KernelCount = Kernels.Sum(p => p.Count);
        TrainedCount = KernelCount + Vectors.Sum(p => p.Count);
    }

    public Parameter[] Kernels { get; }

    public Parameter[] Vectors { get; }

    public Parameter[] Statistics { get; }

    public int KernelCount { get; }

    public int TrainedCount { get; }

    /// <summary>Kernels and vectors from weights into a flat array; those that are missing there keep what the array holds.</summary>
    /// <returns>Names of the missing.</returns>
    public List<string> Trained(Weights weights, float[] flat) => Take([.. Kernels, .. Vectors], weights, flat);

    /// <summary>Statistics from weights into a flat array.</summary>
    public List<string> Running(Weights weights, float[] flat) => Take(Statistics, weights, flat);

    /// <summary>Weights from the flat arrays.</summary>
    public Weights ToWeights(ReadOnlySpan<float> trained, ReadOnlySpan<float> running)
    {
        var weights = new Weights();
        foreach (Parameter parameter in (Parameter[])[.. Kernels, .. Vectors])
        {
            weights.Set(parameter.Name, parameter.Shape, Reorder(parameter, trained[..parameter.Count], fromFlat: true));
            trained = trained[parameter.Count..];
        }
        foreach (Parameter parameter in Statistics)
        {
            weights.Set(parameter.Name, parameter.Shape, running[..parameter.Count]);
            running = running[parameter.Count..];
        }
        return weights;
    }

    private static List<string> Take(Parameter[] parameters, Weights weights, float[] flat)
    {
        var missing = new List<string>();
        int at = 0;
        foreach (Parameter parameter in parameters)
        {
            if (weights.TryGet(parameter, out ReadOnlySpan<float> values)) Reorder(parameter, values, fromFlat: false).CopyTo(flat.AsSpan(at));
            else missing.Add(parameter.Name);
            at += parameter.Count;
        }
        return missing;
    }

    private static ReadOnlySpan<float> Reorder(Parameter parameter, ReadOnlySpan<float> values, bool fromFlat)
    {
        if (parameter.Kind != ParameterKind.Kernel || parameter.Shape.Length != 4) return values;
        int inner = parameter.Shape[1], taps = parameter.Shape[2] * parameter.Shape[3];
        var result = new float[values.Length];
        for (int o = 0; o < parameter.Shape[0]; o++)
        {
            for (int i = 0; i < inner; i++)
            {
                for (int t = 0; t < taps; t++)
                {
                    int plain = (((o * inner) + i) * taps) + t, last = (((o * taps) + t) * inner) + i;
                    if (fromFlat) result[plain] = values[last];
                    else result[last] = values[plain];
                }
            }
        }
        return result;
    }
}

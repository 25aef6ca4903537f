using Impersonator.Networks;

namespace Impersonator.Tests.Synthesis.Generation;

/// <summary>A generator that changes nothing: it paints the mesh.</summary>
internal static class GeneratorWeights
{
    private static readonly Lazy<Weights> Lazily = new(() =>
    {
        Graph graph = GeneratorNet.Build();
        var weights = Weights.Initialise(graph, seed: 1);
        foreach (Parameter parameter in graph.Parameters.Where(p => p.Name.StartsWith("head", StringComparison.Ordinal)))
            weights.Set(parameter.Name, parameter.Shape, new float[parameter.Count]);
        return weights;
    });

    public static Weights Neutral => Lazily.Value;
}

using Impersonator.Networks;

namespace Impersonator.Tests.Networks;

public sealed class OnnxEngineTests
{
    [Fact]
    public void Emit_BatchNormBehindConvolution_Vanishes()
    {
        // Folded: one node and the output's name. A convolution that others read too keeps its norm, as factor and summand.
        Assert.Equal(2, Nodes(OperationCases.Graph("batch norm folded")));
        Assert.Equal(5, Nodes(OperationCases.Graph("batch norm of a shared convolution")));
    }

    [Fact]
    public void Emit_Twice_GivesTheSameBytes()
    {
        Graph graph = OperationCases.Graph("transformer");
        Weights weights = OperationCases.Weights(graph);
        Assert.Equal(OnnxEngine.Emit(graph, weights), OnnxEngine.Emit(graph, weights));
    }

    [Fact]
    public void Run_Convolution_IsTheSumOfProducts()
    {
        var builder = new GraphBuilder("known");
        builder.Output("out", builder.Conv(builder.Input("x", 1, 2, 2), "c", 1, bias: true));
        var weights = new Weights();
        weights.Set("c.kernel", [1, 1, 3, 3], [1, 2, 3, 4, 5, 6, 7, 8, 9]);
        weights.Set("c.bias", [1], [0.5f]);
        using var engine = new OnnxEngine(builder.Build(), weights, threads: 1);
        NetworkArray result = engine.Run(new NetworkArray([1, 10, 100, 1000], 1, 1, 2, 2))["out"];
        // Top left: 5·1 + 6·10 + 8·100 + 9·1000, no mirroring of the kernel.
        Assert.Equal([9865.5f, 8754.5f, 6532.5f, 5421.5f], result.Values);
        Assert.Equal([1, 1, 2, 2], result.Shape);
    }

    [Fact]
    public void Run_ManyThreads_GivesEachItsOwn()
    {
        Graph graph = OperationCases.Graph("transformer");
        using var engine = new OnnxEngine(graph, OperationCases.Weights(graph), threads: 2);
        float[] Once(int i) => engine.Run(new NetworkArray([.. Enumerable.Range(0, 48).Select(k => MathF.Sin(k + i))], 1, 6, 8))["out"].Values;
        float[][] alone = [.. Enumerable.Range(0, 16).Select(Once)], together = new float[16][];
        Parallel.For(0, 16, i => together[i] = Once(i));
        Assert.Equal(alone, together);
    }

    [Fact]
    public void Run_WrongShape_SaysWhatIsNeeded()
    {
        Graph graph = OperationCases.Graph("relu");
        using var engine = new OnnxEngine(graph, new Weights(), threads: 1);
        ArgumentException bad = Assert.Throws<ArgumentException>(() => engine.Run(new NetworkArray(new float[192], 1, 4, 6, 8)));
        Assert.Contains("x [4, 8, 6]", bad.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => engine.Run(new Dictionary<string, NetworkArray>()));
    }

    // Fields of GraphProto: node = 1. ModelProto: graph = 7.
    private static int Nodes(Graph graph)
    {
        byte[] model = OnnxEngine.Emit(graph, OperationCases.Weights(graph));
        (int Field, Range Bytes) inner = Fields(model, 0..model.Length).Single(f => f.Field == 7);
        return Fields(model, inner.Bytes).Count(f => f.Field == 1);
    }

    private static IEnumerable<(int Field, Range Bytes)> Fields(byte[] bytes, Range range)
    {
        int at = range.Start.Value;
        long Varint()
        {
            long value = 0;
            for (int shift = 0; ; shift += 7)
            {
                value |= (long)(bytes[at] & 127) << shift;
                if (bytes[at++] < 128) return value;
            }
        }
        while (at < range.End.Value)
        {
            long tag = Varint(), length = Varint();
            if ((tag & 7) != 2) continue;
            yield return ((int)(tag >> 3), at..(at + (int)length));
            at += (int)length;
        }
    }
}

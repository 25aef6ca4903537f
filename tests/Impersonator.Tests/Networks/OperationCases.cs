using Impersonator.Networks;

namespace Impersonator.Tests.Networks;

/// <summary>Every operation in a small network, with inputs of the kind it expects.</summary>
internal static class OperationCases
{
    private static readonly Dictionary<string, Action<GraphBuilder>> Cases = new()
    {
        ["conv"] = g => Out(g, g.Conv(Picture(g), "c", 5)),
        ["conv stride bias"] = g => Out(g, g.Conv(Picture(g), "c", 5, kernel: 3, stride: 2, bias: true)),
        ["conv grouped dilated"] = g => Out(g, g.Conv(Picture(g), "c", 8, kernel: 3, groups: 2, dilation: 2)),
        ["conv 4x4 unpadded"] = g => Out(g, g.Conv(Picture(g), "c", 3, kernel: 4, stride: 2, padding: 0)),
        ["conv 1x1"] = g => Out(g, g.Conv(Picture(g), "c", 3, kernel: 1, bias: true)),
        ["depthwise"] = g => Out(g, g.Depthwise(Picture(g), "c", kernel: 5, stride: 2)),
        ["conv transpose 4x4"] = g => Out(g, g.ConvTranspose(Picture(g), "c", 5)),
        ["conv transpose 3x3 extra bias"] = g => Out(g, g.ConvTranspose(Picture(g), "c", 5, kernel: 3, extra: 1, bias: true)),
        ["conv transpose stride one"] = g => Out(g, g.ConvTranspose(Picture(g), "c", 3, kernel: 3, stride: 1)),
        ["batch norm folded"] = g => Out(g, g.BatchNorm(g.Conv(Picture(g), "c", 5, bias: true), "n")),
        ["batch norm alone"] = g => Out(g, g.BatchNorm(Picture(g), "n")),
        ["batch norm of a shared convolution"] = g =>
        {
            Value c = g.Conv(Picture(g), "c", 5);
            Out(g, g.Add(g.BatchNorm(c, "n"), c));
        },
        ["group norm"] = g => Out(g, g.GroupNorm(Picture(g), "n", 2)),
        ["instance norm"] = g => Out(g, g.InstanceNorm(Picture(g), "n")),
        ["instance norm without parameters"] = g => Out(g, g.InstanceNorm(Picture(g))),
        ["group norm behind convolution"] = g => Out(g, g.GroupNorm(g.Conv(Picture(g), "c", 6), "n", 3)),
        ["layer norm"] = g => Out(g, g.LayerNorm(Tokens(g), "n")),
        ["linear of tokens"] = g => Out(g, g.Linear(Tokens(g), "l", 5)),
        ["linear of a vector"] = g => Out(g, g.Linear(g.Input("x", 7), "l", 5, bias: false)),
        ["affine of a picture"] = g => Out(g, g.Affine(Picture(g), "a")),
        ["affine of a vector"] = g => Out(g, g.Affine(g.Input("x", 7), "a")),
        ["offset"] = g => Out(g, g.Offset(Tokens(g), "o", deviation: 1)),
        ["relu"] = g => Out(g, g.Relu(Picture(g))),
        ["silu"] = g => Out(g, g.Silu(Picture(g))),
        ["gelu"] = g => Out(g, g.Gelu(Picture(g))),
        ["hard swish"] = g => Out(g, g.HardSwish(Picture(g))),
        ["sigmoid"] = g => Out(g, g.Sigmoid(Picture(g))),
        ["tanh"] = g => Out(g, g.Tanh(Picture(g))),
        ["softplus"] = g => Out(g, g.Softplus(Picture(g))),
        ["exp"] = g => Out(g, g.Exp(Picture(g))),
        ["softmax of channels"] = g => Out(g, g.Softmax(Picture(g), 0)),
        ["softmax of the last"] = g => Out(g, g.Softmax(Tokens(g))),
        ["add"] = g => Out(g, g.Add(Picture(g), g.Input("y", 4, 8, 6))),
        ["subtract repeated"] = g => Out(g, g.Subtract(Picture(g), g.Input("y", 4, 1, 1))),
        ["multiply repeated"] = g => Out(g, g.Multiply(g.Input("y", 1, 8, 6), Picture(g))),
        ["divide"] = g => Out(g, g.Divide(Picture(g), g.Scale(g.Sigmoid(g.Input("y", 4, 8, 6)), 1, 0.5f))),
        ["scale"] = g => Out(g, g.Scale(Picture(g), -1.5f, 0.25f)),
        ["scale without shift"] = g => Out(g, g.Scale(Picture(g), 3)),
        ["clamp"] = g => Out(g, g.Clamp(Picture(g), -0.5f, 0.75f)),
        ["concat"] = g => Out(g, g.Concat(Picture(g), g.Input("y", 2, 8, 6))),
        ["concat along"] = g => Out(g, g.ConcatAlong(1, Tokens(g), g.Input("y", 6, 3))),
        ["slice"] = g => Out(g, g.Slice(Picture(g), 1, 3, axis: 1)),
        ["split"] = g =>
        {
            Value[] parts = g.Split(Picture(g), 1, 3);
            Out(g, g.Concat(parts[1], parts[0]));
        },
        ["resize up"] = g => Out(g, g.Resize(Picture(g), 2)),
        ["resize down"] = g => Out(g, g.Resize(Picture(g), 0.5f)),
        ["resize nearest up"] = g => Out(g, g.Resize(Picture(g), 2, Interpolation.Nearest)),
        ["resize nearest down"] = g => Out(g, g.Resize(Picture(g), 0.5f, Interpolation.Nearest)),
        ["average pool"] = g => Out(g, g.AveragePool(Picture(g), 2)),
        ["max pool"] = g => Out(g, g.MaxPool(Picture(g), 3, stride: 2, padding: 1)),
        ["global pool"] = g => Out(g, g.GlobalPool(Picture(g))),
        ["sum"] = g => Out(g, g.Sum(Picture(g), -1)),
        ["grid sample"] = g => Out(g, g.GridSample(Picture(g), g.Input("y", 5, 3, 2))),
        ["grid sample border"] = g => Out(g, g.GridSample(Picture(g), g.Input("y", 5, 3, 2), border: true)),
        ["grid sample corners"] = g => Out(g, g.GridSample(Picture(g), g.Input("y", 5, 3, 2), alignCorners: true)),
        ["grid sample corners border"] = g => Out(g, g.GridSample(Picture(g), g.Input("y", 5, 3, 2), border: true, alignCorners: true)),
        ["resize corners down"] = g => Out(g, g.ResizeCorners(Picture(g), 3, 5)),
        ["resize corners up"] = g => Out(g, g.ResizeCorners(Picture(g), 11, 12)),
        ["resize flow"] = g => Out(g, g.ResizeFlow(g.Input("y", 8, 6, 2), 4, 3)),
        ["warp"] = g => Out(g, g.Warp(Picture(g), g.Input("y", 16, 12, 2))),
        ["warp corners"] = g => Out(g, g.Warp(Picture(g), g.Input("y", 8, 6, 2), alignCorners: true)),
        ["attend warped"] = g => Out(g, g.AttendWarped(Picture(g), [g.Input("y", 4, 8, 6), g.Input("z", 4, 8, 6)], "a", hidden: 3)),
        ["spade"] = g => Out(g, g.Spade(Picture(g), g.Input("y", 3, 8, 6), "s", hidden: 5)),
        ["matmul"] = g => Out(g, g.MatMul(g.Input("x", 2, 3, 4), g.Input("y", 2, 4, 5))),
        ["attend"] = g => Out(g, g.Attend(Tokens(g), g.Input("y", 5, 8), g.Input("z", 5, 4), heads: 2)),
        ["attention of tokens"] = g => Out(g, g.Attention(Tokens(g), "a", 4)),
        ["attention of a picture"] = g => Out(g, g.Attention(g.Input("x", 8, 4, 3), "a", 2)),
        ["transformer"] = g => Out(g, g.Transformer(Tokens(g), "t", 2)),
        ["reshape"] = g => Out(g, g.Reshape(Picture(g), 8, 24)),
        ["transpose"] = g => Out(g, g.Transpose(Picture(g), 2, 0, 1)),
        ["pixel shuffle"] = g => Out(g, g.PixelShuffle(Picture(g), 2)),
        ["stop gradient"] = g => Out(g, g.Add(g.StopGradient(Picture(g)), g.Input("y", 4, 8, 6))),
        ["precise"] = g => Out(g, g.Precise(Picture(g))),
        ["two outputs, one an input"] = g =>
        {
            Value x = Picture(g);
            g.Output("same", x);
            Out(g, g.Relu(x));
        },
    };

    public static TheoryData<string> Names => [.. Cases.Keys];

    public static Graph Graph(string name)
    {
        var builder = new GraphBuilder(name);
        Cases[name](builder);
        return builder.Build();
    }

    /// <summary>Weights away from the special values they start with: scales not one, shifts not zero, variances positive.</summary>
    public static Weights Weights(Graph graph)
    {
        var weights = new Weights();
        foreach (Parameter parameter in graph.Parameters)
        {
            var random = new Random(parameter.Name.Length + parameter.Count);
            var values = new float[parameter.Count];
            for (int i = 0; i < values.Length; i++)
                values[i] = parameter.Name.EndsWith("variance", StringComparison.Ordinal) ? 0.5f + random.NextSingle() : random.NextSingle() - 0.4f;
            weights.Set(parameter.Name, parameter.Shape, values);
        }
        return weights;
    }

    /// <summary>Values within ±1.3, so that places of a grid fall outside too.</summary>
    public static Dictionary<string, NetworkArray> Inputs(Graph graph, int batch)
    {
        var random = new Random(7);
        return graph.Inputs.ToDictionary(input => input.Name, input =>
        {
            var values = new float[batch * (int)input.Count];
            for (int i = 0; i < values.Length; i++) values[i] = 1.3f * ((2 * random.NextSingle()) - 1);
            return new NetworkArray(values, [batch, .. input.Shape]);
        });
    }

    private static Value Picture(GraphBuilder g) => g.Input("x", 4, 8, 6);

    private static Value Tokens(GraphBuilder g) => g.Input("x", 6, 8);

    private static void Out(GraphBuilder g, Value value) => g.Output("out", value);
}

using Impersonator.Files;
using Impersonator.Networks;

namespace Impersonator.Tests.Networks;

public sealed class WeightsTests
{
    private static readonly Graph Graph = OperationCases.Graph("batch norm folded");

    [Fact]
    public void Initialise_SameSeed_SameValues_AnotherSeed_Others()
    {
        Parameter kernel = Graph.Parameters[0];
        float[] one = Weights.Initialise(Graph, 1)[kernel].ToArray();
        Assert.Equal(one, Weights.Initialise(Graph, 1)[kernel].ToArray());
        Assert.NotEqual(one, Weights.Initialise(Graph, 2)[kernel].ToArray());
    }

    [Fact]
    public void Fill_He_HasItsMeanAndDeviation()
    {
        var values = new float[100_001];
        Initialiser.He(50).Fill(3, "kernel", values);
        double mean = values.Average(v => (double)v), deviation = Math.Sqrt(values.Average(v => (double)v * v));
        Assert.Equal(0, mean, 0.003);
        Assert.Equal(0.2, deviation, 0.003);
    }

    [Theory]
    [InlineData(WeightPrecision.Single, 0, 0)]
    [InlineData(WeightPrecision.Half, 1 / 2048.0, 0)]
    [InlineData(WeightPrecision.Byte, 0, 1 / 253.9)]
    public void Read_WhatWasWritten_IsWithinThePrecision(WeightPrecision precision, double relative, double ofLargest)
    {
        Weights weights = OperationCases.Weights(Graph);
        weights.Words["trained"] = "never";
        using var file = new MemoryStream();
        weights.Write(file, precision);
        file.Position = 0;
        Weights again = Weights.Read(file, "weights");
        Assert.Equal("never", again.Words["trained"]);
        Assert.Equal(weights.Names.Order(), again.Names.Order());
        foreach (Parameter parameter in Graph.Parameters)
        {
            float[] expected = weights[parameter].ToArray(), actual = again[parameter].ToArray();
            int channel = expected.Length / parameter.Shape[0];
            for (int i = 0; i < expected.Length; i++)
            {
                double largest = expected[(i / channel * channel)..((i / channel * channel) + channel)].Max(MathF.Abs);
                double allowed = parameter.Kind == ParameterKind.Kernel ? (relative * Math.Abs(expected[i])) + (ofLargest * largest) : 0;
                Assert.True(Math.Abs(expected[i] - actual[i]) <= allowed, $"{parameter.Name}[{i}]: {expected[i]} became {actual[i]}");
            }
        }
    }

    [Fact]
    public void Write_Bytes_TakesAQuarterOfSingle()
    {
        var builder = new GraphBuilder("large");
        builder.Output("out", builder.Conv(builder.Input("x", 64, 8, 8), "c", 64));
        Weights weights = Weights.Initialise(builder.Build(), 1);
        long Length(WeightPrecision precision)
        {
            using var file = new MemoryStream();
            weights.Write(file, precision);
            return file.Length;
        }
        Assert.InRange(Length(WeightPrecision.Single) / (double)Length(WeightPrecision.Byte), 3.9, 4);
        Assert.InRange(Length(WeightPrecision.Single) / (double)Length(WeightPrecision.Half), 1.95, 2);
    }

    [Fact]
    public void Write_ChannelOfZeros_StaysZero()
    {
        var weights = new Weights();
        weights.Set("k", [2, 2], [0, 0, 1, -1]);
        using var file = new MemoryStream();
        weights.Write(file, WeightPrecision.Byte);
        file.Position = 0;
        Assert.Equal([0, 0, 1, -1], Weights.Read(file, "k")[new Parameter("k", [2, 2], ParameterKind.Kernel, Initialiser.Zero)].ToArray());
    }

    [Fact]
    public void Indexer_MissingOrOfAnotherShape_SaysWhich()
    {
        var weights = new Weights();
        InputException missing = Assert.Throws<InputException>(() => weights[Graph.Parameters[0]].Length);
        Assert.Contains("c.kernel [5, 4, 3, 3] is missing", missing.Message, StringComparison.Ordinal);
        weights.Set("c.kernel", [1, 1], [1]);
        Assert.Contains("another shape", Assert.Throws<InputException>(() => weights[Graph.Parameters[0]].Length).Message, StringComparison.Ordinal);
        Assert.Throws<InputException>(() => new OnnxEngine(Graph, weights));
        Assert.Throws<ArgumentException>(() => weights.Set("c.kernel", [2, 2], [1]));
    }

    [Fact]
    public void Read_ScalesThatDoNotFit_AreRefused()
    {
        using var file = new MemoryStream();
        new SafetensorsBuilder().Add<sbyte>("k", [1, 2], 2, 1).Add<float>("k:scales", [1, 1, 1], 3).Write(file);
        file.Position = 0;
        Assert.Throws<InputException>(() => Weights.Read(file, "bad"));
    }

    [Fact]
    public void ReadShipped_EachThatIsThere_IsRead_OthersAreRefused()
    {
        Assert.All(Weights.Shipped, network => Assert.NotEmpty(Weights.ReadShipped(network).Names));
        Assert.Contains("models/no-net.safetensors", Assert.Throws<InputException>(() => Weights.ReadShipped("no-net")).Message, StringComparison.Ordinal);
    }
}

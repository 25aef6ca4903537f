using System.Diagnostics;
using System.Globalization;
using System.Text;
using Impersonator.Networks;

namespace Impersonator.Benchmarks;

/// <summary>What one run of each network costs on the processor.</summary>
internal static class NetworkFigures
{
    public static void Run(string path)
    {
        var table = new StringBuilder("# Networks\n\n");
        table.AppendLine(CultureInfo.InvariantCulture, $"{Stopwatches.Machine()}, ONNX Runtime {OnnxEngine.RuntimeVersion}, float32, untrained weights. Middle (fastest) of 41 runs, and the processor time of one, all threads together: what stays the same on a busy machine.");
        table.AppendLine().AppendLine("`dotnet run -c Release --project benchmarks/Impersonator.Benchmarks -- networks`").AppendLine();
        table.AppendLine("| network | parameters, M | GFLOP | made ready, ms | 1 thread, ms | processor, ms | 2 threads, ms | processor, ms |").AppendLine("|---|---|---|---|---|---|---|---|");
        Row(table, "PersonNet, 256²", PersonNet.Build());
        Row(table, "GeneratorNet, 256², a photo", GeneratorNet.Source());
        Row(table, "GeneratorNet, 256², a frame", GeneratorNet.Transfer());
        Row(table, "GeneratorNet, 256², a frame, attention", GeneratorNet.Transfer(new GeneratorNetSize { Mixing = FeatureMixing.Attention }));
        Row(table, "U-Net 32–256, ReLU", Like("relu", (g, x) => g.Relu(x)));
        Row(table, "U-Net 32–256, SiLU", Like("silu", (g, x) => g.Silu(x)));
        Row(table, "U-Net 32–256, HardSwish", Like("hardswish", (g, x) => g.HardSwish(x)));
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        File.WriteAllText(path, table.ToString());
        Console.Write(table);
    }

    private static void Row(StringBuilder table, string name, Graph graph)
    {
        Weights weights = Weights.Initialise(graph, 1);
        double ready = Stopwatches.Measure(() => new OnnxEngine(graph, weights, 2).Dispose(), warmUp: 1, runs: 5).Least;
        table.Append(CultureInfo.InvariantCulture, $"| {name} | {graph.ParameterCount / 1e6:F2} | {graph.Multiplications * 2 / 1e9:F2} | {ready:F0} |");
        Dictionary<string, NetworkArray> inputs = graph.Inputs.ToDictionary(input => input.Name, Noise);
        foreach (int threads in (int[])[1, 2])
        {
            using var engine = new OnnxEngine(graph, weights, threads);
            using var process = Process.GetCurrentProcess();
            TimeSpan before = process.TotalProcessorTime;
            (double median, double least) = Stopwatches.Measure(() => engine.Run(inputs), warmUp: 5, runs: 41);
            process.Refresh();
            double busy = (process.TotalProcessorTime - before).TotalMilliseconds / (5 + 5 + 41);
            table.Append(CultureInfo.InvariantCulture, $" {median:F0} ({least:F0}) | {busy:F0} |");
        }
        table.AppendLine();
    }

    private static NetworkArray Noise(Value input)
    {
        var values = new float[input.Count];
        var random = new Random(1);
        for (int i = 0; i < values.Length; i++) values[i] = random.NextSingle() - 0.5f;
        return new NetworkArray(values, [1, .. input.Shape]);
    }

    private static Graph Like(string name, Func<GraphBuilder, Value, Value> act)
    {
        var g = new GraphBuilder(name);
        Value Layer(Value x, string layer, int channels, int stride = 1, int kernel = 3) => act(g, g.BatchNorm(g.Conv(x, layer, channels, kernel, stride), layer + ".norm"));
        Value x = Layer(g.Input("picture", 3, 256, 256), "stem", 32, 2);
        var skips = new List<Value>();
        foreach ((int width, int blocks) in ((int, int)[])[(48, 1), (128, 2), (256, 3), (256, 2)])
        {
            skips.Add(x);
            x = Layer(x, $"down{skips.Count}", width, 2);
            for (int i = 0; i < blocks; i++) x = act(g, g.Add(x, g.BatchNorm(g.Conv(Layer(x, $"down{skips.Count}.{i}", width), $"down{skips.Count}.{i}.b", width), $"down{skips.Count}.{i}.b.norm")));
        }
        foreach (int width in (int[])[128, 96, 64])
        {
            Value skip = skips[^1];
            skips.RemoveAt(skips.Count - 1);
            x = Layer(g.Add(g.Resize(Layer(x, $"up{width}", width, kernel: 1), 2), g.Conv(skip, $"skip{width}", width, kernel: 1)), $"join{width}", width);
        }
        g.Output("out", g.Conv(x, "head", 64, kernel: 1, bias: true));
        return g.Build();
    }
}

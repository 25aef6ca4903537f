using System.Diagnostics;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Impersonator.Bodies;
using Impersonator.Files;
using Impersonator.Networks;
using Impersonator.Torch;
using Impersonator.Videos;

namespace Impersonator.Cli.Diagnosis;

/// <summary>Looks at what the machine offers. Each thing is tried, not only found.</summary>
internal static class Doctor
{
    public static IEnumerable<Finding> Examine(string device, string? torchFolder)
    {
        yield return Processor();
        yield return Try("models", needed: true, () => $"body of {BodyModel.Default.Template.VertexCount} vertices; networks: {(Weights.Shipped.Count > 0 ? string.Join(", ", Weights.Shipped) : "none")}");
        yield return Try("ONNX Runtime", needed: true, OnnxRuntime);
        yield return new("ffmpeg", VideoFormats.HasFfmpeg, Needed: false, VideoFormats.HasFfmpeg ? "on the PATH: MP4 can be written, videos can be read" : "not on the PATH: no MP4, no videos as input; install ffmpeg");
        yield return Try("training", needed: false, () => Training(device, torchFolder));
    }

    private static Finding Processor()
    {
        string vectors = Vector512.IsHardwareAccelerated ? "AVX-512" : Avx2.IsSupported ? "AVX2" : Vector128.IsHardwareAccelerated ? "128-bit" : "none";
        string name = File.Exists("/proc/cpuinfo") ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal))?.Split(':', 2)[1].Trim() ?? "" : "";
        double memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (double)(1 << 30);
        return new("processor", true, true, FormattableString.Invariant($"{name} {RuntimeInformation.ProcessArchitecture}, {Environment.ProcessorCount} threads, {memory:F1} GiB, SIMD {vectors} ({Vector<float>.Count} floats at once), .NET {Environment.Version}, {RuntimeInformation.OSDescription}"));
    }

    private static string OnnxRuntime()
    {
        Graph graph = Small();
        using var engine = new OnnxEngine(graph, Weights.Initialise(graph, 1));
        _ = engine.Run(new NetworkArray(new float[3 * 16 * 16], 1, 3, 16, 16));
        return $"{OnnxEngine.RuntimeVersion}, a small network ran";
    }

    private static string Training(string name, string? torchFolder)
    {
        TorchDevice device = TorchDevice.Choose(name, torchFolder);
        long start = Stopwatch.GetTimestamp();
        (float first, float last) = TorchProbe.Train(device);
        string text = FormattableString.Invariant($"{device.Description}; 20 steps of a tiny network in {Stopwatch.GetElapsedTime(start).TotalMilliseconds:F0} ms, loss {first:F3} to {last:F3}");
        return last < first / 2 ? text : throw new TorchException(text + ": the loss does not fall; this libtorch computes something else.");
    }

    private static Graph Small()
    {
        var builder = new GraphBuilder("doctor");
        builder.Output("out", builder.GlobalPool(builder.Relu(builder.BatchNorm(builder.Conv(builder.Input("picture", 3, 16, 16), "conv", 8), "norm"))));
        return builder.Build();
    }

    private static Finding Try(string subject, bool needed, Func<string> look)
    {
        try
        {
            return new(subject, true, needed, look());
        }
        catch (Exception cause) when (cause is InputException or DllNotFoundException or TypeInitializationException or BadImageFormatException or ExternalException)
        {
            // The loader's own words name every place it looked; its first sentence is enough.
            string text = cause.GetBaseException().Message.ReplaceLineEndings(" ");
            return new(subject, false, needed, cause is InputException ? text : text.Split(". ")[0]);
        }
    }
}

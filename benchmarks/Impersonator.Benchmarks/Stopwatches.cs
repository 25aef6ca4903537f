using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Impersonator.Benchmarks;

/// <summary>Times an action often enough that its middle run says what it costs.</summary>
internal static class Stopwatches
{
    /// <summary>Milliseconds of the middle and of the fastest run, after runs that warm up caches and the compiler.</summary>
    public static (double Median, double Least) Measure(Action action, int warmUp = 60, int runs = 101)
    {
        for (int i = 0; i < warmUp; i++) action();
        Thread.Sleep(200); // the optimising compiler works in the background
        for (int i = 0; i < warmUp; i++) action();
        var times = new double[runs];
        for (int i = 0; i < runs; i++)
        {
            long start = Stopwatch.GetTimestamp();
            action();
            times[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }
        Array.Sort(times);
        return (times[runs / 2], times[0]);
    }

    /// <summary>The processor's name and what is used of it.</summary>
    public static string Machine()
    {
        string name = RuntimeInformation.ProcessArchitecture.ToString();
        if (File.Exists("/proc/cpuinfo"))
            name = File.ReadLines("/proc/cpuinfo").FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal))?.Split(':', 2)[1].Trim() ?? name;
        return string.Create(CultureInfo.InvariantCulture, $"{name}, {Environment.ProcessorCount} cores, .NET {Environment.Version}");
    }

    /// <summary>How many processes wanted to run over the last minute, where the system tells; far above the number of cores, times say little.</summary>
    public static string Load() => File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "unknown";
}

namespace Impersonator.Training.Evaluation.Benchmark;

/// <summary>What is asked of one photo.</summary>
/// <param name="Name">In tables.</param>
/// <param name="Photo">[7, S, S] what a method may know of the photo.</param>
/// <param name="Frames">Drawn one after the other while they are read; their arrays are reused.</param>
internal sealed record BenchmarkTask(string Name, byte[] Photo, IEnumerable<BenchmarkFrame> Frames);

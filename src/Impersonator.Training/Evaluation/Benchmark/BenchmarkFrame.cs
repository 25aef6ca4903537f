using Impersonator.Training.Evaluation.Pictures;

namespace Impersonator.Training.Evaluation.Benchmark;

/// <summary>One picture that is asked for, with the truth.</summary>
/// <param name="Group">Within the task.</param>
/// <param name="Frame">[12, S, S] what is known of it; reused for the next.</param>
/// <param name="Flow">[2, S/2, S/2] places in the photo; reused for the next.</param>
/// <param name="Truth">How the person really looks.</param>
/// <param name="Follows">It is a moment after the frame before it, and only the change between the two is measured.</param>
internal sealed record BenchmarkFrame(string Group, byte[] Frame, short[] Flow, ComparedPicture Truth, bool Follows = false);

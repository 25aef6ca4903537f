namespace Impersonator.Training.Evaluation.Pictures;

/// <summary>One picture's place in the tables.</summary>
/// <param name="Task">Of the benchmark.</param>
/// <param name="Group">Within the task; groups are in the order of their names.</param>
/// <param name="Method">Who made it.</param>
/// <param name="Seed">Of the person, to find it again.</param>
/// <param name="Frame">Which of the person's frames.</param>
/// <param name="Score">Its figures.</param>
internal sealed record PictureEntry(string Task, string Group, string Method, long Seed, int Frame, PictureScore Score);

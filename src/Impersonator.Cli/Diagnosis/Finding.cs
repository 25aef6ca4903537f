namespace Impersonator.Cli.Diagnosis;

/// <summary>One thing the doctor looked at.</summary>
/// <param name="Subject">What it is.</param>
/// <param name="Sound">Whether it is there and works.</param>
/// <param name="Needed">Whether pictures and videos need it.</param>
/// <param name="Text">What was found, or why not and what to do; one line.</param>
internal readonly record struct Finding(string Subject, bool Sound, bool Needed, string Text);

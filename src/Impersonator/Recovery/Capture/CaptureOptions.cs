using Impersonator.Files;

namespace Impersonator.Recovery.Capture;

/// <summary>Whose motion is taken from a video, and from which part of it.</summary>
public sealed record CaptureOptions
{
    /// <summary>Which of several people in the first frame that shows one, from 0, largest first; null takes the largest.</summary>
    public int? Person { get; init; }

    /// <summary>Start of the part that is watched, seconds. Default 0.</summary>
    public double From { get; init; }

    /// <summary>Its end, seconds; null watches to the end.</summary>
    public double? To { get; init; }

    /// <summary>How strongly frames are held together: 0 takes every frame by itself, 1 is usual, more is calmer. Default 1.</summary>
    public double Smoothing { get; init; } = 1;

    /// <summary>Checks the values.</summary>
    /// <exception cref="InputException">One is out of its range.</exception>
    public void Validate()
    {
        if (Person < 0) throw new InputException($"Person {Person}: people are numbered from 0.");
        if (!(From >= 0) || !double.IsFinite(From)) throw new InputException($"A start at {From} s; give seconds from 0 on.");
        if (To is { } to && !(to > From)) throw new InputException($"From {From} s to {to} s nothing is left to watch; the end comes after the start.");
        if (!(Smoothing >= 0) || !double.IsFinite(Smoothing)) throw new InputException($"Smoothing {Smoothing}; give 0 or more.");
    }
}

using Impersonator.Files;
using Impersonator.Imaging;

namespace Impersonator.Synthesis.LiquidWarping;

/// <summary>How a shot is taken that a published generator draws.</summary>
public sealed record WarpedShotOptions
{
    /// <summary>The longer side of the frames, pixels, 64 to 1024, a multiple of 8. Default 256, which the generator of 2019 was trained for.</summary>
    public int Size { get; init; } = 256;

    /// <summary>Frames per second, 1 to 120. Default 30.</summary>
    public float FramesPerSecond { get; init; } = 30;

    /// <summary>Length, seconds, at most 600; longer than the motion repeats it. Default null: as long as the motion.</summary>
    public float? Seconds { get; init; }

    /// <summary>What to show behind the person, of any size; default null: what the generator's background network makes of the photo.</summary>
    public Image? Background { get; init; }

    /// <summary>Threads of the networks; 0 for as many as there are cores.</summary>
    public int Threads { get; init; }

    /// <summary>Checks every option.</summary>
    /// <exception cref="InputException">One is out of its range; the message names it.</exception>
    public void Validate()
    {
        if (Size is < 64 or > 1024 || Size % 8 != 0) throw new InputException($"Size {Size} does not suit the model; give the longer side as 64 to 1024 pixels, a multiple of 8 (256 is the original's).");
        new ShotOptions { FramesPerSecond = FramesPerSecond, Seconds = Seconds }.Validate();
    }
}

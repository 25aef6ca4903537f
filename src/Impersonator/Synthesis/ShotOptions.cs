using Impersonator.Files;
using Impersonator.Networks;

namespace Impersonator.Synthesis;

/// <summary>How a shot is taken.</summary>
public sealed record ShotOptions
{
    /// <summary>The longer side of the frames, pixels, 64 to 4096. Default 512.</summary>
    public int Size { get; init; } = 512;

    /// <summary>Frames per second, 1 to 120. Default 30.</summary>
    public float FramesPerSecond { get; init; } = 30;

    /// <summary>Length, seconds, at most 600; longer than the motion repeats it. Default null: as long as the motion.</summary>
    public float? Seconds { get; init; }

    /// <summary>Where the camera is. Default null: the photo's camera, standing still, or going along where the subject would walk out of the picture.</summary>
    public CameraPath? Camera { get; init; }

    /// <summary>Show more than the photo where the motion would leave the picture: the subject keeps its place in the scene and becomes smaller; with one who walks into the camera or far away the camera goes along. Default false: scale and place are the photo's.</summary>
    public bool Fit { get; init; }

    /// <summary>Seed of what <see cref="Fit"/> makes up around the photo. Default 1.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Draw the soft shadow under the subject. Default true.</summary>
    public bool Shadow { get; init; } = true;

    /// <summary>Weights of <see cref="GeneratorNet"/>, which then draws the subject as a photo would show it. Default null: the textured mesh itself is drawn.</summary>
    public Weights? Generator { get; init; }

    /// <summary>Checks every option.</summary>
    /// <exception cref="InputException">One is out of its range; the message names it.</exception>
    internal void Validate()
    {
        if (Size is < 64 or > 4096) throw new InputException($"Size {Size} is out of range; give the longer side as 64 to 4096 pixels.");
        if (!(FramesPerSecond is >= 1 and <= 120)) throw new InputException($"{FramesPerSecond} frames per second is out of range; give 1 to 120.");
        if (Seconds is { } s && !(s is > 0 and <= 600)) throw new InputException($"{s} seconds is out of range; give more than 0 and at most 600.");
    }
}

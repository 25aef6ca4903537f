using Impersonator.Bodies;

namespace Impersonator.Motions;

public sealed partial class Motion
{
    /// <summary>Slack when seconds are turned into frames, frames: 0.1 s × 30 is frame 3 although it is not so in binary.</summary>
    private const float FrameSlack = 1e-3f;

    /// <summary>The pose at a time; before the start and after the end the motion holds still.</summary>
    /// <param name="seconds">Seconds after the first frame.</param>
    public Pose At(float seconds)
    {
        float frame = Math.Clamp(seconds * FramesPerSecond, 0, FrameCount - 1);
        int before = (int)frame;
        float share = frame - before;
        // On a frame the frame itself, so that resampling onto the same times changes no bit.
        if (share < FrameSlack) return Poses[before];
        if (share > 1 - FrameSlack) return Poses[before + 1];
        return PoseInterpolation.Between(Poses[before], Poses[before + 1], share);
    }

    /// <summary>The same motion at another frame rate; rotations take the shorter arc between frames.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The rate is not a positive number.</exception>
    public Motion Resample(float framesPerSecond)
    {
        if (!(framesPerSecond > 0) || !float.IsFinite(framesPerSecond)) throw new ArgumentOutOfRangeException(nameof(framesPerSecond), framesPerSecond, "A positive number of frames per second.");
        return framesPerSecond == FramesPerSecond ? this : Sampled(0, Duration, 1, framesPerSecond);
    }

    /// <summary>The part between two times.</summary>
    /// <param name="from">Seconds, clamped to the motion.</param>
    /// <param name="to">Seconds, clamped to the motion.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="to"/> lies before <paramref name="from"/>, or one is not a number.</exception>
    public Motion Cut(float from, float to)
    {
        if (!(to >= from)) throw new ArgumentOutOfRangeException(nameof(to), to, $"A cut from {from} s must end later.");
        from = Math.Clamp(from, 0, Duration);
        return Sampled(from, Math.Clamp(to, 0, Duration), 1, FramesPerSecond);
    }

    /// <summary>The same motion faster (above 1) or slower (below 1) at the same frame rate.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The factor is not a positive number.</exception>
    public Motion AtSpeed(float factor)
    {
        if (!(factor > 0) || !float.IsFinite(factor)) throw new ArgumentOutOfRangeException(nameof(factor), factor, "A positive factor; 2 is twice as fast.");
        return factor == 1 ? this : Sampled(0, Duration, factor, FramesPerSecond);
    }

    private Motion Sampled(float from, float to, float speed, float framesPerSecond)
    {
        int count = checked((int)(((double)(to - from) / speed * framesPerSecond) + FrameSlack) + 1);
        var poses = new Pose[count];
        for (int k = 0; k < count; k++) poses[k] = At(from + (float)((double)k / framesPerSecond * speed));
        return new Motion(Name, framesPerSecond, HipHeight, poses);
    }

    private Motion With(IReadOnlyList<Pose> poses) => new(Name, FramesPerSecond, HipHeight, poses);
}

using Impersonator.Bodies;

namespace Impersonator.Motions;

public sealed partial class Motion
{
    /// <summary>One round of a motion that can be repeated: its last pose is its first one, further along the way.</summary>
    /// <param name="crossFade">Seconds over which the end is led into the beginning; at most half the motion.</param>
    /// <remarks>The end is laid over the beginning (turned and moved on the ground), so travel goes on from round to round.</remarks>
    public Motion Loop(float crossFade = 0.25f)
    {
        int fade = FadeFrames(crossFade, (FrameCount - 1) / 2);
        int last = FrameCount - 1 - fade;
        var poses = new Pose[last + 1];
        GroundMove back = GroundMove.Between(Poses[last + (fade / 2)], Poses[fade / 2]);
        for (int k = 0; k <= last; k++)
            poses[k] = k < fade ? PoseInterpolation.Between(back.Apply(Poses[last + k]), Poses[k], PoseInterpolation.Ease((float)k / fade)) : Poses[k];
        // Without a cross-fade nothing leads to the first pose: the last becomes it.
        if (fade == 0) poses[last] = GroundMove.Between(Poses[0], Poses[last]).Apply(Poses[0]);
        return With(poses);
    }

    /// <summary>The motion several times in a row, each round starting where the one before ended; best after <see cref="Loop"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than one time.</exception>
    public Motion Repeat(int times)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(times, 1);
        GroundMove round = GroundMove.Between(Poses[0], Poses[^1]), soFar = new(System.Numerics.Quaternion.Identity, default);
        var poses = new List<Pose>(checked(((FrameCount - 1) * times) + 1)) { Poses[0] };
        for (int k = 0; k < times; k++)
        {
            for (int f = 1; f < FrameCount; f++) poses.Add(soFar.Apply(Poses[f]));
            soFar = round.Then(soFar);
        }
        return With(poses);
    }

    /// <summary>Another motion after this one, beginning where this one ends and facing the same way.</summary>
    /// <param name="next">It takes this motion's frame rate and size.</param>
    /// <param name="crossFade">Seconds over which both overlap; at most half of the shorter one.</param>
    public Motion Then(Motion next, float crossFade = 0.25f)
    {
        ArgumentNullException.ThrowIfNull(next);
        next = next.Resample(FramesPerSecond).ForHipHeight(HipHeight);
        int fade = FadeFrames(crossFade, (Math.Min(FrameCount, next.FrameCount) - 1) / 2);
        int start = FrameCount - 1 - fade;
        GroundMove onto = GroundMove.Between(next.Poses[fade / 2], Poses[start + (fade / 2)]);
        var poses = new Pose[start + next.FrameCount];
        for (int k = 0; k < poses.Length; k++)
        {
            poses[k] = k < start ? Poses[k]
                : k >= FrameCount ? onto.Apply(next.Poses[k - start])
                : PoseInterpolation.Between(Poses[k], onto.Apply(next.Poses[k - start]), fade == 0 ? 0 : PoseInterpolation.Ease((float)(k - start) / fade));
        }
        return With(poses);
    }

    /// <summary>A mixture of two motions, pose by pose, as long as the shorter one.</summary>
    /// <param name="other">It takes this motion's frame rate and size.</param>
    /// <param name="share">0 = this motion, 1 = the other.</param>
    public Motion Blend(Motion other, float share)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (!(share is >= 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(share), share, "A share from 0 to 1.");
        other = other.Resample(FramesPerSecond).ForHipHeight(HipHeight);
        var poses = new Pose[Math.Min(FrameCount, other.FrameCount)];
        for (int k = 0; k < poses.Length; k++) poses[k] = PoseInterpolation.Between(Poses[k], other.Poses[k], share);
        return With(poses);
    }

    private int FadeFrames(float seconds, int most)
    {
        if (!(seconds >= 0)) throw new ArgumentOutOfRangeException(nameof(seconds), seconds, "A cross-fade of 0 s or more.");
        return (int)Math.Min(Math.Round(seconds * (double)FramesPerSecond), most);
    }
}

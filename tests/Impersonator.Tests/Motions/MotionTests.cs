using System.Numerics;
using Impersonator.Bodies;
using Impersonator.Motions;

namespace Impersonator.Tests.Motions;

public class MotionTests
{
    [Fact]
    public void Mirror_Twice_IsIdentity()
    {
        Motion motion = TestMotions.Swinging();
        AssertSame(motion, motion.Mirror().Mirror());
    }

    [Fact]
    public void Mirror_SwapsSidesInSpace()
    {
        Motion motion = TestMotions.Swinging();
        Vector3[] rest = TestMotions.Rest;
        var (rotations, places) = (new Quaternion[Joint.Count], new Vector3[Joint.Count]);
        Kinematics.Forward(Skeleton.SmplH, rest, motion.Poses[7], rotations, places);
        Vector3 leftWrist = places[Joint.LeftWrist];
        Kinematics.Forward(Skeleton.SmplH, rest, motion.Mirror().Poses[7], rotations, places);
        Assert.True(Vector3.Distance(leftWrist * new Vector3(-1, 1, 1), places[Joint.RightWrist]) < 1e-4f);
    }

    [Fact]
    public void Resample_SameRate_IsIdentity()
    {
        Motion motion = TestMotions.Swinging();
        AssertSame(motion, motion.Resample(motion.FramesPerSecond));
        AssertSame(motion, motion.Resample(motion.FramesPerSecond * 4).Resample(motion.FramesPerSecond));
    }

    [Fact]
    public void Resample_KeepsDuration_AndTakesTheShorterArc()
    {
        Quaternion a = Quaternion.CreateFromAxisAngle(Vector3.UnitY, 0.2f), b = -Quaternion.CreateFromAxisAngle(Vector3.UnitY, 0.4f);
        Pose rest = Pose.Rest(Skeleton.SmplH);
        var motion = new Motion("two", 10, 1, [rest with { Rotations = rest.Rotations.SetItem(5, a) }, rest with { Rotations = rest.Rotations.SetItem(5, b) }]);
        Motion finer = motion.Resample(20);
        Assert.Equal(3, finer.FrameCount);
        Assert.Equal(motion.Duration, finer.Duration, 1e-6f);
        Assert.True(MathF.Abs(Quaternion.Dot(finer.Poses[1].Rotations[5], Quaternion.CreateFromAxisAngle(Vector3.UnitY, 0.3f))) > 0.99999f);
    }

    [Fact]
    public void Cut_OnFrames_KeepsThem()
    {
        Motion motion = TestMotions.Swinging();
        Motion part = motion.Cut(0.1f, 0.5f);
        Assert.Equal(13, part.FrameCount);
        for (int f = 0; f < part.FrameCount; f++) Assert.Equal(motion.Poses[f + 3], part.Poses[f]);
    }

    [Fact]
    public void Cut_OutsideTheMotion_IsClamped_AndBackwardsIsABug()
    {
        Motion motion = TestMotions.Swinging();
        AssertSame(motion, motion.Cut(-5, 500));
        Assert.Throws<ArgumentOutOfRangeException>(() => motion.Cut(1, 0.5f));
    }

    [Fact]
    public void AtSpeed_Two_HalvesTheTime_AndSkipsEverySecondFrame()
    {
        Motion motion = TestMotions.Swinging(), fast = motion.AtSpeed(2);
        Assert.Equal(motion.Duration / 2, fast.Duration, 0.02f);
        for (int f = 0; f < fast.FrameCount; f++) Assert.Equal(motion.Poses[2 * f], fast.Poses[f]);
    }

    [Theory]
    [InlineData(0f)]
    [InlineData(0.2f)]
    public void Loop_EndsInItsFirstPose_FurtherAlong(float fade)
    {
        Motion motion = TestMotions.Swinging(), loop = motion.Loop(fade);
        for (int j = 1; j < Joint.Count; j++) AssertNear(loop.Poses[0].Rotations[j], loop.Poses[^1].Rotations[j], 1e-3f);
        Assert.True(loop.Poses[^1].Root.Z > loop.Poses[0].Root.Z + 0.5f, "the walk goes on");
    }

    [Fact]
    public void Repeat_OfALoop_HasNoJump()
    {
        Motion loop = TestMotions.Swinging().Loop(0.2f), long_ = loop.Repeat(3);
        Assert.Equal(((loop.FrameCount - 1) * 3) + 1, long_.FrameCount);
        float largestInLoop = Largest(loop), largest = Largest(long_);
        Assert.True(largest < largestInLoop * 1.5f, $"{largest} after {largestInLoop}");
        Assert.Equal(3 * (loop.Poses[^1].Root.Z - loop.Poses[0].Root.Z), long_.Poses[^1].Root.Z - long_.Poses[0].Root.Z, 0.02f);

        static float Largest(Motion m)
        {
            float most = 0;
            for (int f = 1; f < m.FrameCount; f++)
            {
                most = MathF.Max(most, Vector3.Distance(m.Poses[f].Root, m.Poses[f - 1].Root));
                for (int j = 0; j < Joint.Count; j++) most = MathF.Max(most, Angle(m.Poses[f].Rotations[j], m.Poses[f - 1].Rotations[j]));
            }
            return most;
        }
    }

    [Fact]
    public void Then_BeginsWithTheOne_AndEndsWithTheOther()
    {
        Motion a = TestMotions.Swinging(), b = a.Mirror(), both = a.Then(b, 0.2f);
        Assert.Equal(a.FrameCount + b.FrameCount - 1 - 6, both.FrameCount);
        Assert.Equal(a.Poses[5], both.Poses[5]);
        for (int j = 1; j < Joint.Count; j++) AssertNear(b.Poses[^1].Rotations[j], both.Poses[^1].Rotations[j], 1e-4f);
        Assert.True(both.Poses[^1].Root.Z > a.Poses[^1].Root.Z, "travel goes on");
    }

    [Fact]
    public void Blend_EndsOfTheShare_AreTheMotions()
    {
        Motion a = TestMotions.Swinging(), b = a.Mirror();
        AssertSame(a, a.Blend(b, 0));
        AssertSame(b, a.Blend(b, 1));
    }

    [Fact]
    public void WithoutTravel_KeepsHeight()
    {
        Motion motion = TestMotions.Swinging(), still = motion.WithoutTravel();
        Assert.All(still.Poses, p => Assert.Equal(0, p.Root.Z));
        Assert.Equal(motion.Poses[9].Root.Y, still.Poses[9].Root.Y);
    }

    [Fact]
    public void FromOrigin_FacesForward_AndIsIdempotent()
    {
        Motion motion = TestMotions.Swinging();
        var move = new GroundMove(Quaternion.CreateFromAxisAngle(Vector3.UnitY, 2), new Vector3(4, 0, -3));
        Motion moved = new("moved", motion.FramesPerSecond, motion.HipHeight, [.. motion.Poses.Select(move.Apply)]);
        Motion home = moved.FromOrigin();
        Assert.Equal(0, GroundMove.Heading(home.Poses[0].Rotations[0]), 1e-4f);
        AssertSame(home, home.FromOrigin());
        AssertSame(motion.FromOrigin(), home);
    }

    private static float Angle(Quaternion a, Quaternion b) => 2 * MathF.Acos(MathF.Min(1, MathF.Abs(Quaternion.Dot(a, b))));

    private static void AssertNear(Quaternion a, Quaternion b, float angle) => Assert.True(1 - MathF.Abs(Quaternion.Dot(a, b)) <= angle * angle / 8 + 1e-6f, $"{a} and {b}");

    private static void AssertSame(Motion expected, Motion actual)
    {
        Assert.Equal(expected.FrameCount, actual.FrameCount);
        for (int f = 0; f < expected.FrameCount; f++)
        {
            Assert.True(Vector3.Distance(expected.Poses[f].Root, actual.Poses[f].Root) < 1e-4f);
            for (int j = 0; j < Joint.Count; j++) AssertNear(expected.Poses[f].Rotations[j], actual.Poses[f].Rotations[j], 1e-3f);
        }
    }
}

using System.Numerics;
using Impersonator.Bodies;
using Impersonator.Motions;
using Impersonator.Motions.Library;

namespace Impersonator.Tests.Motions;

public class FootLockTests
{
    private static readonly Vector3[] Rest = TestMotions.Rest;

    public static TheoryData<string> Names => [.. MotionLibrary.Names];

    [Theory]
    [InlineData("walk")]
    [InlineData("dance-groove")]
    [InlineData("punch")]
    public void Apply_SlidingFeet_StandStill(string name)
    {
        Motion motion = MotionLibrary.Create(name);
        FootContacts contacts = FootContacts.Of(motion.Poses, Rest, motion.FramesPerSecond);
        // Legs of other proportions: every foot goes on while it stands, and sinks and rises a little.
        Pose[] sliding = [.. motion.Poses.Select((p, f) => p with { Root = p.Root + new Vector3(0.03f * MathF.Sin(0.2f * f), 0.01f * MathF.Sin(0.3f * f), 0.02f * MathF.Cos(0.17f * f)) })];
        Assert.True(FootSlide.Of(sliding, Rest, contacts).Mean > 0.02f);
        Pose[] planted = FootLock.Apply(sliding, contacts, Rest, motion.FramesPerSecond);
        Assert.True(FootSlide.Of(planted, Rest, contacts).Largest < 0.005f, $"{1000 * FootSlide.Of(planted, Rest, contacts).Largest:F1} mm");
        var body = new GroundContact(Rest);
        for (int f = 0; f < planted.Length; f++)
        {
            body.Set(planted[f]);
            for (int side = 0; side < 2; side++)
            {
                Assert.True(body.LowestOf(side) > -0.001f, $"frame {f}: foot {side} {-1000 * body.LowestOf(side):F1} mm under the ground");
                if (contacts.Stands(side, f)) Assert.True(body.LowestOf(side) < 0.005f, $"frame {f}: foot {side} {1000 * body.LowestOf(side):F1} mm above the ground");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Apply_FeetThatStandStill_MovesNothing(string name)
    {
        Motion motion = MotionLibrary.Create(name);
        Pose[] planted = FootLock.Apply([.. motion.Poses], FootContacts.Of(motion.Poses, Rest, motion.FramesPerSecond), Rest, motion.FramesPerSecond);
        GroundContact before = new(Rest), after = new(Rest);
        float largest = 0;
        for (int f = 0; f < planted.Length; f++)
        {
            before.Set(motion.Poses[f]);
            after.Set(planted[f]);
            for (int j = 0; j < Joint.LeftHand; j++) largest = MathF.Max(largest, Vector3.Distance(before.Places[j], after.Places[j]));
        }
        // The cartwheel comes down on the edge of its foot, which the ground presses flat.
        Assert.True(largest < (name == "cartwheel" ? 0.05f : 0.03f), $"{1000 * largest:F1} mm");
    }

    [Theory]
    [InlineData("backflip")]
    [InlineData("jump")]
    public void Apply_InFlight_FallsAsThingsFall(string name)
    {
        Motion motion = MotionLibrary.Create(name);
        FootContacts contacts = FootContacts.Of(motion.Poses, Rest, motion.FramesPerSecond);
        Pose[] planted = FootLock.Apply([.. motion.Poses.Select((p, f) => p with { Root = p.Root + new Vector3(0.0004f * f, 0.01f, 0) })], contacts, Rest, motion.FramesPerSecond);
        (int first, int last) = FootContacts.Runs(planted.Length, f => !contacts.Stands(0, f) && !contacts.Stands(1, f)).MaxBy(run => run.Last - run.First);
        Assert.True(last - first > 8);
        var body = new GroundContact(Rest);
        Vector3 Centre(int f)
        {
            body.Set(planted[f]);
            return MotionSketch.CentreOfMass(body.Places);
        }
        // Contacts end a frame or two before the author's flight does.
        for (int f = first + 3; f <= last - 3; f++)
        {
            Vector3 fall = (Centre(f + 1) - (2 * Centre(f)) + Centre(f - 1)) * motion.FramesPerSecond * motion.FramesPerSecond;
            Assert.True(Vector3.Distance(fall, new Vector3(0, -9.81f, 0)) < 1, $"{fall} at frame {f}");
        }
    }

    [Fact]
    public void Apply_LegTooShort_LowersThePelvisInsteadOfStretching()
    {
        Pose rest = Pose.Rest(Skeleton.SmplH, Rest[0]);
        // The pelvis rises for half a second; the feet are said to stand.
        Pose[] standing = [.. Enumerable.Repeat(rest, 60)];
        FootContacts contacts = FootContacts.Of(standing, Rest, 30);
        Pose[] planted = FootLock.Apply([.. standing.Select((p, f) => p with { Root = p.Root + new Vector3(0, f is > 20 and < 35 ? 0.04f : 0, 0) })], contacts, Rest, 30);
        var body = new GroundContact(Rest);
        foreach (Pose pose in planted)
        {
            body.Set(pose);
            Assert.Equal(0, body.LowestOf(0), 0.002f);
            Assert.Equal(Vector3.Distance(Rest[Joint.LeftKnee], Rest[Joint.LeftAnkle]), Vector3.Distance(body.Places[Joint.LeftKnee], body.Places[Joint.LeftAnkle]), 1e-4f);
        }
        for (int f = 1; f < planted.Length; f++) Assert.True(MathF.Abs(planted[f].Root.Y - planted[f - 1].Root.Y) < 0.045f);
    }

    [Fact]
    public void Apply_StraightLegs_KneesDoNotPop()
    {
        // Straight legs at full stretch while the pelvis sways: a millimetre more or less is degrees at the knee.
        Pose rest = Pose.Rest(Skeleton.SmplH, TestMotions.Rest[0]);
        Pose[] standing = [.. Enumerable.Repeat(rest, 240)];
        FootContacts contacts = FootContacts.Of(standing, Rest, 120);
        Pose[] planted = FootLock.Apply([.. standing.Select((p, f) => p with { Root = p.Root + new Vector3(0, 0.01f * MathF.Sin(0.1f * f), 0.05f * MathF.Sin(0.05f * f)) })], contacts, Rest, 120);
        float Knee(int f) => 2 * MathF.Acos(Math.Clamp(planted[f].Rotations[Joint.LeftKnee].W, -1, 1)) * 180 / MathF.PI;
        for (int f = 2; f < planted.Length; f++) Assert.True(MathF.Abs(Knee(f) - (2 * Knee(f - 1)) + Knee(f - 2)) < 1.5f, $"the knee pops at frame {f}: {Knee(f - 2):F1} {Knee(f - 1):F1} {Knee(f):F1}");
    }

    [Fact]
    public void ForBody_AnotherShape_StandsWhereTheMotionStands()
    {
        Motion walk = MotionLibrary.Create("walk");
        Body tall = BodyModel.Default.Create(new Shape([2.5f, -1.5f, 1]));
        Motion fitted = walk.ForBody(tall);
        FootSlide slide = FootSlide.Of(fitted.Poses, tall.RestJoints, FootContacts.Of(walk.Poses, Rest, walk.FramesPerSecond));
        Assert.Equal(tall.HipHeight, fitted.HipHeight);
        Assert.True(slide.Largest < 0.005f, $"{1000 * slide.Largest:F1} mm");
    }

    [Fact]
    public void Move_ToWhereTheAnkleIs_ChangesNothing()
    {
        (Vector3 hip, Vector3 knee, Vector3 ankle) = (new(0.1f, 0.9f, 0), new(0.12f, 0.5f, 0.1f), new(0.11f, 0.1f, 0));
        (Quaternion thigh, Quaternion shin) = LegBend.Move(hip, knee, ankle, Vector3.UnitX, ankle, 1);
        Assert.True(MathF.Abs(thigh.W) > 0.999999f && MathF.Abs(shin.W) > 0.999999f, $"{thigh} {shin}");
    }

    [Fact]
    public void Move_WithinReach_BringsTheAnkleThereWithAKneeInFront()
    {
        (Vector3 hip, Vector3 knee, Vector3 ankle) = (new(0.1f, 0.9f, 0), new(0.1f, 0.5f, 0), new(0.1f, 0.1f, 0));
        Vector3 wanted = new(0.15f, 0.2f, 0.1f);
        (Quaternion thigh, Quaternion shin) = LegBend.Move(hip, knee, ankle, Vector3.UnitX, wanted, 1);
        Vector3 newKnee = hip + Vector3.Transform(knee - hip, thigh), newAnkle = newKnee + Vector3.Transform(ankle - knee, shin);
        Assert.True(Vector3.Distance(newAnkle, wanted) < 1e-4f, $"{newAnkle}");
        Assert.True(newKnee.Z > 0.1f, $"{newKnee}");
    }
}

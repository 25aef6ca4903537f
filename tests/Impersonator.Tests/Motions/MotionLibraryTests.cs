using System.Numerics;
using Impersonator.Bodies;
using Impersonator.Files;
using Impersonator.Motions;
using Impersonator.Motions.Library;

namespace Impersonator.Tests.Motions;

public class MotionLibraryTests
{
    private static readonly Body Performer = BodyModel.Default.Create(Shape.Average);

    private static readonly Dictionary<string, Func<AuthoredMotion>> Authored = new()
    {
        ["walk"] = Gaits.Walk,
        ["run"] = Gaits.Run,
        ["wave"] = Gestures.Wave,
        ["bow"] = Gestures.Bow,
        ["idle"] = Gestures.Idle,
        ["squat"] = Exercises.Squat,
        ["jumping-jack"] = Exercises.JumpingJack,
        ["jump"] = Exercises.Jump,
        ["dance-groove"] = Dances.Groove,
        ["dance-disco"] = Dances.Disco,
        ["kick"] = Fights.Kick,
        ["punch"] = Fights.Punch,
        ["spin"] = Acrobatics.Spin,
        ["cartwheel"] = Acrobatics.Cartwheel,
        ["backflip"] = Acrobatics.Backflip,
    };

    public static TheoryData<string> Names => [.. MotionLibrary.Names];

    private static Vector3[] Places(Pose pose)
    {
        var places = new Vector3[Joint.Count];
        Kinematics.Forward(Skeleton.SmplH, Performer.RestJoints, pose, new Quaternion[Joint.Count], places);
        return places;
    }

    [Fact]
    public void Names_HoldEveryPromisedMotion()
    {
        foreach (string promised in (string[])["walk", "run", "wave", "bow", "squat", "jumping-jack", "kick", "punch", "spin", "cartwheel", "backflip"])
            Assert.Contains(promised, MotionLibrary.Names);
        Assert.True(MotionLibrary.Names.Count(n => n.StartsWith("dance", StringComparison.Ordinal)) >= 2);
        Assert.Equal(MotionLibrary.Names.Order(), Authored.Keys.Order());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Contacts_StandingFeet_SlideUnderOneCentimetre(string name)
    {
        AuthoredMotion authored = Authored[name]();
        foreach ((float from, float to, int side) in authored.Sketch.Contacts)
        {
            int first = (int)MathF.Ceiling(from * authored.Motion.FramesPerSecond), last = Math.Min((int)(to * authored.Motion.FramesPerSecond), authored.Motion.FrameCount - 1);
            if (first < 0 || last <= first) continue;
            Vector3[] ball = [.. Enumerable.Range(first, last - first + 1).Select(f => Places(authored.Motion.Poses[f])[Joint.LeftFoot + side])];
            float slide = ball.Max(p => new Vector2(p.X - ball[0].X, p.Z - ball[0].Z).Length());
            Assert.True(slide < 0.01f, $"{name}: foot {side} slides {1000 * slide:F1} mm between {from:F2} and {to:F2} s");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Poses_NoVertexIsMoreThanOneCentimetreUnderTheGround(string name)
    {
        Motion motion = MotionLibrary.Create(name);
        var transforms = new Matrix4x4[Joint.Count];
        var posed = new Vector3[Performer.Mesh.VertexCount];
        for (int f = 0; f < motion.FrameCount; f++)
        {
            Kinematics.PosedFromRest(Skeleton.SmplH, Performer.RestJoints, motion.Poses[f], transforms);
            Skinning.Apply(Performer.Mesh, transforms, posed);
            float lowest = posed.Min(p => p.Y);
            Assert.True(lowest > -0.01f, $"{name}: {-100 * lowest:F1} cm under the ground at frame {f}");
        }
    }

    [Theory]
    [InlineData("backflip", 1)]
    [InlineData("jump", 1)]
    [InlineData("jumping-jack", 6)]
    [InlineData("run", 10)]
    public void Flights_CentreOfMass_FallsAsFastAsThingsFall(string name, int flights)
    {
        AuthoredMotion authored = Authored[name]();
        float rate = authored.Motion.FramesPerSecond;
        (float From, float To)[] whole = [.. authored.Sketch.Flights.Where(f => f.From >= 0 && f.To < authored.Motion.Duration + 0.01f)];
        Assert.Equal(flights, whole.Length);
        int checkedFrames = 0;
        foreach ((float from, float to) in whole)
            for (int f = (int)MathF.Round(from * rate) + 1; f + 1 < (int)MathF.Round(to * rate); f++, checkedFrames++)
            {
                Vector3 acceleration = CentreAcceleration(authored.Motion, f);
                Assert.True(Vector3.Distance(acceleration, new Vector3(0, -9.81f, 0)) < 0.3f, $"{name}: {acceleration} at frame {f}");
            }
        Assert.True(checkedFrames >= flights);
    }

    /// <summary>A jolt of six times gravity is a hard landing. The cartwheel's left hand comes down harder: known, and not to become worse.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Poses_CentreOfMass_IsNotJolted(string name)
    {
        Motion motion = MotionLibrary.Create(name);
        float bound = name == "cartwheel" ? 85 : 62;
        for (int f = 1; f + 1 < motion.FrameCount; f++)
            Assert.True(CentreAcceleration(motion, f).Length() < bound, $"{name}: {CentreAcceleration(motion, f).Length():F0} m/s² at {f / motion.FramesPerSecond:F2} s");
    }

    [Fact]
    public void Cartwheel_HandsAndFeetThatCarry_SlideUnderOneCentimetre()
    {
        AuthoredMotion wheel = Acrobatics.Cartwheel();
        Assert.Equal(4, wheel.Sketch.Holds.Count);
        foreach ((float from, float to, int joint, _) in wheel.Sketch.Holds)
        {
            int first = (int)MathF.Round(from * wheel.Motion.FramesPerSecond), last = Math.Min((int)MathF.Round(to * wheel.Motion.FramesPerSecond), wheel.Motion.FrameCount - 1);
            Vector3 start = Places(wheel.Motion.Poses[first])[joint];
            for (int f = first; f <= last; f++)
            {
                Vector3 moved = Places(wheel.Motion.Poses[f])[joint] - start;
                Assert.True(new Vector2(moved.X, moved.Z).Length() < 0.01f, $"{Skeleton.SmplH.JointNames[joint]} slides {1000 * moved.Length():F1} mm by frame {f}");
            }
        }
    }

    [Fact]
    public void Spin_LeftBall_StaysWhereItTurns()
    {
        AuthoredMotion spin = Acrobatics.Spin();
        Assert.Contains(spin.Sketch.Contacts, c => c.Side == 0 && c.From < 0.6f && c.To > 2.4f);
        Vector3 start = Places(spin.Motion.Poses[0])[Joint.LeftFoot];
        Assert.All(spin.Motion.Poses, p => Assert.True(Vector3.Distance(start, Places(p)[Joint.LeftFoot]) < 0.01f, $"{1000 * Vector3.Distance(start, Places(p)[Joint.LeftFoot]):F1} mm"));
        // A whole turn: half-way the foot points backwards.
        Assert.Contains(spin.Motion.Poses, p => Places(p)[Joint.LeftFoot].Z < Places(p)[Joint.LeftAnkle].Z - 0.05f);
    }

    private static Vector3 CentreAcceleration(Motion motion, int frame)
    {
        Vector3 Centre(int f) => MotionSketch.CentreOfMass(Places(motion.Poses[f]));
        return (Centre(frame + 1) - (2 * Centre(frame)) + Centre(frame - 1)) * motion.FramesPerSecond * motion.FramesPerSecond;
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Poses_KneesAndElbows_BendOneWay(string name)
    {
        foreach (Pose pose in MotionLibrary.Create(name).Poses)
        {
            Assert.True(pose.Rotations[Joint.LeftKnee].X >= -0.03f && pose.Rotations[Joint.RightKnee].X >= -0.03f, name);
            Assert.True(pose.Rotations[Joint.LeftElbow].Y <= 0.03f && pose.Rotations[Joint.RightElbow].Y >= -0.03f, name);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Poses_NoJointJumps(string name)
    {
        Motion motion = MotionLibrary.Create(name);
        for (int f = 1; f < motion.FrameCount; f++)
        {
            Assert.True(Vector3.Distance(motion.Poses[f].Root, motion.Poses[f - 1].Root) < 0.25f, $"{name}: the pelvis jumps at frame {f}");
            for (int j = 0; j < Joint.BodyCount; j++)
            {
                float cosine = MathF.Abs(Quaternion.Dot(motion.Poses[f].Rotations[j], motion.Poses[f - 1].Rotations[j]));
                float degrees = 2 * MathF.Acos(MathF.Min(1, cosine)) * 180 / MathF.PI;
                Assert.True(degrees < 52, $"{name}: {Skeleton.SmplH.JointNames[j]} turns {degrees:F0} degrees in one frame at {f}");
            }
        }
    }

    [Theory]
    [InlineData("dance-groove")]
    [InlineData("dance-disco")]
    [InlineData("jumping-jack")]
    [InlineData("squat")]
    public void Cycles_LastPose_IsTheFirst(string name)
    {
        Motion motion = MotionLibrary.Create(name);
        Vector3[] first = Places(motion.Poses[0]), last = Places(motion.Poses[^1]);
        Assert.True(first.Zip(last, Vector3.Distance).Max() < 0.02f, $"{1000 * first.Zip(last, Vector3.Distance).Max():F0} mm apart");
    }

    [Fact]
    public void Create_Misspelt_NamesTheNearest()
        => Assert.Contains("did you mean backflip", Assert.Throws<InputException>(() => MotionLibrary.Create("bakflip")).Message);
}

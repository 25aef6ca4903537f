using System.Numerics;
using Impersonator.Bodies;
using Impersonator.Files;
using Impersonator.Motions;

namespace Impersonator.Tests.Motions;

/// <summary>Our own motion told by foreign skeletons (other names, axes, units, verticals) must come back as it was.</summary>
public class RetargetingTests
{
    private const string Mixamo = "Hips LeftUpLeg RightUpLeg Spine LeftLeg RightLeg Spine1 LeftFoot RightFoot Spine2 LeftToeBase RightToeBase Neck LeftShoulder RightShoulder Head LeftArm RightArm LeftForeArm RightForeArm LeftHand RightHand";
    private static readonly Motion Original = TestMotions.Swinging().ForHipHeight(TestMotions.Rest[0].Y);

    public static TheoryData<string, string> Families => new()
    {
        { "Mixamo", string.Join(' ', Mixamo.Split(' ').Select(n => "mixamorig:" + n)) },
        { "LaFAN1", Mixamo.Replace("ToeBase", "Toe") },
        { "named by limb", Mixamo },
        { "named by joint", "Hips LeftHip RightHip Chest LeftKnee RightKnee Chest2 LeftAnkle RightAnkle Chest3 LeftToe RightToe Neck LeftCollar RightCollar Head LeftShoulder RightShoulder LeftElbow RightElbow LeftWrist RightWrist" },
        { "Daz / Poser", "hip lThigh rThigh abdomen lShin rShin waist lFoot rFoot chest lToe rToe neck lCollar rCollar head lShldr rShldr lForeArm rForeArm lHand rHand" },
        { "Unreal", "pelvis thigh_l thigh_r spine_01 calf_l calf_r spine_02 foot_l foot_r spine_03 ball_l ball_r neck_01 clavicle_l clavicle_r head upperarm_l upperarm_r lowerarm_l lowerarm_r hand_l hand_r" },
        { "Unity / VRM", "hips upperleg.l upperleg.r spine lowerleg.l lowerleg.r chest foot.l foot.r upperchest toes.l toes.r neck shoulder.l shoulder.r head upperarm.l upperarm.r lowerarm.l lowerarm.r hand.l hand.r" },
        { "SMPL", string.Join(' ', Skeleton.SmplH.JointNames.Take(22)) },
        { "unknown names, matched by shape", string.Join(' ', Enumerable.Range(0, 22).Select(j => $"knochen{j}")) },
    };

    [Theory]
    [MemberData(nameof(Families))]
    public void Of_ForeignNamesAndAxes_GivesTheSameMotion(string family, string names)
    {
        Retargeting result = Retargeting.Of(Foreign(names.Split(' '), Quaternion.Identity, hasRest: true), plantFeet: false);
        Assert.Equal(family, result.Family);
        AssertSame(result.Motion, tolerance: 1e-4f);
        Assert.True(result.LimbError < 0.1f, $"{result.LimbError} degrees");
    }

    [Fact]
    public void Of_ZUpInCentimetres_GivesTheSameMotion()
    {
        Quaternion zUp = Quaternion.CreateFromAxisAngle(Vector3.UnitX, MathF.PI / 2);
        Retargeting result = Retargeting.Of(Foreign(Mixamo.Split(' '), zUp, hasRest: true), plantFeet: false);
        AssertSame(result.Motion, tolerance: 1e-4f);
    }

    [Fact]
    public void Of_WithoutARestPose_PointsLimbsTheSameWay()
    {
        Retargeting result = Retargeting.Of(Foreign(Mixamo.Split(' '), Quaternion.Identity, hasRest: false), plantFeet: false);
        Assert.True(result.LimbError < 0.1f, $"{result.LimbError} degrees");
        Quaternion pelvis = result.Motion.Poses[10].Rotations[0], expected = Original.FromOrigin().Poses[10].Rotations[0];
        Assert.True(2 * MathF.Acos(MathF.Min(1, MathF.Abs(Quaternion.Dot(pelvis, expected)))) < 0.2f, $"{pelvis}, expected {expected}");
    }

    [Fact]
    public void Of_TPoseBeforeTheMotion_IsLeftOut()
    {
        SkeletonClip clip = Foreign(Mixamo.Split(' '), Quaternion.Identity, hasRest: true);
        JointFrame[] arms = Foreign(Mixamo.Split(' '), Quaternion.Identity, hasRest: true, p => new Pose(p.Rotations.SetItem(Joint.LeftShoulder, Down(-1)).SetItem(Joint.RightShoulder, Down(1)).SetItem(Joint.LeftHip, Down(0.9f)).SetItem(Joint.RightHip, Down(-0.9f)), p.Root)).Frames[0];
        SkeletonClip moving = With(clip, [.. clip.Frames]), calibrated = With(clip, [arms, .. clip.Frames]);
        Assert.Equal(Retargeting.Of(moving).Motion.FrameCount, Retargeting.Of(calibrated).Motion.FrameCount);

        static Quaternion Down(float angle) => Quaternion.CreateFromAxisAngle(Vector3.UnitZ, angle * 1.4f);
        static SkeletonClip With(SkeletonClip c, JointFrame[][] frames)
            => new() { Name = c.Name, FramesPerSecond = c.FramesPerSecond, JointNames = c.JointNames, Parents = c.Parents, Rest = c.Rest, Frames = frames };
    }

    [Fact]
    public void Of_AChain_SaysThatItIsNoPerson()
    {
        JointFrame[] frame = [.. Enumerable.Range(0, 5).Select(j => new JointFrame(Quaternion.Identity, new Vector3(0, j, 0)))];
        var clip = new SkeletonClip { Name = "snake", File = "snake.bvh", FramesPerSecond = 30, JointNames = ["a", "b", "c", "d", "e"], Parents = [-1, 0, 1, 2, 3], Rest = frame, Frames = [frame] };
        string message = Assert.Throws<InputException>(() => Retargeting.Of(clip)).Message;
        Assert.Contains("two legs", message);
        Assert.StartsWith("snake.bvh: ", message);
        Assert.DoesNotContain('\n', message);
    }

    [Fact]
    public void Grounded_StandingThenLying_StandsAndDoesNotSink()
    {
        Pose standing = Pose.Rest(Skeleton.SmplH, TestMotions.Rest[0] + new Vector3(0, 5, 0));
        // On the back, half a metre deeper than the ground it stood on allows.
        var lying = new Pose(standing.Rotations.SetItem(0, Quaternion.CreateFromAxisAngle(Vector3.UnitX, -MathF.PI / 2)), new Vector3(0, 4.6f, 0));
        Pose[] grounded = GroundContact.Grounded([standing, standing, lying, lying], TestMotions.Rest, 30);
        Assert.Equal(TestMotions.Rest[0].Y, grounded[0].Root.Y, 0.005f);
        var contact = new GroundContact(TestMotions.Rest);
        contact.Set(grounded[3]);
        Assert.Equal(-0.015f, contact.Lowest(), 1e-4f);
    }

    [Fact]
    public void Hovering_DriftIsTakenOut_AJumpIsNot()
    {
        float Height(int f) => f < 60 ? 0 : f < 90 ? 0.6f * MathF.Sin(MathF.PI * (f - 60) / 30) : f < 150 ? 0 : MathF.Min(0.25f, 0.004f * (f - 150));
        Pose rest = Pose.Rest(Skeleton.SmplH, TestMotions.Rest[0]);
        Pose[] poses = [.. Enumerable.Range(0, 300).Select(f => rest with { Root = rest.Root + new Vector3(0, Height(f), 0) })];
        float[] hovering = GroundContact.Hovering(poses, TestMotions.Rest, 30);
        for (int f = 0; f < 150; f++) Assert.Equal(0, hovering[f], 0.02f);
        for (int f = 240; f < 280; f++) Assert.Equal(0.25f - 0.03f, hovering[f], 0.02f);
    }

    [Fact]
    public void Report_StillStand_SlidesNowhere()
    {
        Pose rest = Pose.Rest(Skeleton.SmplH, TestMotions.Rest[0]);
        MotionReport report = MotionReport.Of(new Motion("still", 30, TestMotions.Rest[0].Y, [.. Enumerable.Repeat(rest, 30)]));
        Assert.Equal(2, report.Stands);
        Assert.Equal(0, report.LargestFootSlide, 1e-5f);
        Assert.Equal(0, report.LowestPoint, 0.01f);
    }

    [Fact]
    public void Report_SlidingStand_MeasuresTheWay()
    {
        Pose[] poses = [.. Enumerable.Range(0, 31).Select(f => Pose.Rest(Skeleton.SmplH, TestMotions.Rest[0] + new Vector3(0.1f * f / 30, 0, 0)))];
        Assert.Equal(0.1f, MotionReport.Of(new Motion("sliding", 30, TestMotions.Rest[0].Y, poses)).FootSlide, 0.002f);
    }

    /// <summary>The 22 joints of the body with axes of their own, in centimetres, turned as a whole.</summary>
    private static SkeletonClip Foreign(string[] names, Quaternion world, bool hasRest, Func<Pose, Pose>? change = null)
    {
        var random = new Random(3);
        Quaternion[] axes = [.. names.Select(_ => Quaternion.Normalize(new Quaternion(random.NextSingle() - 0.5f, random.NextSingle() - 0.5f, random.NextSingle() - 0.5f, random.NextSingle() - 0.5f)))];
        JointFrame[] Frame(Pose pose)
        {
            var (rotations, places) = (new Quaternion[Joint.Count], new Vector3[Joint.Count]);
            Kinematics.Forward(Skeleton.SmplH, TestMotions.Rest, pose, rotations, places);
            return [.. names.Select((_, j) => new JointFrame(Quaternion.Normalize(world * rotations[j] * axes[j]), Vector3.Transform(places[j], world) * 100))];
        }
        return new SkeletonClip
        {
            Name = "foreign",
            FramesPerSecond = Original.FramesPerSecond,
            JointNames = [.. names],
            Parents = [.. Skeleton.SmplH.Parents.Take(names.Length)],
            Rest = hasRest ? Frame(Pose.Rest(Skeleton.SmplH)) : null,
            Frames = [.. Original.Poses.Select(p => Frame(change is null ? p : change(p)))],
        };
    }

    private static void AssertSame(Motion actual, float tolerance)
    {
        Motion expected = Original.FromOrigin();
        for (int f = 0; f < expected.FrameCount; f++)
        {
            Vector3 way = expected.Poses[f].Root - expected.Poses[0].Root, actualWay = actual.Poses[f].Root - actual.Poses[0].Root;
            Assert.True(Vector3.Distance(way, actualWay) < 1e-3f, $"frame {f}: {way} became {actualWay}");
            for (int j = 0; j < Joint.LeftHand; j++)
                Assert.True(MathF.Abs(Quaternion.Dot(expected.Poses[f].Rotations[j], actual.Poses[f].Rotations[j])) > 1 - tolerance, $"frame {f}, {Skeleton.SmplH.JointNames[j]}: {expected.Poses[f].Rotations[j]} became {actual.Poses[f].Rotations[j]}");
        }
    }
}

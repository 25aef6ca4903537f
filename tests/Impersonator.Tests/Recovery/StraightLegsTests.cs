using System.Numerics;
using Impersonator.Bodies;
using Impersonator.Recovery;
using Impersonator.Rendering;

namespace Impersonator.Tests.Recovery;

public sealed class StraightLegsTests
{
    private static readonly BodyModel Model = BodyModel.Default;

    /// <summary>The same keypoints with legs that hang from the hips, 1.6 trunks long.</summary>
    /// <param name="keypoints">With shoulders and hips.</param>
    /// <param name="bend">How far both knees lie off the line from hip to ankle, in lengths of the leg.</param>
    /// <param name="shorter">What the right leg is shorter by, share of its length.</param>
    /// <param name="slant">How far legs lean in the picture, radians.</param>
    internal static Keypoints WithLegs(Keypoints keypoints, float bend = 0, float shorter = 0, float slant = 0)
    {
        Vector2 hips = (keypoints[Keypoint.LeftHip].Position + keypoints[Keypoint.RightHip].Position) / 2;
        float length = 1.6f * ((keypoints[Keypoint.LeftShoulder].Position + keypoints[Keypoint.RightShoulder].Position) / 2 - hips).Length();
        Vector2 down = new(MathF.Sin(slant), MathF.Cos(slant)), aside = new(down.Y, -down.X);
        var all = keypoints.Observations.ToBuilder();
        foreach ((Keypoint hip, Keypoint knee, Keypoint ankle, float share) in (ReadOnlySpan<(Keypoint, Keypoint, Keypoint, float)>)
            [(Keypoint.LeftHip, Keypoint.LeftKnee, Keypoint.LeftAnkle, 1), (Keypoint.RightHip, Keypoint.RightKnee, Keypoint.RightAnkle, 1 - shorter)])
        {
            Vector2 from = keypoints[hip].Position, to = from + (down * length * share);
            all[(int)knee] = new KeypointObservation(((from + to) / 2) + (aside * bend * length), 1);
            all[(int)ankle] = new KeypointObservation(to, 1);
        }
        return new Keypoints(all.ToImmutable());
    }

    /// <summary>Keypoints of an average body whose knees bend towards a level camera, which hardly shows.</summary>
    private static (Keypoints Keypoints, PoseEstimate Estimate) Standing(float knees)
    {
        Quaternion[] rotations = [.. Enumerable.Repeat(Quaternion.Identity, Joint.Count)];
        foreach (int side in (ReadOnlySpan<int>)[0, 1])
        {
            rotations[Joint.LeftHip + side] = Quaternion.CreateFromAxisAngle(Vector3.UnitX, -knees / 2);
            rotations[Joint.LeftKnee + side] = Quaternion.CreateFromAxisAngle(Vector3.UnitX, knees);
            rotations[Joint.LeftAnkle + side] = Quaternion.CreateFromAxisAngle(Vector3.UnitX, -knees / 2);
            rotations[Joint.LeftShoulder + side] = Quaternion.CreateFromAxisAngle(Vector3.UnitZ, side == 0 ? -1.1f : 1.1f);
        }
        Body body = Model.Create(Shape.Average);
        var camera = new Camera(600, 900, 1260, new Vector2(300, 450), Camera.FacingMinusZ, new Vector3(0, 0.9f, 4));
        var (turns, joints) = (new Quaternion[Joint.Count], new Vector3[Joint.Count]);
        Kinematics.Forward(Model.Skeleton, body.RestJoints, new Pose([.. rotations], new Vector3(0, body.HipHeight, 0)), turns, joints);
        var keypoints = new Keypoints([.. Model.Keypoints.Select(k => new KeypointObservation(
            camera.Project(joints[k.Joint] + Vector3.Transform(k.Rest.Of(body.Mesh.RestPositions) - body.RestJoints[k.Joint], turns[k.Joint])), 1))]);
        rotations[0] = camera.Rotation * rotations[0];
        return (keypoints, new PoseEstimate([.. rotations.Take(Joint.BodyCount)], [.. Enumerable.Repeat(new Vector3(0.17f), Joint.BodyCount)], [.. Enumerable.Repeat(0.05f, Joint.BodyCount)], Shape.Average, camera.Project(joints[0]), camera.FocalLength / camera.CameraFromWorld(joints[0]).Z));
    }

    [Fact]
    public void Of_LegsThatHangStraight_IsSureOfBoth()
        => Assert.Equal((1, 1), StraightLegs.Of(WithLegs(Standing(0).Keypoints)));

    [Theory]
    [InlineData(0.12f, 0, 0)]
    [InlineData(0, 0, 0.6f)]
    [InlineData(0, 0, 3.1f)]
    public void Of_BentOrSlantedLegs_IsSureOfNone(float bend, float shorter, float slant)
        => Assert.Equal((0, 0), StraightLegs.Of(WithLegs(Standing(0).Keypoints, bend, shorter, slant)));

    [Fact]
    public void Of_LegLiftedTowardsTheCamera_IsSureOfTheOtherOnly()
        => Assert.Equal((1, 0), StraightLegs.Of(WithLegs(Standing(0).Keypoints, shorter: 0.2f)));

    [Fact]
    public void Of_LegsThatNobodySees_IsSureOfNone()
    {
        Keypoints seen = Standing(0).Keypoints;
        Assert.Equal((0, 0), StraightLegs.Of(new Keypoints([.. seen.Observations.Select((o, k) => (Keypoint)k is Keypoint.LeftKnee or Keypoint.RightAnkle ? default : o)])));
    }

    // A network that has seen few people who just stand bends their knees by 25 degrees.
    [Fact]
    public void Fit_EstimateThatBendsKneesOfWhoStands_StraightensThem()
    {
        Keypoints keypoints = Standing(0).Keypoints;
        float Bend(float standing)
        {
            Person person = BodyFit.Fit(Model, keypoints, 600, 900, 1260, new BodyFitOptions { Estimate = Standing(0.44f).Estimate, Standing = standing }).Person;
            return MathF.Max(RotationVector.Log(person.Pose.Rotations[Joint.LeftKnee]).X, RotationVector.Log(person.Pose.Rotations[Joint.RightKnee]).X);
        }
        (float with, float without) = (Bend(1), Bend(0));
        Assert.True(with < 0.15f && with < 0.5f * without, $"{without:F2} rad without, {with:F2} rad with");
    }
}

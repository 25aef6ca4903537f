using System.Numerics;
using Impersonator.Bodies;
using Impersonator.Files;

namespace Impersonator.Tests.Bodies;

public sealed class BodyModelTests
{
    private static readonly BodyModel Model = BodyModel.Default;

    [Fact]
    public void Default_IsSound()
    {
        Assert.InRange(Model.Template.VertexCount, 13_000, 14_000);
        Assert.Equal(Joint.Count, Model.JointRegressors.Length);
        Assert.Equal(32, Model.Components.Length);
        Assert.Equal(Enum.GetValues<Keypoint>().Length, Model.Keypoints.Length);
        Assert.All(Model.Template.Weights, w => Assert.Equal(1, w.Weight0 + w.Weight1 + w.Weight2 + w.Weight3, 1e-5f));
        Assert.All(Model.JointRegressors, b => Assert.Equal(1, b.Weights.Sum(), 1e-4f));
        Assert.DoesNotContain(BodyPart.None, Model.Template.Parts);
    }

    [Fact]
    public void Save_ThenLoad_GivesTheSameBytes()
    {
        using var first = new MemoryStream();
        Model.Save(first);
        first.Position = 0;
        using var second = new MemoryStream();
        BodyModel.Load(first, "again").Save(second);
        Assert.Equal(first.ToArray(), second.ToArray());
        Assert.True(first.Length <= 4 << 20, $"{first.Length} bytes");
    }

    [Fact]
    public void Load_OtherFile_SaysWhatItIsNot()
    {
        using var stream = new MemoryStream();
        new SafetensorsBuilder().Add<float>("template", [1, 2, 3], 1, 3).Write(stream);
        stream.Position = 0;
        Assert.Contains("not a body model", Assert.Throws<InputException>(() => BodyModel.Load(stream, "x")).Message);
    }

    [Fact]
    public void Mirror_OfMirror_IsTheVertexItself()
    {
        int[] mirror = Model.Mirror;
        int wrong = Enumerable.Range(0, mirror.Length).Count(v => mirror[mirror[v]] != v);
        Assert.True(wrong < 10, $"{wrong} vertices");
    }

    [Fact]
    public void Keypoints_Hips_LieCloserTogetherThanTheirJointsAndFollowThePelvis()
    {
        Vector3[] at = Model.Template.RestPositions;
        Landmark left = Model.Keypoints[(int)Keypoint.LeftHip], right = Model.Keypoints[(int)Keypoint.RightHip];
        Vector3 leftJoint = Model.JointRegressors[Joint.LeftHip].Of(at), rightJoint = Model.JointRegressors[Joint.RightHip].Of(at);
        Assert.Equal(0.82f, (left.Rest.Of(at).X - right.Rest.Of(at).X) / (leftJoint.X - rightJoint.X), 1e-3f);
        Assert.Equal((leftJoint + rightJoint).Y, (left.Rest.Of(at) + right.Rest.Of(at)).Y, 1e-4f);
        Assert.Equal((Joint.Pelvis, Joint.Pelvis), (left.Joint, right.Joint));
    }

    [Fact]
    public void Create_AverageBody_StandsInATFacingForward()
    {
        Body body = Model.Create(Shape.Average);
        Vector3[] joints = body.RestJoints;
        Assert.Equal(0, body.Mesh.RestPositions.Min(p => p.Y), 1e-6f);
        Assert.InRange(body.Mesh.RestPositions.Max(p => p.Y), 1.55f, 1.85f);
        Assert.True(joints[Joint.LeftWrist].X > joints[Joint.LeftElbow].X && joints[Joint.LeftElbow].X > joints[Joint.LeftShoulder].X);
        // Arms within five degrees of the horizontal, the two sides mirrored within 3 mm, toes before the ankles.
        Vector3 arm = Vector3.Normalize(joints[Joint.LeftWrist] - joints[Joint.LeftShoulder]);
        Assert.True(arm.X > 0.996f, $"{arm}");
        Assert.True(Vector3.Distance(joints[Joint.LeftWrist] * new Vector3(-1, 1, 1), joints[Joint.RightWrist]) < 3e-3f);
        Assert.True(joints[Joint.LeftFoot].Z > joints[Joint.LeftAnkle].Z + 0.05f);
    }

    [Fact]
    public void Create_TooManyCoefficients_Throws() => Assert.Throws<ArgumentException>(() => Model.Create(new Shape([.. new float[Model.Components.Length + 1]])));
}

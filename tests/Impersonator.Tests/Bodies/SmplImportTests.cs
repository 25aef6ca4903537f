using System.Numerics;
using Impersonator.Bodies;
using Impersonator.Files;

namespace Impersonator.Tests.Bodies;

public sealed class SmplImportTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private BodyModel Read(SmallSmpl small, string ending = ".npz")
    {
        string path = _folder["small" + ending];
        if (ending == ".npz") small.WriteNpz(path);
        else small.WritePickle(path);
        return SmplImport.Read(path);
    }

    [Theory]
    [InlineData(24, ".npz")]
    [InlineData(24, ".pkl")]
    [InlineData(52, ".npz")]
    [InlineData(55, ".npz")]
    public void Read_File_GivesABodyOverOur52Joints(int joints, string ending)
    {
        var small = new SmallSmpl(joints);
        BodyModel model = Read(small, ending);
        Body body = model.Create(Shape.Average);
        Assert.Same(Skeleton.SmplH, model.Skeleton);
        Assert.Equal(3, model.Components.Length);
        Assert.Equal(0, body.Mesh.RestPositions.Min(p => p.Y), 6);
        for (int j = 0; j < Joint.Count; j++)
        {
            (float x, float y) = small.Joints[SmplJoints.PlaceOf(j, joints)];
            Assert.Equal(0, Vector3.Distance(new Vector3(x, y + 1, 0), body.RestJoints[j]), 5);
        }
        for (int v = 0; v < small.Vertices.Length; v++)
        {
            int owner = SmplJoints.OursOf(joints)[small.Owners[v]];
            Assert.Equal(owner, model.Template.Weights[v].Joint0);
            Assert.Equal(small.Triangles, model.Template.Triangles);
        }
    }

    [Fact]
    public void Read_NpzAndPickle_AreTheSameBody()
    {
        var small = new SmallSmpl();
        BodyModel one = Read(small), other = Read(small, ".pkl");
        Assert.Equal(one.Template.RestPositions, other.Template.RestPositions);
        Assert.Equal(one.Template.Weights, other.Template.Weights);
        Assert.Equal(one.Components[2], other.Components[2]);
        for (int j = 0; j < Joint.Count; j++) Assert.Equal(one.JointRegressors[j].Vertices, other.JointRegressors[j].Vertices);
    }

    [Fact]
    public void Create_Shape_MovesVerticesAndJointsAlongTheComponent()
    {
        BodyModel model = Read(new SmallSmpl());
        Body average = model.Create(Shape.Average), moved = model.Create(new Shape([2f]));
        Assert.Equal(0.02f, moved.Mesh.RestPositions[5].X - average.Mesh.RestPositions[5].X, 6);
        Assert.Equal(0.02f, moved.RestJoints[Joint.LeftElbow].X - average.RestJoints[Joint.LeftElbow].X, 6);
    }

    [Theory]
    [InlineData(24)]
    [InlineData(52)]
    [InlineData(55)]
    public void Pose_WithPoseBlendShapes_IsSmplsFormula(int joints)
    {
        var small = new SmallSmpl(joints);
        small = new SmallSmpl(joints) { PoseDirections = small.AnyPoseDirections() };
        Body body = Read(small).Create(new Shape([1f]));
        var random = new Random(3);
        Pose pose = Pose.Rest(Skeleton.SmplH, new Vector3(0.1f, 1, 0.2f)) with { Rotations = [.. Enumerable.Range(0, Joint.Count).Select(_ => Quaternion.CreateFromYawPitchRoll(random.NextSingle(), random.NextSingle(), random.NextSingle()))] };
        var posed = new Vector3[body.Mesh.VertexCount];
        body.Pose(pose, posed);

        var transforms = new Matrix4x4[Joint.Count];
        Kinematics.PosedFromRest(Skeleton.SmplH, body.RestJoints, pose, transforms);
        int inputs = 9 * (joints - 1);
        for (int v = 0; v < posed.Length; v++)
        {
            Vector3 rest = body.Mesh.RestPositions[v];
            for (int j = 1; j < Joint.Count; j++)
            {
                if (joints == 24 && j >= Joint.BodyCount) continue; // SMPL's hand joints are none of ours
                Matrix4x4 columns = Matrix4x4.Transpose(Matrix4x4.CreateFromQuaternion(pose.Rotations[j]));
                for (int row = 0; row < 3; row++)
                    for (int column = 0; column < 3; column++)
                        for (int axis = 0; axis < 3; axis++)
                            rest[axis] += (float)small.PoseDirections![(((v * 3) + axis) * inputs) + (9 * (SmplJoints.PlaceOf(j, joints) - 1)) + (3 * row) + column] * (columns[row, column] - (row == column ? 1 : 0));
            }
            Vector3 expected = Enumerable.Range(0, 4).Aggregate(Vector3.Zero, (sum, k) => sum + (body.Mesh.Weights[v].Weight(k) * Vector3.Transform(rest, transforms[body.Mesh.Weights[v].Joint(k)])));
            Assert.True(Vector3.Distance(expected, posed[v]) < 1e-4f, $"vertex {v}: {posed[v]} against {expected}");
        }
    }

    [Fact]
    public void Pose_RestWithPoseBlendShapes_LeavesTheRestMesh()
    {
        var small = new SmallSmpl();
        Body body = Read(new SmallSmpl { PoseDirections = small.AnyPoseDirections() }).Create(Shape.Average);
        var posed = new Vector3[body.Mesh.VertexCount];
        body.Pose(Pose.Rest(Skeleton.SmplH, body.RestJoints[0]), posed);
        for (int v = 0; v < posed.Length; v++) Assert.True(Vector3.Distance(body.Mesh.RestPositions[v], posed[v]) < 1e-5f);
    }

    [Fact]
    public void Read_PoseBlendShapesThatAreNotFinite_AreRefused()
    {
        var file = new SmallSmpl();
        file.WriteNpz(_folder["small.npz"]);
        Assert.Null(SmplImport.Read(_folder["small.npz"]).Template.Correctives);
        new SmallSmpl { PoseDirections = [.. file.AnyPoseDirections().Select((x, i) => i == 5 ? double.NaN : x)] }.WriteNpz(_folder["small.npz"]);
        Assert.Contains("not finite", Assert.Throws<SmplFormatException>(() => SmplImport.Read(_folder["small.npz"])).Message);
    }

    [Fact]
    public void Read_Mirror_PairsLeftWithRight()
    {
        var small = new SmallSmpl();
        int[] mirror = Read(small).Mirror;
        Assert.Equal(2 * Joint.RightElbow, mirror[2 * Joint.LeftElbow]);
        Assert.Equal(0, mirror[0]);
        for (int v = 0; v < mirror.Length; v++) Assert.Equal(v, mirror[mirror[v]]);
    }

    [Fact]
    public void Read_Keypoints_AreThe17AtTheirPlaces()
    {
        BodyModel model = Read(new SmallSmpl());
        Assert.Equal(17, model.Keypoints.Length);
        Vector3 At(Keypoint k) => model.Keypoints[(int)k].Rest.Of(model.Template.RestPositions);
        Assert.Equal(new Vector3(0, 1.6f, 0.12f), At(Keypoint.Nose));
        Assert.Equal(new Vector3(0, 1.75f, 0), At(Keypoint.HeadTop));
        Assert.True(At(Keypoint.LeftToe) is { X: > 0, Z: > 0.14f });
        Assert.Equal(0.45f, At(Keypoint.LeftElbow).X, 5);
    }

    [Fact]
    public void Read_NoTexcoords_FrontAndBackHaveTheirOwnHalf()
    {
        SkinnedMesh mesh = Read(new SmallSmpl()).Template;
        for (int i = 0; i < mesh.Triangles.Length; i += 3)
        {
            (Vector3 a, Vector3 b, Vector3 c) = (mesh.RestPositions[mesh.Triangles[i]], mesh.RestPositions[mesh.Triangles[i + 1]], mesh.RestPositions[mesh.Triangles[i + 2]]);
            bool front = Vector3.Cross(b - a, c - a).Z >= 0;
            for (int k = 0; k < 3; k++) Assert.True(front ? mesh.Texcoords[mesh.TexcoordTriangles[i + k]].X <= 0.5f : mesh.Texcoords[mesh.TexcoordTriangles[i + k]].X >= 0.5f);
        }
    }

    [Theory]
    [InlineData("v_template")]
    [InlineData("shapedirs")]
    [InlineData("weights")]
    [InlineData("J_regressor")]
    [InlineData("kintree_table")]
    [InlineData("f")]
    public void Read_MissingArray_NamesIt(string name)
    {
        new SmallSmpl().WriteNpz(_folder["small.npz"], without: name);
        Assert.Contains($"small.npz: has no \"{name}\"", Assert.Throws<SmplFormatException>(() => SmplImport.Read(_folder["small.npz"])).Message);
    }

    [Fact]
    public void Read_NotFinite_IsRefused()
    {
        var small = new SmallSmpl();
        double[] template = small.Template;
        template[7] = double.NaN;
        small.WriteNpz(_folder["small.npz"], template: template);
        Assert.Contains("not finite", Assert.Throws<SmplFormatException>(() => SmplImport.Read(_folder["small.npz"])).Message);
    }

    [Fact]
    public void Read_OtherTree_IsRefused()
    {
        var small = new SmallSmpl();
        uint[] tree = small.Tree;
        tree[5] = 1;
        small.WriteNpz(_folder["small.npz"], tree: tree);
        Assert.Contains("joint 5 hangs on 1", Assert.Throws<SmplFormatException>(() => SmplImport.Read(_folder["small.npz"])).Message);
    }

    [Fact]
    public void Read_PickleThatWouldRunCode_IsRefused()
    {
        File.WriteAllText(_folder["small.pkl"], "cposix\nsystem\n(S'ls'\ntR.");
        Assert.Contains("names posix.system; refused, nothing was run", Assert.Throws<PickleFormatException>(() => SmplImport.Read(_folder["small.pkl"])).Message);
    }
}

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

using System.Numerics;
using Impersonator.Bodies;
using Impersonator.Bodies.Gltf;
using Impersonator.Files;
using Impersonator.Imaging;
using SharpGLTF.Schema2;

namespace Impersonator.Tests.Bodies;

public sealed class GltfExportTests : IDisposable
{
    // A whole PNG of one grey pixel.
    private static readonly byte[] Png = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==");

    private static readonly Skeleton Arm = new(["shoulder", "elbow", "wrist"], [-1, 0, 1]);
    private static readonly Vector3[] Joints = [new(0, 1, 0), new(0.3f, 1, 0), new(0.55f, 1, 0)];
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>A strip of two quads along the arm; the second has texture coordinates of its own, so the middle edge is a seam.</summary>
    private static SkinnedMesh Strip()
    {
        Vector3[] positions = [new(0, 0.9f, 0), new(0, 1.1f, 0), new(0.3f, 0.9f, 0), new(0.3f, 1.1f, 0), new(0.6f, 0.9f, 0), new(0.6f, 1.1f, 0)];
        JointWeights one = new(0, 0, 0, 0, 1, 0, 0, 0), mixed = new(0, 1, 1, 2, 0.5f, 0.25f, 0.25f, 0), last = new(2, 0, 0, 0, 1, 0, 0, 0);
        return new SkinnedMesh(positions, [one, one, mixed, mixed, last, last], new BodyPart[6], [0, 2, 3, 0, 3, 1, 2, 4, 5, 2, 5, 3],
            [new(0, 1), new(0, 0), new(0.4f, 1), new(0.4f, 0), new(0.6f, 1), new(0.6f, 0), new(1, 1), new(1, 0)], [0, 2, 3, 0, 3, 1, 4, 6, 7, 4, 7, 5]);
    }

    private static GltfAnimation Bend() => new("bend", 30,
    [
        Pose.Rest(Arm, Joints[0]),
        new Pose([Quaternion.Identity, Quaternion.CreateFromAxisAngle(Vector3.UnitZ, 1), Quaternion.Identity], new Vector3(0, 1.2f, 0)),
        new Pose([Quaternion.Identity, -Quaternion.CreateFromAxisAngle(Vector3.UnitZ, 1.2f), Quaternion.Identity], new Vector3(0, 1.3f, 0)),
    ]);

    private ModelRoot WriteRead(GltfAnimation? animation = null, bool textured = true)
    {
        GltfExport.Write(_folder["arm.glb"], Arm, Joints, [new GltfLayer("sleeve", Strip(), textured ? Png : default)], animation, TestContext.Current.CancellationToken);
        return ModelRoot.Load(_folder["arm.glb"]);
    }

    [Fact]
    public void Write_ReadBack_HasJointsByNameAtTheirPlaces()
    {
        Skin skin = Assert.Single(WriteRead().LogicalSkins);
        Assert.Equal(Arm.JointNames, skin.Joints.Select(n => n.Name));
        for (int j = 0; j < Joints.Length; j++)
        {
            Assert.Equal(Joints[j], skin.Joints[j].WorldMatrix.Translation);
            Assert.Equal(Matrix4x4.CreateTranslation(-Joints[j]), skin.InverseBindMatrices[j]);
        }
    }

    [Fact]
    public void Write_ReadBack_SplitsTheSeamAndKeepsTheSurface()
    {
        MeshPrimitive primitive = Assert.Single(Assert.Single(WriteRead().LogicalMeshes).Primitives);
        SkinnedMesh strip = Strip();
        IList<Vector3> positions = primitive.GetVertexAccessor("POSITION").AsVector3Array();
        IList<Vector2> texcoords = primitive.GetVertexAccessor("TEXCOORD_0").AsVector2Array();
        Assert.Equal(8, positions.Count);
        IList<uint> corners = primitive.GetIndices();
        for (int i = 0; i < strip.Triangles.Length; i++)
        {
            Assert.Equal(strip.RestPositions[strip.Triangles[i]], positions[(int)corners[i]]);
            Assert.Equal(strip.Texcoords[strip.TexcoordTriangles[i]], texcoords[(int)corners[i]]);
        }
        Assert.All(primitive.GetVertexAccessor("NORMAL").AsVector3Array(), n => Assert.Equal(Vector3.UnitZ, n));
    }

    [Fact]
    public void Write_JointNamedTwice_IsMergedAndWeightsSumToOne()
    {
        MeshPrimitive primitive = WriteRead().LogicalMeshes[0].Primitives[0];
        IList<Vector4> joints = primitive.GetVertexAccessor("JOINTS_0").AsVector4Array(), weights = primitive.GetVertexAccessor("WEIGHTS_0").AsVector4Array();
        int seam = primitive.GetVertexAccessor("POSITION").AsVector3Array().IndexOf(Strip().RestPositions[2]);
        Assert.Equal(new Vector4(0, 1, 0, 0), joints[seam]);
        Assert.Equal(new Vector4(0.5f, 0.5f, 0, 0), weights[seam]);
        Assert.All(weights, w => Assert.Equal(1, Vector4.Dot(w, Vector4.One), 6));
    }

    [Fact]
    public void Write_Texture_IsInsideTheFile()
    {
        ModelRoot model = WriteRead();
        Assert.Equal(Png, Assert.Single(model.LogicalImages).Content.Content.ToArray());
        Assert.NotNull(Assert.Single(model.LogicalMaterials).FindChannel("BaseColor")!.Value.Texture);
        Assert.Empty(WriteRead(textured: false).LogicalImages);
    }

    [Fact]
    public void Write_Animation_TurnsJointsTheShortWay()
    {
        Animation animation = Assert.Single(WriteRead(Bend()).LogicalAnimations);
        Assert.Equal("bend", animation.Name);
        Assert.Equal(2 / 30f, animation.Duration, 6);
        Assert.Equal(2, animation.Channels.Count);
        AnimationChannel turn = animation.Channels.Single(c => c.TargetNodePath == PropertyPath.rotation);
        Assert.Equal("elbow", turn.TargetNode.Name);
        (float Key, Quaternion Value)[] keys = [.. turn.GetRotationSampler().GetLinearKeys()];
        Assert.True(Quaternion.Dot(keys[1].Value, keys[2].Value) > 0);
        AnimationChannel travel = animation.Channels.Single(c => c.TargetNodePath == PropertyPath.translation);
        Assert.Equal(new Vector3(0, 1.3f, 0), travel.GetTranslationSampler().GetLinearKeys().Last().Value);
    }

    [Fact]
    public void Write_File_SaysThatItIsSynthetic() => Assert.Contains(SyntheticMark.DigitalSourceType, WriteRead().Asset.Extras!.ToJsonString());

    [Fact]
    public void Write_SameBody_SameBytes()
    {
        WriteRead(Bend());
        byte[] first = File.ReadAllBytes(_folder["arm.glb"]);
        WriteRead(Bend());
        Assert.Equal(first, File.ReadAllBytes(_folder["arm.glb"]));
    }

    [Fact]
    public void Write_Cancelled_LeavesNothing()
    {
        Assert.Throws<OperationCanceledException>(() => GltfExport.Write(_folder["arm.glb"], Arm, Joints, [new GltfLayer("sleeve", Strip())], Bend(), new CancellationToken(true)));
        Assert.Empty(_folder.Names);
    }

    [Fact]
    public void Write_MissingFolder_IsOneLine()
        => Assert.Contains("its folder does not exist", Assert.Throws<OutputException>(() => GltfExport.Write(_folder["none/arm.glb"], Arm, Joints, [new GltfLayer("sleeve", Strip())], null, TestContext.Current.CancellationToken)).Message);

    [Fact]
    public void Write_OtherPicture_IsTheCallersFault()
        => Assert.Throws<ArgumentException>(() => GltfExport.Write(_folder["arm.glb"], Arm, Joints, [new GltfLayer("sleeve", Strip(), new byte[] { 1, 2, 3 })], null, TestContext.Current.CancellationToken));
}

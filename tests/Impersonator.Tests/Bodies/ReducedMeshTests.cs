using System.Collections.Immutable;
using System.Numerics;
using Impersonator.Bodies;
using Impersonator.Bodies.Learning;
using Impersonator.Motions;
using Impersonator.Rendering;

namespace Impersonator.Tests.Bodies;

public class ReducedMeshTests(ITestOutputHelper output)
{
    private const int Side = 1024, Finer = Side / 256;
    private static readonly BodyModel Model = BodyModel.Default;

    [Fact]
    public void Reduced_HasAboutAQuarterOfTheVertices() => Assert.InRange(Model.Reduced.Vertices.Length, 3300, 3700);

    [Fact]
    public void Reduced_IsWatertightWhereTheTemplateIs()
    {
        (int open, int crowded, int flipped) = Edges(Model.Template.Triangles);
        (int reducedOpen, int reducedCrowded, int reducedFlipped) = Edges(Model.Reduced.Triangles);
        output.WriteLine($"template {open} open, {crowded} crowded, {flipped} flipped; reduced {reducedOpen}, {reducedCrowded}, {reducedFlipped}");
        Assert.InRange(reducedOpen, 0, open);
        Assert.InRange(reducedCrowded, 0, crowded);
        Assert.InRange(reducedFlipped, 0, flipped);
        // Neither a hole nor a handle came or went: vertices − edges + triangles is the same.
        Assert.Equal(Euler(Model.Template.Triangles), Euler(Model.Reduced.Triangles));
    }

    [Fact]
    public void Reduced_KeepsTheLandmarks()
    {
        ImmutableHashSet<int> vertices = [.. Model.Reduced.Vertices];
        foreach (Landmark landmark in Model.Keypoints.Concat(Model.Landmarks).Where(l => l.Rest.Vertices.Length == 1)) Assert.Contains(landmark.Rest.Vertices[0], vertices);
    }

    [Fact]
    public void Of_PosedBody_PutsItsVerticesWhereTheFineOnesAre()
    {
        Body body = Model.Create(new Shape([1f, -1f, 0.5f]));
        SkinnedMesh reduced = Model.Reduced.Of(body.Mesh);
        Pose pose = MotionLibrary.Create("kick").Poses[25];
        (Vector3[] fine, Vector3[] coarse) = (Posed(body, body.Mesh, pose), Posed(body, reduced, pose));
        for (int i = 0; i < coarse.Length; i++) Assert.Equal(fine[Model.Reduced.Vertices[i]], coarse[i]);
    }

    [Theory]
    [InlineData("idle", 0)]
    [InlineData("kick", 25)]
    [InlineData("squat", 25)]
    [InlineData("cartwheel", 20)]
    public void Of_Silhouette_StaysWithinHalfAPixelAt256(string name, int frame)
    {
        foreach (Shape shape in (Shape[])[Shape.Average, Model.ShapeOf(new Phenotype(Gender: 1, Age: 50, Weight: 0.9f))])
        {
            Body body = Model.Create(shape);
            Pose pose = MotionLibrary.Create(name).Poses[frame];
            foreach (float yaw in (float[])[0, MathF.PI / 2])
            {
                bool[] fine = Silhouette(Posed(body, body.Mesh, pose), body.Mesh.Triangles, yaw), coarse = Silhouette(Posed(body, Model.Reduced.Of(body.Mesh), pose), Model.Reduced.Triangles, yaw);
                int outline = 0, different = 0;
                for (int i = Side; i < fine.Length - Side; i++)
                {
                    if (fine[i] != coarse[i]) different++;
                    if (fine[i] && !(fine[i - 1] && fine[i + 1] && fine[i - Side] && fine[i + Side])) outline++;
                }
                // Mean distance between the outlines, and the share of differing pixels that are farther than half a pixel in.
                float mean = (float)different / outline / Finer;
                int far = Enumerable.Range(0, fine.Length).Count(i => fine[i] != coarse[i] && Deep(fine, i));
                output.WriteLine($"{name} {yaw:F1}: mean {mean:F3} px, {far} of {outline} outline pixels farther than half a pixel");
                Assert.True(mean < 0.25f, $"{mean:F3} px");
                Assert.True(far <= outline / 100, $"{far} of {outline}");
            }
        }
    }

    [Fact]
    public void Reduce_Sphere_KeepsItRound()
    {
        // A sphere of 24·48 quads: after losing three quarters every vertex still lies on it and no triangle faces inwards.
        SkinnedMesh sphere = Sphere(24, 48);
        (int[] triangles, _) = MeshDecimation.Reduce(sphere, sphere.VertexCount / 4, [0]);
        Assert.InRange(triangles.Distinct().Count(), 1, (sphere.VertexCount / 4) + 1);
        Assert.Contains(0, triangles);
        Assert.Equal(2, Euler(triangles));
        for (int t = 0; t < triangles.Length; t += 3)
        {
            (Vector3 a, Vector3 b, Vector3 c) = (sphere.RestPositions[triangles[t]], sphere.RestPositions[triangles[t + 1]], sphere.RestPositions[triangles[t + 2]]);
            Assert.True(Vector3.Dot(Vector3.Cross(b - a, c - a), a + b + c) > 0);
            Assert.True(((a + b + c) / 3).Length() > 0.9f);
        }
    }

    /// <summary>Whether every pixel within half a pixel at 256 is on the same side of the outline.</summary>
    private static bool Deep(bool[] mask, int at)
    {
        for (int dy = -Finer / 2; dy <= Finer / 2; dy++)
            for (int dx = -Finer / 2; dx <= Finer / 2; dx++)
                if (mask[Math.Clamp(at + (dy * Side) + dx, 0, mask.Length - 1)] != mask[at]) return false;
        return true;
    }

    private static bool[] Silhouette(Vector3[] posed, int[] triangles, float yaw)
    {
        Vector3 low = posed.Aggregate(Vector3.Min), high = posed.Aggregate(Vector3.Max), middle = (low + high) / 2;
        Quaternion rotation = Camera.FacingMinusZ * Quaternion.CreateFromAxisAngle(Vector3.UnitY, yaw);
        var camera = new Camera(Side, Side, 0.9f * Side * 5 / (high - low).Length(), new Vector2(Side / 2f), rotation, new Vector3(0, 0, 5) - Vector3.Transform(middle, rotation));
        var maps = new SurfaceMaps();
        maps.Clear(Side, Side);
        Rasterizer.Draw(maps, camera, [.. posed.Select(camera.CameraFromWorld)], triangles);
        var mask = new bool[Side * Side];
        for (int y = 0; y < Side; y++)
            for (int x = 0; x < Side; x++) mask[(y * Side) + x] = maps.TriangleAt(x, y) >= 0;
        return mask;
    }

    private static Vector3[] Posed(Body body, SkinnedMesh mesh, Pose pose)
    {
        var transforms = new Matrix4x4[Joint.Count];
        Kinematics.PosedFromRest(Model.Skeleton, body.RestJoints, pose, transforms);
        var posed = new Vector3[mesh.VertexCount];
        Skinning.Apply(mesh, transforms, posed);
        return posed;
    }

    /// <summary>Edges with one triangle, with more than two, and with two that disagree which side is out.</summary>
    private static (int Open, int Crowded, int Flipped) Edges(int[] triangles)
    {
        var edges = new Dictionary<(int, int), List<int>>();
        for (int i = 0; i < triangles.Length; i++)
        {
            (int a, int b) = (triangles[i], triangles[i % 3 == 2 ? i - 2 : i + 1]);
            if (!edges.TryGetValue((Math.Min(a, b), Math.Max(a, b)), out List<int>? list)) edges[(Math.Min(a, b), Math.Max(a, b))] = list = [];
            list.Add(Math.Sign(b - a));
        }
        return (edges.Values.Count(e => e.Count == 1), edges.Values.Count(e => e.Count > 2), edges.Values.Count(e => e.Count == 2 && e[0] == e[1]));
    }

    private static int Euler(int[] triangles)
    {
        var edges = new HashSet<(int, int)>();
        for (int i = 0; i < triangles.Length; i++)
        {
            (int a, int b) = (triangles[i], triangles[i % 3 == 2 ? i - 2 : i + 1]);
            edges.Add((Math.Min(a, b), Math.Max(a, b)));
        }
        return triangles.Distinct().Count() - edges.Count + (triangles.Length / 3);
    }

    private static SkinnedMesh Sphere(int rings, int columns)
    {
        List<Vector3> at = [Vector3.UnitY, -Vector3.UnitY];
        for (int r = 1; r < rings; r++)
            for (int c = 0; c < columns; c++)
                at.Add(new Vector3(MathF.Sin(MathF.PI * r / rings) * MathF.Sin(2 * MathF.PI * c / columns), MathF.Cos(MathF.PI * r / rings), MathF.Sin(MathF.PI * r / rings) * MathF.Cos(2 * MathF.PI * c / columns)));
        int At(int ring, int column) => ring == 0 ? 0 : ring == rings ? 1 : 2 + ((ring - 1) * columns) + (column % columns);
        var triangles = new List<int>();
        for (int r = 0; r < rings; r++)
            for (int c = 0; c < columns; c++)
            {
                if (r > 0) triangles.AddRange([At(r, c), At(r + 1, c + 1), At(r, c + 1)]);
                if (r < rings - 1) triangles.AddRange([At(r, c), At(r + 1, c), At(r + 1, c + 1)]);
            }
        int count = at.Count;
        return new SkinnedMesh([.. at], [.. Enumerable.Repeat(new JointWeights(0, 0, 0, 0, 1, 0, 0, 0), count)], new BodyPart[count], [.. triangles], [.. at.Select(p => new Vector2(p.X, p.Y))], [.. triangles]);
    }
}

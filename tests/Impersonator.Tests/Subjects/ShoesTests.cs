using System.Numerics;
using Impersonator.Bodies;
using Impersonator.Imaging;
using Impersonator.Recovery;
using Impersonator.Rendering;
using Impersonator.Subjects;

namespace Impersonator.Tests.Subjects;

public sealed class ShoesTests
{
    private static readonly Body Naked = BodyModel.Default.Create(Shape.Average);

    private static bool AreWorn(Func<SkinnedMesh, int, Vector4> colour)
    {
        (Photo photo, Person person, Matte matte) = SyntheticPhoto.Draw(colour: colour);
        return Shoes.AreWorn(new PosedBody(Naked.Mesh, Naked, person), photo.Image, matte);
    }

    /// <summary>How much of the convex outline of the front half of a foot, seen from above, is foot.</summary>
    private static float Filled(SkinnedMesh mesh)
    {
        const int Side = 300;
        var camera = new Camera(Side, Side, 1000, new Vector2(Side / 2f), Camera.FacingMinusZ * Quaternion.CreateFromAxisAngle(Vector3.UnitX, MathF.PI / 2), Vector3.Zero);
        int[] foot = [.. Enumerable.Range(0, mesh.VertexCount).Where(v => mesh.Parts[v] == BodyPart.LeftFoot)];
        float back = foot.Min(v => mesh.RestPositions[v].Z), front = foot.Max(v => mesh.RestPositions[v].Z), middle = foot.Average(v => mesh.RestPositions[v].X), from = back + (0.75f * (front - back));
        // Looked at along Y, a metre away: x and z in thousandths.
        Vector3[] seen = [.. mesh.RestPositions.Select(p => new Vector3(p.X - middle, p.Z - from, 1 + p.Y))];
        var maps = new SurfaceMaps();
        maps.Clear(Side, Side);
        Rasterizer.Draw(maps, camera, seen, [.. Enumerable.Range(0, mesh.TriangleCount).Where(t => mesh.Parts[mesh.Triangles[3 * t]] == BodyPart.LeftFoot).SelectMany(t => mesh.Triangles[(3 * t)..((3 * t) + 3)])], twoSided: true);
        (int inside, int all) = (0, 0);
        for (int y = Side / 2; y < Side; y++)
        {
            int[] columns = [.. Enumerable.Range(0, Side).Where(x => maps.TriangleAt(x, y) >= 0)];
            if (columns.Length > 0) (inside, all) = (inside + columns.Length, all + columns[^1] - columns[0] + 1);
        }
        return (float)inside / all;
    }

    [Fact]
    public void AreWorn_FeetOfTheFacesColour_AreBare() => Assert.False(AreWorn((mesh, v) => mesh.Parts[v] is BodyPart.LeftFoot or BodyPart.RightFoot ? new Vector4(0.55f, 0.37f, 0.28f, 1) : SyntheticPhoto.Colour(mesh, v)));

    [Fact]
    public void AreWorn_FeetOfAnotherColour_AreShod() => Assert.True(AreWorn(SyntheticPhoto.Colour));

    [Fact]
    public void Put_Toes_HaveNoGapsBetweenThem()
    {
        Assert.True(Filled(Naked.Mesh) < 0.95f, $"{Filled(Naked.Mesh):F3} naked");
        Assert.True(Filled(Shoes.Put(Naked.Mesh)) > 0.99f, $"{Filled(Shoes.Put(Naked.Mesh)):F3} shod");
    }

    [Fact]
    public void Put_EverythingButFeet_StaysAsItIs()
    {
        SkinnedMesh shod = Shoes.Put(Naked.Mesh);
        Assert.All(Enumerable.Range(0, shod.VertexCount).Where(v => shod.Parts[v] is not (BodyPart.LeftFoot or BodyPart.RightFoot)), v => Assert.Equal(Naked.Mesh.RestPositions[v], shod.RestPositions[v]));
    }

    [Fact]
    public void Put_Soles_LieOnTheGround()
    {
        SkinnedMesh shod = Shoes.Put(Naked.Mesh);
        Assert.True(shod.RestPositions.Min(p => p.Y) > -0.008f, $"{shod.RestPositions.Min(p => p.Y):F4} m");
        var normals = new Vector3[shod.VertexCount];
        MeshNormals.Compute(Naked.Mesh.RestPositions, Naked.Mesh.Triangles, normals);
        Vector3[] sole = [.. shod.RestPositions.Where((p, v) => shod.Parts[v] == BodyPart.LeftFoot && Naked.Mesh.RestPositions[v].Y < 0.02f && normals[v].Y < -0.8f)];
        Assert.NotEmpty(sole);
        Assert.All(sole, p => Assert.True(p.Y < 0.001f, $"{p.Y:F4} m"));
    }
}

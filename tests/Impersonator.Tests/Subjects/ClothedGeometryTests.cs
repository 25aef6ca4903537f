using System.Numerics;
using Impersonator.Bodies;
using Impersonator.Imaging;
using Impersonator.Recovery;
using Impersonator.Subjects;

namespace Impersonator.Tests.Subjects;

public sealed class ClothedGeometryTests
{
    private static readonly Body Naked = BodyModel.Default.Create(Shape.Average);

    /// <summary>Pixels of a picture whose longer side is 512.</summary>
    private static float Distance(SkinnedMesh mesh, Person person, Matte matte)
    {
        var posed = new PosedBody(mesh, Naked, person);
        var drawn = new Matte(posed.Camera.Width, posed.Camera.Height);
        for (int y = 0; y < drawn.Height; y++)
            for (int x = 0; x < drawn.Width; x++) drawn[x, y] = posed.Maps.TriangleAt(x, y) >= 0 ? 1 : 0;
        return Outline.Distance(Outline.Of(drawn), Outline.Of(matte.Resize(drawn.Width, drawn.Height))) * 512 / Math.Max(drawn.Width, drawn.Height);
    }

    [Theory]
    [InlineData(0.015f)]
    [InlineData(0.03f)]
    [InlineData(0.05f)]
    public void Fit_ClothesStandOff_MeetsTheMatteWithinAPixelOfFiveHundredTwelve(float standOff)
    {
        (_, Person person, Matte matte) = SyntheticPhoto.Draw(standOff);
        float clothed = Distance(ClothedGeometry.Fit(Naked, person, matte).Body, person, matte);
        Assert.True(clothed < 1, $"{clothed:F2} pixels, naked {Distance(Naked.Mesh, person, matte):F2}");
    }

    [Fact]
    public void Fit_ArmsBesideTheirPlace_MovesThemThere()
    {
        (_, Person person, Matte matte) = SyntheticPhoto.Draw();
        Quaternion[] rotations = [.. person.Pose.Rotations];
        rotations[Joint.LeftElbow] *= Quaternion.CreateFromAxisAngle(Vector3.UnitZ, 0.1f);
        Person off = person with { Pose = person.Pose with { Rotations = [.. rotations] } };
        float before = Distance(Naked.Mesh, off, matte), after = Distance(ClothedGeometry.Fit(Naked, off, matte).Body, off, matte);
        Assert.True(after < 1 && before > 1.5f, $"{before:F2} -> {after:F2} pixels");
    }

    [Fact]
    public void Fit_ClothesStandOff_MakesTheBodyDeeperToo()
    {
        (_, Person person, Matte matte) = SyntheticPhoto.Draw(0.04f);
        SkinnedMesh clothed = ClothedGeometry.Fit(Naked, person, matte).Body;
        static float Depth(SkinnedMesh mesh, BodyPart part) => mesh.RestPositions.Where((p, v) => mesh.Parts[v] == part && p.Y is > 1.0f and < 1.3f).Max(p => p.Z) - mesh.RestPositions.Where((p, v) => mesh.Parts[v] == part && p.Y is > 1.0f and < 1.3f).Min(p => p.Z);
        Assert.InRange(Depth(clothed, BodyPart.Torso) - Depth(Naked.Mesh, BodyPart.Torso), 0.03f, 0.12f);
    }

    [Fact]
    public void Fit_MatteFilledBetweenTheLegs_KeepsEachLegOnItsSide()
    {
        (_, Person person, Matte matte) = SyntheticPhoto.Draw(0.05f);
        for (int y = 200; y < 400; y++)
            for (int x = 130; x < 170; x++) matte[x, y] = 1;
        SkinnedMesh clothed = ClothedGeometry.Fit(Naked, person, matte).Body;
        Assert.All(Enumerable.Range(0, clothed.VertexCount).Where(v => clothed.Parts[v] == BodyPart.LeftLowerLeg), v => Assert.True(clothed.RestPositions[v].X > 0));
        Assert.All(Enumerable.Range(0, clothed.VertexCount).Where(v => clothed.Parts[v] == BodyPart.RightLowerLeg), v => Assert.True(clothed.RestPositions[v].X < 0));
    }
}

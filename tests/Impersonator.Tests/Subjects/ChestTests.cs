using System.Numerics;
using Impersonator.Bodies;
using Impersonator.Imaging;
using Impersonator.Recovery;
using Impersonator.Subjects;

namespace Impersonator.Tests.Subjects;

public sealed class ChestTests
{
    private static readonly Body Naked = BodyModel.Default.Create(Shape.Average);

    /// <summary>How far the chest swells beside the breastbone, metres.</summary>
    private static float Bust(Body body)
    {
        float Foremost(float from, float to) => Naked.Mesh.RestPositions.Select((p, v) => (Place: p, Now: body.Mesh.RestPositions[v], Part: Naked.Mesh.Parts[v]))
            .Where(p => p.Part == BodyPart.Torso && p.Place.Y is > 1.16f and < 1.24f && MathF.Abs(p.Place.X) >= from && MathF.Abs(p.Place.X) < to).Max(p => p.Now.Z);
        return Foremost(0.05f, 0.12f) - Foremost(0, 0.02f);
    }

    [Fact]
    public void Flat_AverageBody_HasNoBustLeft()
    {
        float before = Bust(Naked), after = Bust(Chest.Flat(Naked));
        Assert.True(before > 0.01f, $"{1000 * before:F0} mm before");
        Assert.InRange(after, 0, 0.008f);
    }

    [Fact]
    public void Flat_AnyBody_ChangesTheFrontOfTheChestOnly()
    {
        Body flat = Chest.Flat(Naked);
        Assert.Equal(Naked.RestJoints, flat.RestJoints);
        for (int v = 0; v < Naked.Mesh.VertexCount; v++)
        {
            Vector3 before = Naked.Mesh.RestPositions[v], after = flat.Mesh.RestPositions[v];
            if (before != after) Assert.True(Naked.Mesh.Parts[v] == BodyPart.Torso && before.Z > 0 && before.Y > Naked.RestJoints[Joint.Spine2].Y && after.Z < before.Z, $"vertex {v} at {before} goes to {after}");
        }
    }

    [Fact]
    public void IsLeft_SkirtOrNothing_OnlyTheSkirtShowsAWoman()
    {
        (_, Person person, Matte matte) = SkirtTests.Draw(skirt: true);
        var posed = new PosedBody(Naked.Mesh, Naked, person);
        Assert.True(Chest.IsLeft(posed, Naked, hair: null, Skirt.Find(Naked, person, matte)));
        Assert.False(Chest.IsLeft(posed, Naked, hair: null, skirt: null));
    }
}

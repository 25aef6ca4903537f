using Impersonator.Bodies;

namespace Impersonator.Tests.Bodies;

public sealed class PhenotypeTests
{
    private static readonly BodyModel Model = BodyModel.Default;

    public static TheoryData<float, float, float, float, float> People => new()
    {
        { 0, 25, 0.5f, 0.5f, 0.5f }, { 1, 25, 0.5f, 0.5f, 0.5f }, { 0, 70, 0.6f, 0.5f, 0.5f }, { 1, 12, 0.5f, 0.5f, 0.5f },
        { 1, 35, 0.9f, 0.4f, 0.5f }, { 0, 30, 0.2f, 0.5f, 0.8f }, { 1, 50, 0.4f, 0.8f, 0.3f },
    };

    [Theory]
    [MemberData(nameof(People))]
    public void PhenotypeOf_ShapeOfAPhenotype_ComesBack(float gender, float age, float weight, float muscle, float height)
    {
        Phenotype back = Model.PhenotypeOf(Model.ShapeOf(new Phenotype(gender, age, weight, muscle, height)));
        Assert.Equal(gender, back.Gender, 0.06f);
        Assert.Equal(age, back.Age, 3f);
        Assert.Equal(weight, back.Weight, 0.06f);
        Assert.Equal(muscle, back.Muscle, 0.06f);
        Assert.Equal(height, back.Height, 0.06f);
    }

    [Fact]
    public void Adjust_Taller_IsTaller() => Assert.True(Tall(Model.Adjust(Shape.Average, p => p with { Height = 0.8f })) > Tall(Shape.Average) + 0.08f);

    [Fact]
    public void Adjust_Heavier_HasMoreVolume() => Assert.True(Volume(Model.Adjust(Shape.Average, p => p with { Weight = 0.9f })) > 1.15f * Volume(Shape.Average));

    [Fact]
    public void Adjust_Nothing_KeepsThePerson()
    {
        var person = new Shape([0.3f, -1, 0.5f, 0, 0, 0, 0, 0, 0, 0, 0, 0.7f]);
        Assert.Equal(person.Coefficients, Model.Adjust(person, p => p).Coefficients.Take(12));
    }

    [Fact]
    public void Landmarks_BothSides_MirrorEachOther()
    {
        Body body = Model.Create(Shape.Average);
        Assert.Equal(34, Model.Landmarks.Length);
        foreach (Landmark left in Model.Landmarks.Where(l => l.Name.StartsWith("left_")))
        {
            Landmark right = Model.Landmarks.Single(l => l.Name == "right" + left.Name[4..]);
            System.Numerics.Vector3 a = left.Rest.Of(body.Mesh.RestPositions), b = right.Rest.Of(body.Mesh.RestPositions);
            Assert.True(System.Numerics.Vector3.Distance(a, b * new System.Numerics.Vector3(-1, 1, 1)) < 8e-3f, $"{left.Name}: {a} {b}");
        }
    }

    private static float Tall(Shape shape) => Model.Create(shape).Mesh.RestPositions.Max(p => p.Y);

    private static float Volume(Shape shape)
    {
        SkinnedMesh mesh = Model.Create(shape).Mesh;
        return mesh.Triangles.Chunk(3).Sum(t => System.Numerics.Vector3.Dot(mesh.RestPositions[t[0]], System.Numerics.Vector3.Cross(mesh.RestPositions[t[1]], mesh.RestPositions[t[2]])) / 6);
    }
}

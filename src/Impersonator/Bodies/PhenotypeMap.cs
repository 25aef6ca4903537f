using System.Collections.Immutable;

namespace Impersonator.Bodies;

/// <summary>What people say of a body ⇄ shape coefficients, both ways by regression over the bodies that the model was learned from.</summary>
/// <remarks>Quadratic in the traits one way; linear in coefficients, their squares and the products of the first ones the other way. K components, F and G features.</remarks>
/// <param name="FromPhenotype">[F·K] weights of <see cref="Features(Phenotype)"/>, feature by feature.</param>
/// <param name="FromShape">[G·7] weights of <see cref="Features(ReadOnlySpan{float})"/>, feature by feature.</param>
internal sealed record PhenotypeMap(ImmutableArray<float> FromPhenotype, ImmutableArray<float> FromShape)
{
    /// <summary>Gender, youth, old age, weight, muscle, height, proportions.</summary>
    internal const int TraitCount = 7;

    private const int Mixed = 10;
    private const float Youngest = 10, Grown = 25, Oldest = 90;

    /// <summary>K.</summary>
    public int ComponentCount => FromPhenotype.Length / Features(new Phenotype()).Length;

    /// <summary>The mean shape of a phenotype.</summary>
    public Shape ShapeOf(Phenotype phenotype) => new([.. Product(Features(phenotype), FromPhenotype.AsSpan())]);

    /// <summary>The most likely traits of a shape.</summary>
    public Phenotype PhenotypeOf(Shape shape)
    {
        var coefficients = new float[ComponentCount];
        shape.Coefficients.AsSpan().CopyTo(coefficients);
        float[] t = Product(Features(coefficients), FromShape.AsSpan());
        static float Unit(float x) => Math.Clamp(x, 0, 1);
        float age = Grown - ((Grown - Youngest) * Unit(t[1])) + ((Oldest - Grown) * Unit(t[2]));
        return new Phenotype(Unit(t[0]), age, Unit(t[3]), Unit(t[4]), Unit(t[5]), Unit(t[6]));
    }

    /// <summary>[7] the traits; age has a bend where growing ends, so it becomes two.</summary>
    internal static float[] Traits(Phenotype p) =>
        [p.Gender, MathF.Max(0, (Grown - p.Age) / (Grown - Youngest)), MathF.Max(0, (p.Age - Grown) / (Oldest - Grown)), p.Weight, p.Muscle, p.Height, p.Proportions];

    /// <summary>[F] 1, the traits, their products.</summary>
    internal static float[] Features(Phenotype phenotype) => Quadratic(Traits(phenotype), TraitCount);

    /// <summary>[G] 1, the coefficients, products of the first ones.</summary>
    internal static float[] Features(ReadOnlySpan<float> coefficients) => Quadratic(coefficients, Mixed);

    private static float[] Quadratic(ReadOnlySpan<float> x, int mixed)
    {
        var features = new List<float> { 1 };
        foreach (float value in x) features.Add(value);
        for (int a = 0; a < Math.Min(mixed, x.Length); a++)
            for (int b = a; b < Math.Min(mixed, x.Length); b++) features.Add(x[a] * x[b]);
        return [.. features];
    }

    private static float[] Product(float[] features, ReadOnlySpan<float> weights)
    {
        var result = new float[weights.Length / features.Length];
        for (int f = 0; f < features.Length; f++)
            for (int k = 0; k < result.Length; k++) result[k] += features[f] * weights[(f * result.Length) + k];
        return result;
    }
}

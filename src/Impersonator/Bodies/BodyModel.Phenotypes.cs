namespace Impersonator.Bodies;

public sealed partial class BodyModel
{
    /// <summary>Both directions of the phenotype map; null in models that were imported, not learned.</summary>
    internal PhenotypeMap? Phenotypes { get; init; }

    /// <summary>The mean shape of people of a phenotype.</summary>
    /// <exception cref="NotSupportedException">The model was imported without a phenotype map.</exception>
    public Shape ShapeOf(Phenotype phenotype)
    {
        ArgumentNullException.ThrowIfNull(phenotype);
        return Map.ShapeOf(phenotype);
    }

    /// <summary>The most likely traits of a shape.</summary>
    /// <exception cref="NotSupportedException">The model was imported without a phenotype map.</exception>
    public Phenotype PhenotypeOf(Shape shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        return Map.PhenotypeOf(shape);
    }

    /// <summary>The same person with other traits ("taller, heavier"): what is personal beyond the traits stays.</summary>
    /// <param name="shape">The person.</param>
    /// <param name="change">Gives the new traits from the present ones.</param>
    /// <exception cref="NotSupportedException">The model was imported without a phenotype map.</exception>
    public Shape Adjust(Shape shape, Func<Phenotype, Phenotype> change)
    {
        ArgumentNullException.ThrowIfNull(shape);
        ArgumentNullException.ThrowIfNull(change);
        Phenotype now = Map.PhenotypeOf(shape);
        Shape from = Map.ShapeOf(now), to = Map.ShapeOf(change(now));
        var moved = new float[to.Coefficients.Length];
        shape.Coefficients.AsSpan().CopyTo(moved);
        for (int k = 0; k < moved.Length; k++) moved[k] += to.Coefficients[k] - from.Coefficients[k];
        return new Shape([.. moved]);
    }

    private PhenotypeMap Map => Phenotypes ?? throw new NotSupportedException("This body model was imported without a phenotype map; use BodyModel.Default for traits.");
}

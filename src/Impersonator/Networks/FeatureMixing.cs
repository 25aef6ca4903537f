namespace Impersonator.Networks;

/// <summary>How <see cref="GeneratorNet"/> takes in what it sees in the photos.</summary>
public enum FeatureMixing
{
    /// <summary>The mean of the warped features of the photos that show the place is added (Liu et al., "Liquid Warping GAN", ICCV 2019).</summary>
    Sum,

    /// <summary>Each pixel weighs the photos, and may refuse them all (Liu et al., "Liquid Warping GAN with Attention", TPAMI 2021).</summary>
    Attention,

    /// <summary>Not at all: the mesh is all it sees. To measure what the photos give.</summary>
    None,
}

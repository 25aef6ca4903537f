using System.Numerics;

namespace Impersonator.Training.Synthesis;

/// <summary>A procedural fabric in cloth coordinates: what replaces or covers a garment's texture.</summary>
internal sealed class Fabric
{
    /// <summary>Patterns.</summary>
    public enum Weave { Texture, Plain, StripesAcross, StripesDown, Checks, Surface, Camouflage, Dots, Gradient, Blocks }

    /// <summary>The pattern.</summary>
    public Weave Pattern;

    /// <summary>Colours, gamma space.</summary>
    public Vector3 First, Second;

    /// <summary>Metres of a repeat, share of the second colour, how much of a texture's shading stays.</summary>
    public float Period = 0.05f, Share = 0.5f, Detail = 1;

    /// <summary>A picture that tiles.</summary>
    public PackTexture? Surface;

    /// <summary>Repeats a metre.</summary>
    public float SurfaceScale = 3;

    /// <summary>A print.</summary>
    public PackTexture? Logo;

    /// <summary>Where it is; z &gt; 0: on the front.</summary>
    public Vector3 LogoPlace;

    /// <summary>Metres a side.</summary>
    public float LogoSize;

    /// <summary>Wave vectors of the folds.</summary>
    public Vector3 FoldA, FoldB, FoldC;

    /// <summary>Strength of the folds.</summary>
    public float FoldDepth;

    /// <summary>Tailored cloth only: width of a band of the second colour along its edges.</summary>
    public float Band;

    /// <summary>Tailored cloth only: a seam along its edges, buttons or a zip down the front.</summary>
    public bool Seam, Buttons;
}

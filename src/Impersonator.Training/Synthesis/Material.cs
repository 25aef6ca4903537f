using System.Numerics;

namespace Impersonator.Training.Synthesis;

/// <summary>How a surface looks.</summary>
internal sealed class Material
{
    /// <summary>What light does with it.</summary>
    public enum Kind { Skin, Cloth, Hair, Glass }

    /// <summary>What light does with it.</summary>
    public Kind Look;

    /// <summary>Its picture, and whether that picture's alpha cuts holes.</summary>
    public PackTexture? Texture;

    /// <inheritdoc cref="Texture"/>
    public bool Cutout;

    /// <summary>Colour, gamma space: Base + rows · texel.</summary>
    public Vector3 Base, RowR = Vector3.UnitX, RowG = Vector3.UnitY, RowB = Vector3.UnitZ;

    /// <summary>Iris and white of the eyes; skin only.</summary>
    public Vector3 Iris, White;

    /// <summary>What replaces or covers its texture.</summary>
    public Fabric Fabric = new();

    /// <summary>Highlight: strength and sharpness.</summary>
    public float Gloss = 0.02f, Shininess = 16;

    /// <summary>How far light reaches round into the shade, and its tint there.</summary>
    public float Wrap = 0.1f;

    /// <inheritdoc cref="Wrap"/>
    public Vector3 WrapTint;
}

using System.Numerics;
using Impersonator.Imaging;

namespace Impersonator.Rendering;

/// <summary>A picture to lay over a mesh, with its mip levels: linear light, premultiplied, 16 bits a channel.</summary>
/// <remarks>
/// Mip levels are means over squares (Williams, "Pyramidal Parametrics", SIGGRAPH 1983). Where a surface is seen at a slant,
/// a few samples along the longer axis of the pixel's footprint keep it sharp across. Outside [0, 1] the border repeats.
/// </remarks>
public sealed class Texture
{
    private const int MostProbes = 4;

    private readonly TextureLevel[] _levels;

    private Texture(TextureLevel[] levels, bool hasHoles) => (_levels, HasHoles) = (levels, hasHoles);

    /// <summary>Columns of the finest level.</summary>
    public int Width => _levels[0].Width;

    /// <summary>Rows of the finest level.</summary>
    public int Height => _levels[0].Height;

    /// <summary>How many levels there are, the finest and one for each halving.</summary>
    public int LevelCount => _levels.Length;

    /// <summary>Whether alpha means holes in the surface (strands of hair, lace). If not, samples are opaque.</summary>
    public bool HasHoles { get; }

    /// <summary>A texture of an opaque surface. Where the picture's alpha says that there is nothing, the nearest colours flow in, so that nothing empty shows at seams.</summary>
    /// <param name="image">Linear light, premultiplied.</param>
    public static Texture Opaque(Image image)
    {
        TextureLevel[] levels = Levels(image);
        // From coarse to fine: what is missing comes from the level above.
        if (levels[^1].Sample(new Vector2(0.5f)) is { W: <= 0 }) levels[^1].Fill(new Vector4(0, 0, 0, 1));
        levels[^1].CompleteFrom(levels[^1]);
        for (int i = levels.Length - 2; i >= 0; i--) levels[i].CompleteFrom(levels[i + 1]);
        return new Texture(levels, false);
    }

    /// <summary>A texture with holes where its alpha is low.</summary>
    /// <param name="image">Linear light, premultiplied.</param>
    public static Texture WithHoles(Image image) => new(Levels(image), true);

    /// <summary>The colour at a place, premultiplied linear light.</summary>
    /// <param name="place">Texture coordinate, (0, 0) = the first texel's corner.</param>
    /// <param name="level">Mip level, 0 = finest; between two levels they are mixed.</param>
    public Vector4 Sample(Vector2 place, float level = 0)
    {
        if (!(level > 0)) return _levels[0].Sample(place);
        if (level >= _levels.Length - 1) return _levels[^1].Sample(place);
        int fine = (int)level;
        return Vector4.Lerp(_levels[fine].Sample(place), _levels[fine + 1].Sample(place), level - fine);
    }

    /// <summary>The mean colour that a pixel sees, premultiplied linear light.</summary>
    /// <param name="place">Texture coordinate at the pixel's centre.</param>
    /// <param name="alongX">Change of the coordinate from this pixel to its right neighbour.</param>
    /// <param name="alongY">Change of the coordinate from this pixel to the one below.</param>
    public Vector4 Sample(Vector2 place, Vector2 alongX, Vector2 alongY)
    {
        Vector2 size = new(Width, Height);
        float lengthX = (alongX * size).Length(), lengthY = (alongY * size).Length();
        (float major, float minor, Vector2 axis) = lengthX >= lengthY ? (lengthX, lengthY, alongX) : (lengthY, lengthX, alongY);
        if (!(major > 1)) return _levels[0].Sample(place);
        int probes = minor * MostProbes <= major ? MostProbes : (int)MathF.Ceiling(major / minor - 0.25f);
        float level = MathF.Max(0, MathF.Log2(major / probes));
        if (probes == 1) return Sample(place, level);
        Vector4 sum = Vector4.Zero;
        for (int k = 0; k < probes; k++) sum += Sample(place + (axis * (((k + 0.5f) / probes) - 0.5f)), level);
        return sum / probes;
    }

    /// <summary>Alpha of the nearest texel, [0, 1].</summary>
    internal float Alpha(Vector2 place, int level) => _levels[Math.Min(level, _levels.Length - 1)].Alpha(place);

    private static TextureLevel[] Levels(Image image)
    {
        ArgumentNullException.ThrowIfNull(image);
        var levels = new List<TextureLevel> { TextureLevel.Create(image) };
        while (levels[^1].Width > 1 || levels[^1].Height > 1) levels.Add(levels[^1].Halve());
        return [.. levels];
    }
}

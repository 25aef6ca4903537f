using System.Numerics;

namespace Impersonator.Training.Synthesis;

/// <summary>An equirectangular picture of a place and the light in it.</summary>
internal sealed class Panorama(PackTexture picture)
{
    /// <summary>The picture.</summary>
    public PackTexture Picture { get; } = picture;

    /// <summary>Mean light from all sides, linear.</summary>
    public Vector3 Mean { get; private set; }

    /// <summary>First-order light along x, y, z.</summary>
    public Vector3 AlongX { get; private set; }

    /// <inheritdoc cref="AlongX"/>
    public Vector3 AlongY { get; private set; }

    /// <inheritdoc cref="AlongX"/>
    public Vector3 AlongZ { get; private set; }

    /// <summary>The strongest light and where it comes from.</summary>
    public (Vector3 Toward, Vector3 Colour) Lamp { get; private set; } = (Vector3.UnitY, Vector3.Zero);

    /// <summary>Decodes the picture and measures its light.</summary>
    public void Decode()
    {
        Picture.Decode();
        (int width, int height, uint[] pixels) = Picture.Levels[Math.Min(3, Picture.Levels.Length - 1)];
        var light = new List<(Vector3 Toward, Vector3 Colour, float Solid)>();
        for (int y = 0; y < height; y++)
            for (int x = 0; x < width; x++)
            {
                uint p = pixels[(y * width) + x];
                Vector3 colour = new Vector3(p & 255, (p >> 8) & 255, (p >> 16) & 255) / 255;
                colour *= colour;
                float over = Math.Clamp(((colour.X + colour.Y + colour.Z) / 3) - 0.6f, 0, 0.4f);
                // What was clipped in tone mapping.
                colour *= 1 + (50 * over * over);
                light.Add((Direction((x + 0.5f) / width, (y + 0.5f) / height), colour, MathF.Sin((y + 0.5f) / height * MathF.PI)));
            }
        float whole = light.Sum(l => l.Solid);
        Vector3 peak = Vector3.Zero, lamp = Vector3.Zero;
        foreach ((Vector3 toward, Vector3 colour, float solid) in light)
        {
            Mean += colour * (solid / whole);
            AlongX += colour * (2 * toward.X * solid / whole);
            AlongY += colour * (2 * toward.Y * solid / whole);
            AlongZ += colour * (2 * toward.Z * solid / whole);
            peak += toward * (solid * MathF.Pow(colour.X + colour.Y + colour.Z, 3));
        }
        Vector3 towardLamp = peak.LengthSquared() > 0 ? Vector3.Normalize(peak) : Vector3.UnitY;
        foreach ((Vector3 toward, Vector3 colour, float solid) in light)
            if (Vector3.Dot(toward, towardLamp) > 0.85f) lamp += Vector3.Max(Vector3.Zero, colour - Mean) * (4 * solid / whole);
        Lamp = (towardLamp, lamp);
    }

    /// <summary>The colour (gamma space) seen in a direction.</summary>
    public Vector3 Look(Vector3 direction, int level)
        => Picture.Colour((MathF.Atan2(direction.X, -direction.Z) / (2 * MathF.PI)) + 0.5f, MathF.Acos(Math.Clamp(direction.Y / direction.Length(), -1, 1)) / MathF.PI, level);

    private static Vector3 Direction(float u, float v)
    {
        float around = (u - 0.5f) * 2 * MathF.PI, polar = v * MathF.PI;
        return new Vector3(MathF.Sin(polar) * MathF.Sin(around), MathF.Cos(polar), -MathF.Sin(polar) * MathF.Cos(around));
    }
}

using System.Numerics;
using Impersonator.Imaging;

namespace Impersonator.Subjects.Backgrounds;

/// <summary>Finds the shadow that a person casts on the ground: what touches the feet, is darker than the ground and of about its hue.</summary>
internal static class CastShadow
{
    private const int WorkSide = 320;

    // In heights of the person's box: how high above the lowest point feet may stand, ground is looked at and a shadow may reach, and how far aside.
    private const float Feet = 0.08f, Ground = 0.07f, Above = 0.16f, Aside = 0.9f, Touch = 0.03f, Penumbra = 0.022f;

    /// <summary>Share of the ground's light below which it is shadow, and how much of hue may differ: skies colour shadows.</summary>
    private const float Dark = 0.8f, HueReach = 0.07f;

    /// <summary>Below this share of the ground's light the sky's colour is most of what is left.</summary>
    private const float Deep = 0.4f, DeepHueReach = 0.16f;

    /// <summary>How wide an edge may be, in heights, and how dark it is on one side for the other.</summary>
    private const float EdgeWidth = 0.025f, EdgeContrast = 0.8f;

    /// <summary>How much of it the picture may cut off, in heights: what goes on all along it is a floor.</summary>
    private const float MostCut = 0.2f;

    /// <summary>A shadow larger than this share of the person has run into something else that is dark.</summary>
    private const float MostArea = 0.8f;

    /// <summary>The matte with the shadow added where there is one.</summary>
    /// <param name="photo">Linear light.</param>
    /// <param name="person">The person's matte, same size.</param>
    public static Matte AddTo(Image photo, Matte person)
    {
        float scale = MathF.Min(1, (float)WorkSide / Math.Max(photo.Width, photo.Height));
        int width = Math.Max(1, (int)(photo.Width * scale)), height = Math.Max(1, (int)(photo.Height * scale));
        (Image small, Matte matte) = (photo.Resize(width, height), person.Resize(width, height));
        int[] rows = [.. Enumerable.Range(0, height).Where(y => matte.Row(y).ContainsAnyInRange(0.5f, float.MaxValue))];
        if (rows.Length < 8 || rows[^1] >= height - 2) return person;
        (int bottom, float tall) = (rows[^1], rows.Length);
        if (GroundColour(small, matte, bottom, tall) is not { } ground || Grow(small, matte, ground, bottom, tall) is not { } shadow) return person;

        float[] away = Matting.DistanceField.To(shadow, width, height);
        var with = new Matte(person.Width, person.Height);
        for (int y = 0; y < with.Height; y++)
            for (int x = 0; x < with.Width; x++)
            {
                int i = (Math.Min((int)(y * scale), height - 1) * width) + Math.Min((int)(x * scale), width - 1);
                with[x, y] = away[i] <= Penumbra * tall ? 1 : person[x, y];
            }
        return with;
    }

    /// <summary>The lit ground around the feet: the median of the lighter half of it; null where none shows.</summary>
    private static Vector3? GroundColour(Image small, Matte matte, int bottom, float tall)
    {
        var seen = new List<Vector3>();
        int left = small.Width, right = 0;
        for (int y = (int)(bottom - (Feet * tall)); y <= bottom; y++)
            for (int x = 0; x < small.Width; x++)
                if (matte[x, Math.Max(0, y)] >= 0.5f) (left, right) = (Math.Min(left, x), Math.Max(right, x));
        int around = (int)(0.35f * tall);
        for (int y = Math.Max(0, (int)(bottom - (Ground * tall))); y <= Math.Min(small.Height - 1, bottom + (Ground * tall)); y++)
            for (int x = Math.Max(0, left - around); x <= Math.Min(small.Width - 1, right + around); x++)
                if (matte[x, y] < 0.03f) seen.Add(Colour(small[x, y]));
        if (seen.Count < 20) return null;
        Vector3[] lit = [.. seen.OrderBy(Srgb.Luminance).Skip(seen.Count / 2)];
        return lit[lit.Length / 2];
    }

    /// <summary>What is shadow and hangs together with the feet; null where nothing is, or far too much.</summary>
    private static bool[]? Grow(Image small, Matte matte, Vector3 ground, int bottom, float tall)
    {
        (int width, int height) = (small.Width, small.Height);
        bool[] feet = [.. matte.Values.Select((a, i) => a >= 0.5f && i / width > bottom - (Feet * tall))];
        float[] toFeet = Matting.DistanceField.To(feet, width, height);
        var shadow = new bool[width * height];
        var open = new Queue<int>();
        void Visit(int x, int y, float reach)
        {
            if ((uint)x >= (uint)width || (uint)y >= (uint)height) return;
            int i = (y * width) + x;
            if (shadow[i] || matte.Values[i] >= 0.5f || toFeet[i] > reach || y < bottom - (Above * tall) || !IsShadow(Colour(small.Pixels[i]), ground)) return;
            shadow[i] = true;
            open.Enqueue(i);
        }
        for (int y = 0; y < height; y++)
            for (int x = 0; x < width; x++) Visit(x, y, 1 + (Touch * tall));
        while (open.TryDequeue(out int at))
        {
            (int x, int y) = (at % width, at / width);
            Visit(x - 1, y, Aside * tall);
            Visit(x + 1, y, Aside * tall);
            Visit(x, y - 1, Aside * tall);
            Visit(x, y + 1, Aside * tall);
        }
        int area = shadow.Count(s => s);
        int cut = Enumerable.Range(0, shadow.Length).Count(i => shadow[i] && (i % width == 0 || i % width == width - 1 || i / width == height - 1));
        return area == 0 || cut > MostCut * tall || area > MostArea * matte.Values.Count(a => a >= 0.5f) || !HasEdge(small, matte, shadow, tall) ? null : shadow;
    }

    /// <summary>A shadow ends; ground that only gets darker from one place to the next does not.</summary>
    private static bool HasEdge(Image small, Matte matte, bool[] shadow, float tall)
    {
        float[] outside = Matting.DistanceField.To(shadow, small.Width, small.Height), inside = Matting.DistanceField.To([.. shadow.Select(s => !s)], small.Width, small.Height);
        float near = 1 + (EdgeWidth / 3 * tall), far = 2 + (EdgeWidth * tall);
        (double dark, int darkCount, double light, int lightCount) = (0, 0, 0, 0);
        for (int i = 0; i < shadow.Length; i++)
        {
            if (matte.Values[i] >= 0.03f) continue;
            if (inside[i] >= near && inside[i] <= far) (dark, darkCount) = (dark + Srgb.Luminance(Colour(small.Pixels[i])), darkCount + 1);
            else if (outside[i] >= near && outside[i] <= far) (light, lightCount) = (light + Srgb.Luminance(Colour(small.Pixels[i])), lightCount + 1);
        }
        return lightCount > 0 && (darkCount == 0 || dark / darkCount < EdgeContrast * light / lightCount);
    }

    private static bool IsShadow(Vector3 colour, Vector3 ground)
        => Srgb.Luminance(colour) < Dark * Srgb.Luminance(ground) && Vector2.Distance(Hue(colour), Hue(ground)) < (Srgb.Luminance(colour) < Deep * Srgb.Luminance(ground) ? DeepHueReach : HueReach);

    private static Vector2 Hue(Vector3 c) => new Vector2(c.X, c.Y) / MathF.Max(0.01f, c.X + c.Y + c.Z);

    private static Vector3 Colour(Vector4 c) => new(c.X, c.Y, c.Z);
}

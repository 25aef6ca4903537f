using System.Numerics;
using Impersonator.Imaging;
using Impersonator.Subjects.Matting;

namespace Impersonator.Subjects.Backgrounds;

/// <summary>Widens a hole where what is around it is plain: on a wall the person's soft shadow stays as a ghost of it otherwise, and a plain wall is easily made.</summary>
internal static class PlainRim
{
    private const int WorkSide = 320;

    /// <summary>How far a hole is widened, in the longer side of the matte's box.</summary>
    private const float Reach = 0.07f;

    /// <summary>Neighbours that differ by more are an edge or a pattern, as eyes see them.</summary>
    private const float Plain = 0.025f;

    /// <summary>Share of the surroundings that must be plain: in a street nothing is gained by widening a hole here and there.</summary>
    private const float MostlyPlain = 0.6f;

    /// <summary>Spots and gaps in what is plain are swallowed up to this radius, in the longer side of the matte's box: they lie in the shadow.</summary>
    private const float Spots = 0.03f;

    /// <summary>The hole with what is plain around it, if most of that is.</summary>
    /// <param name="photo">Linear light.</param>
    /// <param name="hole">A part of it and what is to be filled there.</param>
    /// <param name="longest">Longer side of the matte's box, pixels.</param>
    public static Hole AddTo(Image photo, Hole hole, int longest)
    {
        float scale = MathF.Min(1, (float)WorkSide / Math.Max(hole.Width, hole.Height));
        int width = Math.Max(1, (int)(hole.Width * scale)), height = Math.Max(1, (int)(hole.Height * scale));
        Image small = photo.Crop(hole.Left, hole.Top, hole.Width, hole.Height).Resize(width, height);
        Vector4[] seen = [.. small.Pixels.Select(pixel => Vector4.SquareRoot(Vector4.Clamp(pixel, Vector4.Zero, Vector4.One)))];
        // What a small pixel holds of the hole's own colours does not count as its surroundings.
        float[] away = DistanceField.To(hole.Mask, hole.Width, hole.Height);
        bool[] inside = [.. Enumerable.Range(0, width * height).Select(i => away[At(i % width, i / width)] * scale < 1)];
        float[] far = DistanceField.To(inside, width, height);
        var open = new Queue<int>(Enumerable.Range(0, inside.Length).Where(i => inside[i]));
        var added = (bool[])inside.Clone();
        while (open.TryDequeue(out int at))
        {
            (int x, int y) = (at % width, at / width);
            Visit(x - 1, y);
            Visit(x + 1, y);
            Visit(x, y - 1);
            Visit(x, y + 1);
        }
        int around = far.Count(distance => distance > 0 && distance <= Reach * longest * scale), plain = added.Count(a => a) - inside.Count(i => i);
        if (plain < MostlyPlain * around) return hole;
        added = Hole.Closed(added, width, height, Spots * longest * scale);
        return hole with { Mask = [.. hole.Mask.Select((h, i) => h || added[(Math.Min((int)(i / hole.Width * scale), height - 1) * width) + Math.Min((int)(i % hole.Width * scale), width - 1)])] };

        int At(int x, int y) => (Math.Min((int)((y + 0.5f) / scale), hole.Height - 1) * hole.Width) + Math.Min((int)((x + 0.5f) / scale), hole.Width - 1);

        void Visit(int x, int y)
        {
            if ((uint)x >= (uint)width || (uint)y >= (uint)height) return;
            int i = (y * width) + x;
            if (added[i] || far[i] > Reach * longest * scale || !IsPlain(x, y)) return;
            added[i] = true;
            open.Enqueue(i);
        }

        bool IsPlain(int x, int y)
        {
            for (int ny = Math.Max(0, y - 1); ny <= Math.Min(height - 1, y + 1); ny++)
                for (int nx = Math.Max(0, x - 1); nx <= Math.Min(width - 1, x + 1); nx++)
                    if (!inside[(ny * width) + nx] && Vector4.Distance(seen[(ny * width) + nx], seen[(y * width) + x]) > Plain) return false;
            return true;
        }
    }
}

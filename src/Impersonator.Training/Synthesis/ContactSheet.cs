using System.Numerics;
using Impersonator.Bodies;
using Impersonator.Imaging;

namespace Impersonator.Training.Synthesis;

/// <summary>Contact sheets of samples, to look at: plain, or marked with what is known.</summary>
public static class ContactSheet
{
    private static readonly int[] PartColours = [0, 0xE0E0E0, 0x808080, 0xFF4040, 0x4040FF, 0xFF9040, 0x4090FF, 0xFFE040, 0x40E0FF, 0xC02080, 0x20A060, 0xFF60C0, 0x60FF60, 0x800000, 0x004000];

    /// <summary>The person's right is drawn cool, the left warm.</summary>
    private static readonly (int A, int B)[] Limbs = [(1, 0), (0, 2), (2, 3), (3, 4), (4, 5), (2, 6), (6, 7), (7, 8), (2, 9), (9, 10), (10, 11), (11, 15), (2, 12), (12, 13), (13, 14), (14, 16)];

    /// <summary>Paints a sheet.</summary>
    /// <param name="painter">Paints.</param>
    /// <param name="count">Pictures.</param>
    /// <param name="size">Pixels a side of each.</param>
    /// <param name="seed">Of the first; the rest follow.</param>
    /// <param name="marked">Draw matte, parts, surface coordinates (a second picture to the right) and keypoints.</param>
    /// <param name="cancellationToken">Stops between pictures.</param>
    /// <param name="stride">Seeds from one to the next: 4 shows another person each time.</param>
    public static Frame Draw(IPainter painter, int count, int size, long seed, bool marked, CancellationToken cancellationToken = default, int stride = 4)
    {
        ArgumentNullException.ThrowIfNull(painter);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        int width = marked ? 2 * size : size, columns = Math.Max(1, (int)MathF.Ceiling(MathF.Sqrt(count * (float)size / width))), rows = (count + columns - 1) / columns;
        var sheet = new Frame(columns * width, rows * size);
        var sample = new Sample(size);
        for (int n = 0; n < count; n++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            painter.Paint(seed + ((long)stride * n), sample);
            (int left, int top) = (n % columns * width, n / columns * size);
            if (marked)
            {
                Copy(SurfaceOf(sample), sheet, left + size, top, size);
                Mark(sample);
            }
            Copy(sample.Rgb, sheet, left, top, size);
        }
        return sheet;
    }

    private static void Copy(byte[] rgb, Frame sheet, int left, int top, int size)
    {
        for (int y = 0; y < size; y++)
            for (int x = 0; x < size; x++)
            {
                int to = 4 * (((top + y) * sheet.Width) + left + x);
                rgb.AsSpan(3 * ((y * size) + x), 3).CopyTo(sheet.Rgba.AsSpan(to));
                sheet.Rgba[to + 3] = 255;
            }
    }

    /// <summary>Canonical coordinates as colours with contour lines, depth as brightness.</summary>
    private static byte[] SurfaceOf(Sample s)
    {
        var rgb = new byte[s.Rgb.Length];
        int plane = s.Size * s.Size;
        for (int i = 0; i < plane; i++)
        {
            if (s.Parts[i] == 0) continue;
            var fraction = new Vector3(s.Surface[i], s.Surface[plane + i], s.Surface[(2 * plane) + i]) / ushort.MaxValue;
            Vector3 metres = CanonicalBox.Metres(fraction);
            bool line = (int)MathF.Floor(metres.Y * 20) % 2 == 0 ^ (int)MathF.Floor((metres.X + 5) * 20) % 2 == 0;
            float near = Math.Clamp(1 - (s.Depth[i] / 1000f), 0.3f, 1.7f) * (line ? 0.6f : 0.5f) * 255;
            for (int k = 0; k < 3; k++) rgb[(3 * i) + k] = (byte)Math.Clamp(fraction[k] * near * (k == 2 ? 1.2f : 1.6f), 0, 255);
        }
        return rgb;
    }

    private static void Mark(Sample s)
    {
        for (int i = 0; i < s.Parts.Length; i++)
        {
            (int x, int y) = (i % s.Size, i / s.Size);
            if (s.Parts[i] > 0) Mix(s, x, y, PartColours[s.Parts[i]], 0.4f);
            if (s.OtherAlpha[i] > 127) Mix(s, x, y, 0xFF00FF, 0.3f);
            bool edge = s.Alpha[i] is > 0 and < 255 || (s.Alpha[i] == 255 && ((x > 0 && s.Alpha[i - 1] < 128) || (y > 0 && s.Alpha[i - s.Size] < 128)));
            if (edge) Mix(s, x, y, 0xFFFF00, 0.6f);
        }
        foreach ((int a, int b) in Limbs)
        {
            (Vector3 from, Vector3 to) = (new Vector3(s.Keypoints.AsSpan(3 * a, 3)), new Vector3(s.Keypoints.AsSpan(3 * b, 3)));
            if (from.Z == 0 || to.Z == 0) continue;
            for (float t = 0; t <= 1; t += 0.01f)
            {
                Vector3 p = Vector3.Lerp(from, to, t);
                Mix(s, (int)p.X, (int)p.Y, Colour(b), 0.8f);
            }
        }
        for (int k = 0; k < Keypoints33.Count; k++)
        {
            (int x, int y, int state) = ((int)s.Keypoints[3 * k], (int)s.Keypoints[(3 * k) + 1], (int)s.Keypoints[(3 * k) + 2]);
            if (state == 0) continue;
            int reach = k < 17 ? 2 : 1;
            for (int dy = -reach; dy <= reach; dy++)
                for (int dx = -reach; dx <= reach; dx++)
                    if (state == 2 || Math.Abs(dx) == reach || Math.Abs(dy) == reach) Mix(s, x + dx, y + dy, state == 2 ? Colour(k) : 0, 1);
        }
    }

    private static int Colour(int keypoint) => Keypoints33.Names[keypoint] switch { ['r', ..] => 0x00C0FF, ['l', ..] => 0xFF5000, _ => 0x00FF00 };

    private static void Mix(Sample s, int x, int y, int colour, float share)
    {
        if ((uint)x >= (uint)s.Size || (uint)y >= (uint)s.Size) return;
        int at = 3 * ((y * s.Size) + x);
        for (int c = 0; c < 3; c++) s.Rgb[at + c] = (byte)((s.Rgb[at + c] * (1 - share)) + (((colour >> (16 - (8 * c))) & 255) * share));
    }
}

using System.Numerics;

namespace Impersonator.Training.Synthesis;

/// <summary>Other people kept as flat cut-outs, to stand behind or before the one meant; and plain things in front.</summary>
/// <remarks>Painted once per pack from seeds of their own, so every painter has the same and pictures depend on nothing but their seed.</remarks>
internal sealed class Bystanders
{
    private const int Size = 192;
    private const long FirstSeed = -1_000_000;
    private readonly Cutout[] _kept;

    private Bystanders(Cutout[] kept) => _kept = kept;

    /// <summary>A person without surroundings: premultiplied gamma-space colour and coverage, a byte each.</summary>
    public sealed record Cutout(int Width, int Height, uint[] Pixels);

    /// <summary>Paints them.</summary>
    public static Bystanders Paint(PeoplePack pack)
    {
        var kept = new Cutout?[pack.BystanderCount];
        Parallel.For(0, kept.Length, () => new PersonPainter(pack, withOthers: false), (n, _, painter) =>
        {
            // The first seed from here that shows somebody whole.
            for (int tries = 0; tries < 6 && kept[n] == null; tries++) kept[n] = painter.PaintCutout(FirstSeed - (6 * n) - tries, Size);
            return painter;
        }, _ => { });
        return new Bystanders([.. kept.OfType<Cutout>()]);
    }

    /// <summary>Others stand beside or behind, mostly smaller than the one meant and farther from the middle.</summary>
    /// <param name="dice">Of this picture.</param>
    /// <param name="picture">Linear light.</param>
    /// <param name="size">Pixels a side.</param>
    /// <param name="height">Of the one meant, pixels.</param>
    /// <param name="off">How far that one is from the middle, in pictures.</param>
    /// <param name="covers">Room for one picture.</param>
    /// <param name="other">Is added to where they show behind what is drawn.</param>
    /// <param name="front">How much of each pixel is drawn over.</param>
    public void PasteBehind(Dice dice, Vector3[] picture, int size, float height, float off, byte[] covers, byte[] other, float[] front)
    {
        if (_kept.Length == 0 || !dice.Chance(0.3f)) return;
        Array.Clear(covers);
        // Many, far away, about one height above the ground.
        bool crowd = dice.Chance(0.35f);
        float crowdHeight = dice.Range(0.2f, 0.5f), level = dice.Range(0.35f, 0.6f), share = height / size;
        for (int n = crowd ? 3 + dice.Below(6) : dice.Chance(0.5f) ? 1 : 2 + dice.Below(4); n > 0; n--)
        {
            float tall = share * (dice.Chance(0.88f) ? dice.Range(0.25f, 0.9f) : dice.Range(0.9f, 1.2f)), x = dice.Range(-0.05f, 1.05f), y = dice.Range(0.35f, 0.65f);
            if (crowd) (tall, y) = (share * crowdHeight * dice.Range(0.85f, 1.15f), level + dice.Normal(0.015f));
            else if (Vector2.Distance(new Vector2(x, y), new Vector2(0.5f)) < off && dice.Chance(0.8f)) continue;
            Paste(dice, picture, size, tall, x, y, dice.Below(3), (i, a) => covers[i] = (byte)MathF.Max(covers[i], 255 * a));
        }
        for (int i = 0; i < covers.Length; i++)
            if (covers[i] != 0) other[i] = (byte)Math.Min(255, other[i] + (covers[i] * (1 - front[i])));
    }

    /// <summary>Now and then somebody or something stands before the one meant; what it hides is hidden in the sample too.</summary>
    public void PasteFront(Dice dice, PeoplePack pack, Vector3[] picture, float height, Sample sample)
    {
        int size = sample.Size;
        void Cover(int i, float a, bool person)
        {
            sample.Alpha[i] = (byte)(sample.Alpha[i] * (1 - a));
            sample.OtherAlpha[i] = (byte)((sample.OtherAlpha[i] * (1 - a)) + (person ? 255 * a : 0));
            if (a >= 0.5f) sample.Parts[i] = 0;
        }
        if (_kept.Length > 0 && dice.Chance(0.05f))
            Paste(dice, picture, size, height / size * dice.Range(0.5f, 1.15f), dice.Chance(0.5f) ? dice.Range(-0.1f, 0.22f) : dice.Range(0.78f, 1.1f), dice.Range(0.4f, 0.9f), dice.Below(2), (i, a) => Cover(i, a, true));
        else if (dice.Chance(0.1f)) Thing(dice, pack, picture, size, (i, a) => Cover(i, a, false));
        else return;
        for (int k = 0; k < Keypoints33.Count; k++)
        {
            (int x, int y) = ((int)sample.Keypoints[3 * k], (int)sample.Keypoints[(3 * k) + 1]);
            if (sample.Keypoints[(3 * k) + 2] == 2 && sample.Alpha[(y * size) + x] < 64) sample.Keypoints[(3 * k) + 2] = 1;
        }
    }

    private void Paste(Dice dice, Vector3[] picture, int size, float height, float centreX, float centreY, int blur, Action<int, float> mark)
    {
        Cutout cutout = dice.Pick(_kept);
        float scale = MathF.Max(cutout.Height / (height * size), 0.75f), gain = dice.Range(0.45f, 1.5f);
        Vector3 tint = (Vector3.One + dice.NormalVector(0.15f)) * gain;
        bool flip = dice.Chance(0.5f);
        float left = (centreX * size) - (cutout.Width / scale / 2), top = (centreY * size) - (cutout.Height / scale / 2);
        // Sampled at random within a few pixels, people behind lose focus.
        for (int y = Math.Max(0, (int)top); y < size; y++)
        {
            float sy = (y - top) * scale;
            if (sy >= cutout.Height) break;
            if (sy < 0) continue;
            for (int x = Math.Max(0, (int)left); x < size; x++)
            {
                float sx = (x - left) * scale;
                if (sx >= cutout.Width) break;
                if (sx < 0) continue;
                (Vector3 colour, float cover) = Look(cutout, flip ? cutout.Width - 1 - sx : sx, sy, blur);
                if (cover == 0) continue;
                int to = (y * size) + x;
                picture[to] = (picture[to] * (1 - cover)) + (colour * tint);
                mark(to, cover);
            }
        }
    }

    private static (Vector3 Colour, float Cover) Look(Cutout cutout, float x, float y, int blur)
    {
        Vector3 sum = Vector3.Zero;
        float cover = 0;
        int count = 0;
        for (int dy = -blur; dy <= blur; dy++)
            for (int dx = -blur; dx <= blur; dx++)
            {
                (int px, int py) = ((int)x + dx, (int)y + dy);
                count++;
                if ((uint)px >= (uint)cutout.Width || (uint)py >= (uint)cutout.Height) continue;
                uint p = cutout.Pixels[(py * cutout.Width) + px];
                if (p == 0) continue;
                Vector3 c = new Vector3(p & 255, (p >> 8) & 255, (p >> 16) & 255) / 255;
                sum += c * c;
                cover += (p >> 24) / 255f;
            }
        return (sum / count, cover / count);
    }

    /// <summary>A post, a table's edge, a ball: a soft-edged plain shape that hides some of the person.</summary>
    private static void Thing(Dice dice, PeoplePack pack, Vector3[] picture, int size, Action<int, float> mark)
    {
        Vector3 colour = dice.Colour(0, 0.8f, 0.05f, 0.9f);
        colour *= colour;
        List<PackTexture> pictures = dice.Chance(0.5f) || pack.Backdrops.Count == 0 ? pack.Fabrics : pack.Backdrops;
        PackTexture? texture = pictures.Count > 0 && dice.Chance(0.6f) ? dice.Pick(pictures) : null;
        float repeat = dice.Range(0.5f, 2) / size, gain = dice.Range(0.4f, 1.1f);
        bool round = dice.Chance(0.3f), post = dice.Chance(0.5f);
        float angle = dice.Chance(0.6f) ? dice.Normal(0.08f) : dice.Range(0, MathF.PI), cos = MathF.Cos(angle), sin = MathF.Sin(angle);
        float width = size * (round ? dice.Range(0.04f, 0.15f) : post ? dice.Range(0.01f, 0.08f) : dice.Range(0.2f, 1)), height = round ? width : size * (post ? 1 : dice.Range(0.05f, 0.25f));
        float cx = dice.Range(0.1f, 0.9f) * size, cy = (post || round ? dice.Range(0.2f, 0.9f) : dice.Range(0.7f, 1.1f)) * size, soft = dice.Range(0.6f, 2), shade = dice.Range(-0.6f, 0.6f);
        for (int y = 0; y < size; y++)
            for (int x = 0; x < size; x++)
            {
                float u = ((x - cx) * cos) + ((y - cy) * sin), v = ((y - cy) * cos) - ((x - cx) * sin);
                float inside = round ? width - MathF.Sqrt((u * u) + (v * v)) : MathF.Min(width - MathF.Abs(u), height - MathF.Abs(v));
                float a = Math.Clamp((inside / soft) + 0.5f, 0, 1);
                if (a == 0) continue;
                int i = (y * size) + x;
                Vector3 tone = colour;
                if (texture != null)
                {
                    tone = texture.Colour(u * repeat, v * repeat, 1) * gain;
                    tone *= tone;
                }
                picture[i] = Vector3.Lerp(picture[i], tone * (1 + (shade * u / width)), a);
                mark(i, a);
            }
    }
}

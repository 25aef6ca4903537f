using System.Numerics;
using Impersonator.Bodies;
using Impersonator.Imaging;
using Impersonator.Subjects.Backgrounds;

namespace Impersonator.Subjects;

/// <summary>The photo with clothes where arms and hands, and what hands hold, hide them: patches of the cloth around fill in.</summary>
internal sealed class HiddenCloth
{
    /// <summary>How far around an arm its colours, shadow and misplacement reach, metres.</summary>
    private const float Margin = 0.015f;

    /// <summary>Around a hand, how far skin and things held are looked for, and from how far on it is cloth for sure, metres.</summary>
    private const float Near = 0.15f, Around = 0.23f;

    /// <summary>How far a colour lies from all of the cloth's, of [0, 1] as eyes see it, where it is something else.</summary>
    private const float Unlike = 0.13f;

    /// <summary>How far the rim and the shadow of what is held reach beyond it, metres.</summary>
    private const float Rim = 0.02f;

    /// <summary>Half the size of what is too small to be held, metres.</summary>
    private const float Speck = 0.012f;

    /// <summary>Share of what surrounds a hand from which on a colour is cloth.</summary>
    private const float LeastOfCloth = 0.07f;

    private readonly int _width, _height;
    private readonly bool[] _hidden, _held;

    private HiddenCloth(Image clothes, int width, int height, bool[] hidden, bool[] held)
        => (Clothes, _width, _height, _hidden, _held) = (clothes, width, height, hidden, held);

    /// <summary>The person's colours without arms before the body.</summary>
    public Image Clothes { get; }

    /// <summary>Whether an arm or a hand covers a working pixel.</summary>
    public bool IsHidden(Vector3 at) => _hidden[Index(at)];

    /// <summary>Whether an arm, a hand or something held covers a working pixel.</summary>
    public bool IsHeldBefore(Vector3 at) => _held[Index(at)];

    /// <summary>Finds and fills what is hidden.</summary>
    /// <param name="posed">The clothed body as it stands in the photo.</param>
    /// <param name="foreground">The person's colours, opaque everywhere; of the photo's shape.</param>
    /// <param name="matte">The person's alpha, of the photo's shape.</param>
    /// <param name="workSide">Longest side of what is searched for patches, pixels.</param>
    /// <param name="cancellationToken">Stops between rounds.</param>
    public static HiddenCloth Find(PosedBody posed, Image foreground, Matte matte, int workSide, CancellationToken cancellationToken = default)
    {
        (int width, int height) = (posed.Camera.Width, posed.Camera.Height);
        Matte small = matte.Resize(width, height);
        Image colours = foreground.Resize(width, height);
        float depth = posed.Project(posed.Person.Pose.Root).Z, pixels = posed.Camera.FocalLength / depth;
        bool[] arm = [.. Enumerable.Range(0, width * height).Select(i => IsArm(posed.PartAt(i % width, i / width)))];
        float[] toArm = Matting.DistanceField.To(arm, width, height);
        bool[] hidden = [.. toArm.Select(d => d <= Margin * pixels)];
        bool[] held = [.. hidden];
        Vector3? skin = SkinTone.OfFace(posed, colours);
        Vector2[] hands = [.. new[] { BodyPart.LeftHand, BodyPart.RightHand }.Select(h => Centre(posed, h)).OfType<Vector2>()];
        var (other, bare) = (new Matte(width, height), new bool[width * height]);
        foreach (Vector2 centre in hands)
        {
            List<Vector4> cloth = Palette(posed, colours, small, hidden, centre, hands, pixels);
            ForEachNear(centre, Near * pixels, width, height, (x, y) =>
            {
                int i = (y * width) + x;
                if (hidden[i] || small[x, y] < 0.5f || posed.PartAt(x, y) == BodyPart.Head) return;
                Vector4 colour = colours[x, y];
                if (cloth.Count == 0 || IsAmong(cloth, Seen(colour))) return;
                other[x, y] = 1;
                // Bare legs are skin too: only what is skin among other colours is a hand.
                bare[i] = skin is { } face && SkinTone.IsSkin(colour, face);
            });
        }
        // Things are whole; seams and the edges of checks are specks.
        Matte whole = other.Box(Math.Max(1, (int)MathF.Round(Speck * pixels)));
        bool[] things = [.. other.Values.Select((o, i) => o > 0 && whole.Values[i] > 0.6f)];
        float[] toThing = Matting.DistanceField.To(things, width, height);
        for (int i = 0; i < held.Length; i++)
        {
            held[i] |= toThing[i] <= Rim * pixels;
            hidden[i] |= things[i] && bare[i];
        }
        Image clothes = Fill(posed, foreground, small, held, pixels, workSide, cancellationToken);
        return new HiddenCloth(clothes, width, height, hidden, held);
    }

    private int Index(Vector3 at) => (Math.Clamp((int)at.Y, 0, _height - 1) * _width) + Math.Clamp((int)at.X, 0, _width - 1);

    private static Image Fill(PosedBody posed, Image foreground, Matte small, bool[] held, float pixels, int workSide, CancellationToken cancellationToken)
    {
        (int width, int height) = (small.Width, small.Height);
        int x0 = width, y0 = height, x1 = -1, y1 = -1;
        for (int i = 0; i < held.Length; i++)
            if (held[i] && small.Values[i] >= 0.5f) (x0, x1, y0, y1) = (Math.Min(x0, i % width), Math.Max(x1, i % width), Math.Min(y0, i / width), Math.Max(y1, i / width));
        if (x1 < 0) return foreground;
        int around = (int)(Around * pixels);
        (x0, y0, x1, y1) = (Math.Max(0, x0 - around), Math.Max(0, y0 - around), Math.Min(width - 1, x1 + around), Math.Min(height - 1, y1 + around));
        float fine = (float)foreground.Width / width;
        int left = (int)(x0 * fine), top = (int)(y0 * fine), columns = Math.Min(foreground.Width, (int)((x1 + 1) * fine)) - left, rows = Math.Min(foreground.Height, (int)((y1 + 1) * fine)) - top;
        var mask = new bool[columns * rows];
        bool any = false;
        for (int y = 0; y < rows; y++)
            for (int x = 0; x < columns; x++)
            {
                int wx = Math.Min((int)((left + x) / fine), width - 1), wy = Math.Min((int)((top + y) / fine), height - 1), i = (wy * width) + wx;
                // Beyond the person there is nothing to take either, and no cloth on a head.
                bool source = !held[i] && small.Values[i] >= 0.9f && posed.PartAt(wx, wy) is not (BodyPart.Head or BodyPart.None);
                mask[(y * columns) + x] = !source;
                any |= source;
            }
        if (!any) return foreground;
        Image clothes = foreground.Copy();
        BackgroundFill.Fill(foreground, new Hole(left, top, columns, rows, mask), clothes, workSide, seed: 1, cancellationToken);
        return clothes;
    }

    /// <summary>Colours of the clothes around a hand, as eyes see them.</summary>
    private static List<Vector4> Palette(PosedBody posed, Image colours, Matte small, bool[] hidden, Vector2 centre, Vector2[] hands, float pixels)
    {
        var found = new List<(Vector4 Colour, int Count)>();
        int all = 0;
        ForEachNear(centre, Around * pixels, small.Width, small.Height, (x, y) =>
        {
            if (Array.Exists(hands, h => Vector2.Distance(h, new Vector2(x, y)) < Near * pixels) || hidden[(y * small.Width) + x] || small[x, y] < 0.9f) return;
            if (posed.PartAt(x, y) is BodyPart.Head or BodyPart.None) return;
            all++;
            Vector4 colour = Seen(colours[x, y]);
            int like = found.FindIndex(c => Vector4.Distance(c.Colour, colour) < Unlike);
            if (like < 0) found.Add((colour, 1));
            else found[like] = (found[like].Colour, found[like].Count + 1);
        });
        // What is seen only here and there may be an end of what is held.
        return [.. found.Where(c => c.Count >= LeastOfCloth * all).Select(c => c.Colour)];
    }

    /// <summary>Whether a colour is one of some, or lies between two of them as at the edge of a stripe or in a fold.</summary>
    private static bool IsAmong(List<Vector4> colours, Vector4 colour)
    {
        foreach (Vector4 a in colours)
            foreach (Vector4 b in colours)
            {
                float share = a == b ? 0 : Math.Clamp(Vector4.Dot(colour - a, b - a) / (b - a).LengthSquared(), 0, 1);
                if (Vector4.Distance(colour, Vector4.Lerp(a, b, share)) < Unlike) return true;
            }
        return false;
    }

    private static Vector2? Centre(PosedBody posed, BodyPart part)
    {
        (Vector3 sum, int count) = (Vector3.Zero, 0);
        for (int v = 0; v < posed.Positions.Length; v++)
            if (posed.Mesh.Parts[v] == part) (sum, count) = (sum + posed.Positions[v], count + 1);
        if (count == 0) return null;
        Vector3 at = posed.Project(sum / count);
        return new Vector2(at.X, at.Y);
    }

    private static void ForEachNear(Vector2 centre, float radius, int width, int height, Action<int, int> action)
    {
        for (int y = Math.Max(0, (int)(centre.Y - radius)); y <= Math.Min(height - 1, centre.Y + radius); y++)
            for (int x = Math.Max(0, (int)(centre.X - radius)); x <= Math.Min(width - 1, centre.X + radius); x++)
                if (Vector2.DistanceSquared(centre, new Vector2(x, y)) <= radius * radius) action(x, y);
    }

    private static Vector4 Seen(Vector4 linear) => new Vector4(Srgb.ToByte(linear.X), Srgb.ToByte(linear.Y), Srgb.ToByte(linear.Z), 0) / 255;

    private static bool IsArm(BodyPart part) => part is >= BodyPart.LeftUpperArm and <= BodyPart.RightHand;
}

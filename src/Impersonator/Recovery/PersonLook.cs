using System.Collections.Immutable;
using System.Numerics;
using Impersonator.Bodies;

namespace Impersonator.Recovery;

/// <summary>What the network says about one window of a photo.</summary>
/// <param name="Window">Where it looked.</param>
/// <param name="Keypoints">[33] the 17 of <see cref="Keypoint"/>, then eight pairs.</param>
/// <param name="Maps">Matte, parts, surface and depth.</param>
public sealed record PersonLook(PhotoWindow Window, ImmutableArray<LookedKeypoint> Keypoints, PersonMaps Maps)
{
    private const float LeastScore = 0.4f, LeastMeanConfidence = 0.15f, SureAlpha = 0.9f, LeastSureShare = 0.06f;
    private static readonly Keypoint[] Legs = [Keypoint.LeftKnee, Keypoint.RightKnee, Keypoint.LeftAnkle, Keypoint.RightAnkle];
    private const int LeastInside = 8;
    private const float Half = 0.5f, LeastConcentration = 0.25f, MostError = 0.01f, Edge = 0.15f, CoverMargin = 0.02f;

    /// <summary>How sure it is that a person is there, 0..1: how concentrated the heat of the keypoints inside is, and how many are.</summary>
    public float Score
    {
        get
        {
            (float sum, int inside) = (0, 0);
            for (int k = 0; k < Recovery.Keypoints.Count; k++)
            {
                if (Keypoints[k].Inside <= Half) continue;
                sum += Keypoints[k].Concentration;
                inside++;
            }
            return sum / Math.Max(4, inside) * (0.6f + (0.4f * inside / Recovery.Keypoints.Count));
        }
    }

    /// <summary>Box of the keypoints inside, widened to what of the matte lies near it (hands, hair, skirts; others may stand farther off), pixels of the photo.</summary>
    public (Vector2 Low, Vector2 High) Box
    {
        get
        {
            Vector2 low = new(float.PositiveInfinity), high = new(float.NegativeInfinity);
            void Add(Vector2 p) => (low, high) = (Vector2.Min(low, p), Vector2.Max(high, p));
            foreach (LookedKeypoint k in Keypoints)
                if (k.Inside > Half && k.Concentration > LeastConcentration) Add(k.Position);
            if (low.X > high.X)
                foreach (LookedKeypoint k in Keypoints) Add(k.Position);
            Vector2 extent = high - low, reach = new(0.2f * MathF.Max(extent.X, extent.Y)), from = low - reach, to = high + reach;
            // Of legs without knees and ankles no keypoint tells how far down they are seen.
            if (Legs.All(k => Keypoints[(int)k].Inside <= Half)) to.Y += MathF.Max(extent.X, extent.Y);
            int side = Maps.MatteSide;
            for (int i = 0; i < Maps.Matte.Length; i++)
            {
                if (Maps.Matte[i] < Half) continue;
                Vector2 p = Window.ToPhoto(new Vector2((i % side) + Half, (i / side) + Half) / side);
                if (p.X > from.X && p.X < to.X && p.Y > from.Y && p.Y < to.Y) Add(p);
            }
            return (low, high);
        }
    }

    /// <summary>Longer side of <see cref="Box"/>, pixels of the photo.</summary>
    public float Size
    {
        get
        {
            (Vector2 low, Vector2 high) = Box;
            return MathF.Max(high.X - low.X, high.Y - low.Y);
        }
    }

    /// <summary>How sure the place of a keypoint is, 0..1: an expected error of 2 % of the person's size halves it.</summary>
    /// <param name="keypoint">Its number.</param>
    public float Confidence(int keypoint) => Confidence(Keypoints[keypoint], Size);

    private static float Confidence(LookedKeypoint k, float size)
    {
        float share = k.Error / (0.02f * MathF.Max(1, size));
        return k.Inside > Half ? Math.Clamp(k.Inside * k.Concentration / (1 + (share * share)), 0.02f, 1) : 0;
    }

    /// <summary>Whether a person is there at all: heat is concentrated, expected errors are small, and the matte is sure of itself.</summary>
    /// <remarks>Of 25 pictures without people the surest reach confidences of 0.14 (0.24 for statues, whose matte is unsure), of 18 with people the least are 0.20.</remarks>
    public bool IsPerson
    {
        get
        {
            float size = Size;
            LookedKeypoint[] inside = [.. Keypoints.Take(Recovery.Keypoints.Count).Where(k => k.Inside > Half)];
            int sure = Maps.Matte.Count(a => a > SureAlpha), any = Maps.Matte.Count(a => a > 1 - SureAlpha);
            return Score >= LeastScore && inside.Sum(k => Confidence(k, size)) / Math.Max(LeastInside, inside.Length) >= LeastMeanConfidence && sure > LeastSureShare * any;
        }
    }

    /// <summary>Whether the person, or its soft edge, is at a place of the photo.</summary>
    internal bool Covers(Vector2 place)
    {
        for (int dy = -1; dy <= 1; dy++)
            for (int dx = -1; dx <= 1; dx++)
                if (Maps.MatteAt(Window.FromPhoto(place) + (new Vector2(dx, dy) * CoverMargin)) > Edge) return true;
        return false;
    }

    /// <summary>Whether two looks found the same person: most keypoints of both lie at the same places.</summary>
    internal bool IsSame(PersonLook other)
    {
        float near = 0.15f * MathF.Min(Size, other.Size);
        int same = 0;
        for (int k = 0; k < Recovery.Keypoints.Count; k++)
            if (Vector2.Distance(Keypoints[k].Position, other.Keypoints[k].Position) < near) same++;
        return same > Recovery.Keypoints.Count / 2;
    }

    /// <summary>The 17 keypoints as the fit takes them, with expected errors.</summary>
    /// <remarks>
    /// A rare pose is unlikely before anything is seen, and the network is unsure of it too: were its doubts believed in full, a kick would become
    /// a person who stands. Confidence says how concentrated the heat is; the fit does not weigh by it once more.
    /// </remarks>
    public Keypoints ToKeypoints()
    {
        float most = MostError * Size;
        return new([.. Keypoints.Take(Recovery.Keypoints.Count).Select(k => new KeypointObservation(k.Position, k.Inside > Half ? 1 : 0, MathF.Min(k.Error, most)))]);
    }

    /// <summary>The same look at the photo in another size.</summary>
    /// <param name="scale">Pixels of the other size per pixel of this one.</param>
    public PersonLook Scaled(float scale) => this with
    {
        Window = new PhotoWindow(Window.Left * scale, Window.Top * scale, Window.Side * scale),
        Keypoints = [.. Keypoints.Select(k => k with { Position = k.Position * scale, Error = k.Error * scale })],
    };
}

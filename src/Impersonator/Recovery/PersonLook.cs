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
    private const float Half = 0.5f, LeastConcentration = 0.25f, LeastConfidence = 0.1f;

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

    /// <summary>The 17 keypoints as the fit takes them: expected errors, and less confidence where there are several guesses.</summary>
    public Keypoints ToKeypoints() => new([.. Keypoints.Take(Recovery.Keypoints.Count).Select(k
        => new KeypointObservation(k.Position, k.Inside > Half ? Math.Clamp(k.Concentration, LeastConfidence, 1) : 0, k.Error))]);

    /// <summary>The same look at the photo in another size.</summary>
    /// <param name="scale">Pixels of the other size per pixel of this one.</param>
    public PersonLook Scaled(float scale) => this with
    {
        Window = new PhotoWindow(Window.Left * scale, Window.Top * scale, Window.Side * scale),
        Keypoints = [.. Keypoints.Select(k => k with { Position = k.Position * scale, Error = k.Error * scale })],
    };
}

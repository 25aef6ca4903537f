using System.Numerics;

namespace Impersonator.Subjects.Matting;

/// <summary>What is known before any colour is looked at: surely person, surely not, or how likely.</summary>
internal sealed class Trimap
{
    // The fit is this far off at worst, heights: a pixel deeper inside the body is surely person.
    private const float BodyError = 0.018f;

    // Just outside the naked body is a little likelier background than cloth: legs and arms have gaps between them. These
    // priors, with the costs of the cut, gave the highest overlap on a photo with a mask by hand and the fewest mistakes to
    // see on 18 others.
    private const float EdgePrior = -0.5f, FarFromBody = 0.08f;

    private Trimap(int count) => (IsPerson, IsElsewhere, Prior) = (new bool[count], new bool[count], new float[count]);

    /// <summary>Surely person.</summary>
    public bool[] IsPerson { get; }

    /// <summary>Surely not.</summary>
    public bool[] IsElsewhere { get; }

    /// <summary>Logarithm of how much likelier person is than not.</summary>
    public float[] Prior { get; }

    /// <summary>From a body's mask and the reach of clothes.</summary>
    /// <param name="body">[H, W] the naked body's pixels.</param>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    /// <param name="reach">In the photo's pixels.</param>
    /// <param name="photoFromWork">Place in the photo of a work pixel's centre.</param>
    /// <param name="pixelsPerHeight">Work pixels in a height of the person.</param>
    public static Trimap Create(bool[] body, int width, int height, Reach reach, Func<int, int, Vector2> photoFromWork, float pixelsPerHeight)
    {
        var trimap = new Trimap(body.Length);
        var outside = new bool[body.Length];
        for (int i = 0; i < body.Length; i++) outside[i] = !body[i];
        float[] depth = DistanceField.To(outside, width, height), away = DistanceField.To(body, width, height);
        Parallel.For(0, height, y =>
        {
            for (int x = 0; x < width; x++)
            {
                int i = (y * width) + x;
                float heights = (away[i] - depth[i]) / pixelsPerHeight; // negative inside
                Vector2 place = photoFromWork(x, y);
                trimap.IsPerson[i] = heights < -BodyError || (heights < 0 && reach.IsCore(place));
                trimap.IsElsewhere[i] = heights > BodyError && reach.At(place) > 1;
                trimap.Prior[i] = EdgePrior + reach.HairAt(place) + (heights < 0 ? 1.5f + (3 * MathF.Min(1, -heights / BodyError)) : -2.5f * MathF.Min(1, heights / FarFromBody));
            }
        });
        return trimap;
    }
}

using System.Numerics;
using Impersonator.Imaging;
using Impersonator.Rendering;

namespace Impersonator.Synthesis;

/// <summary>Finds how far behind a subject the floor ends.</summary>
/// <remarks>
/// In rooms and studios at the strongest straight edge across the picture between feet and horizon. In streets no such edge is seen:
/// there from the feet upwards every column goes on as long as the floor's colour does, until a third of the columns have met something else.
/// </remarks>
internal static class FloorEdge
{
    /// <summary>An edge must be that many times as strong as the rows are on average.</summary>
    private const float Distinct = 4;

    /// <summary>And in that share of the columns there must be a step of its kind, so large: marks on roads are straight edges, too.</summary>
    private const float MostColumns = 0.5f, LeastStep = 0.02f;

    /// <summary>By how much a colour differs that is not the floor's any more, and over how many rows of <see cref="WorkRows"/>.</summary>
    private const float Other = 0.14f, OtherRows = 4;

    private const int WorkRows = 320;

    /// <summary>Share of the columns that have met something else at the end, and how near that end may be: what lies about the feet is no wall.</summary>
    private const float Met = 0.35f, NearestMet = 0.5f;

    /// <summary>Where nothing of either is seen the floor goes on that far behind the subject, in distances from the camera to it.</summary>
    private const float Open = 2;

    /// <summary>Nearest wall behind a subject, and the furthest that matters, in the same distances.</summary>
    private const float Nearest = 0.05f, Furthest = 6;

    /// <summary>Distance from the camera to the end of the floor over the ground, straight ahead, metres.</summary>
    /// <param name="background">The photo without the person.</param>
    /// <param name="camera">Its camera.</param>
    /// <param name="distance">From the camera to the subject over the ground, metres.</param>
    public static float Find(Image background, Camera camera, float distance)
    {
        int from = (int)RowAt(camera, distance * (1 + Furthest)) + 1, to = (int)RowAt(camera, distance * (1 + Nearest));
        (from, to) = (Math.Max(from, 2), Math.Min(to, background.Height - 3));
        if (to - from < 8) return distance * (1 + Open);
        var strength = new float[to - from];
        for (int y = from; y < to; y++) strength[y - from] = Step(background, y);
        int best = 0;
        for (int k = 1; k < strength.Length; k++)
            if (strength[k] > strength[best]) best = k;
        if (strength[best] > Distinct * strength.Average() && IsWide(background, from + best)) return DistanceAt(camera, from + best);
        float end = EndOfColour(background, from, to) is { } row ? DistanceAt(camera, row) : 0;
        return end > distance * (1 + NearestMet) ? end : distance * (1 + Open);
    }

    /// <summary>Row above which enough of the columns show something else than the floor around the feet; null where most go on to the top.</summary>
    private static int? EndOfColour(Image image, int top, int feet)
    {
        float scale = MathF.Min(1, (float)WorkRows / image.Height);
        Image small = scale < 1 ? image.Resize(Math.Max(1, (int)(image.Width * scale)), WorkRows) : image;
        int[] ends = [.. Enumerable.Range(0, small.Width).Select(x => End(small, x, (int)(top * scale), Math.Min((int)(feet * scale), small.Height - 1)))];
        Array.Sort(ends);
        int end = ends[(int)((1 - Met) * (ends.Length - 1))];
        return end <= (int)(top * scale) ? null : Math.Clamp((int)(end / scale), top, feet);
    }

    private static int End(Image image, int x, int top, int feet)
    {
        Vector4 floor = Vector4.SquareRoot(image[x, feet]);
        int since = 0;
        for (int y = feet; y > top; y--)
        {
            Vector4 colour = Vector4.SquareRoot(Vector4.Max(default, image[x, y]));
            if (Vector4.Distance(colour, floor) <= Other) (since, floor) = (0, Vector4.Lerp(floor, colour, 0.1f));
            else if (++since >= OtherRows) return y + since;
        }
        return top;
    }

    private static bool IsWide(Image image, int y)
    {
        (int up, int down) = (0, 0);
        for (int x = 0; x < image.Width; x++)
        {
            float step = Vector4.Dot(StepAt(image, x, y), new Vector4(1, 1, 1, 0)) / 3;
            if (step > LeastStep) up++;
            else if (step < -LeastStep) down++;
        }
        return Math.Max(up, down) >= MostColumns * image.Width;
    }

    /// <summary>Row in which a camera sees the ground at a distance straight ahead.</summary>
    public static float RowAt(Camera camera, float distance)
    {
        Vector3 ahead = Heading(camera), place = (camera.Position with { Y = 0 }) + (ahead * distance);
        return camera.Project(place).Y;
    }

    /// <summary>Where a camera looks over the ground: a unit vector.</summary>
    public static Vector3 Heading(Camera camera) => Vector3.Normalize(Vector3.Transform(Vector3.UnitZ, Quaternion.Conjugate(camera.Rotation)) with { Y = 0 });

    private static float DistanceAt(Camera camera, int row)
    {
        Vector3 ray = Vector3.Transform(new Vector3(0, (row + 0.5f - camera.PrincipalPoint.Y) / camera.FocalLength, 1), Quaternion.Conjugate(camera.Rotation));
        return Vector3.Dot(ray, Heading(camera)) * camera.Position.Y / MathF.Max(1e-4f, -ray.Y);
    }

    /// <summary>How much the rows above and below differ, the same way in most of the columns.</summary>
    private static float Step(Image image, int y)
    {
        Vector4 sum = default;
        for (int x = 0; x < image.Width; x++) sum += StepAt(image, x, y);
        return sum.AsVector3().Length() / image.Width;
    }

    private static Vector4 StepAt(Image image, int x, int y)
    {
        Vector4 above = Vector4.SquareRoot(Vector4.Max(default, image[x, y - 2] + image[x, y - 1])), below = Vector4.SquareRoot(Vector4.Max(default, image[x, y] + image[x, y + 1]));
        return below - above;
    }
}

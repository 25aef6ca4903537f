using System.Numerics;
using Impersonator.Imaging;
using Impersonator.Rendering;

namespace Impersonator.Synthesis;

/// <summary>Finds how far behind a subject the floor ends: the strongest straight edge across the picture between feet and horizon.</summary>
internal static class FloorEdge
{
    /// <summary>An edge must be that many times as strong as the rows are on average.</summary>
    private const float Distinct = 4;

    /// <summary>Where no edge is seen the floor goes on that far behind the subject, in distances from the camera to it.</summary>
    private const float Open = 2;

    /// <summary>Nearest wall behind a subject, and the furthest that matters, in the same distances.</summary>
    private const float Nearest = 0.15f, Furthest = 6;

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
        if (strength[best] <= Distinct * strength.Average()) return distance * (1 + Open);
        return DistanceAt(camera, from + best);
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
        for (int x = 0; x < image.Width; x++)
        {
            Vector4 above = Vector4.SquareRoot(Vector4.Max(default, image[x, y - 2] + image[x, y - 1])), below = Vector4.SquareRoot(Vector4.Max(default, image[x, y] + image[x, y + 1]));
            sum += below - above;
        }
        return sum.AsVector3().Length() / image.Width;
    }
}

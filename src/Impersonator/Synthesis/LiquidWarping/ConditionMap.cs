using System.Numerics;

namespace Impersonator.Synthesis.LiquidWarping;

/// <summary>What a published generator is told about a pose: at each pixel the place on the body (u, v), and whether there is none.</summary>
internal static class ConditionMap
{
    /// <summary>[3, S, S]: u, v of the triangle that is seen, 0; where there is none 0, 0, 1.</summary>
    /// <param name="surface">What is seen.</param>
    /// <param name="places">[T] the place by which each triangle is known.</param>
    public static float[] Of(BodySurface surface, Vector2[] places)
    {
        int side = surface.Side, size = side * side;
        var map = new float[3 * size];
        for (int i = 0; i < size; i++)
        {
            int triangle = surface.Maps.TriangleAt(i % side, i / side);
            if (triangle < 0) map[(2 * size) + i] = 1;
            else (map[i], map[size + i]) = (places[triangle].X, places[triangle].Y);
        }
        return map;
    }

    /// <summary>[S, S, 2]: for each pixel where the same point of the surface lies in the photo, −1 … 1, hidden or not; −2 where there is none.</summary>
    public static float[] Flow(BodySurface frame, BodySurface photo)
    {
        int side = frame.Side;
        var flow = new float[2 * side * side];
        Array.Fill(flow, -2);
        Parallel.For(frame.Maps.Touched.Top, Math.Max(frame.Maps.Touched.Top, frame.Maps.Touched.Bottom), y =>
        {
            for (int x = 0; x < side; x++)
            {
                int triangle = frame.Maps.TriangleAt(x, y);
                if (triangle < 0) continue;
                Vector2 weights = frame.Maps.Weights[(y * frame.Maps.Stride) + x];
                Vector2 place = Place(photo, triangle, weights);
                (flow[2 * ((y * side) + x)], flow[(2 * ((y * side) + x)) + 1]) = (place.X, place.Y);
            }
        });
        return flow;
    }

    /// <summary>Where a point of the surface lies in a picture, −1 … 1 from edge to edge; −2 behind the camera.</summary>
    public static Vector2 Place(BodySurface picture, int triangle, Vector2 weights)
    {
        Vector3 a = picture.Positions[picture.Triangles[3 * triangle]], b = picture.Positions[picture.Triangles[(3 * triangle) + 1]], c = picture.Positions[picture.Triangles[(3 * triangle) + 2]];
        Vector3 point = a + ((b - a) * weights.X) + ((c - a) * weights.Y);
        if (!(point.Z > Rendering.Rasterizer.Near)) return new Vector2(-2);
        Vector2 pixel = picture.Camera.PrincipalPoint + (new Vector2(point.X, point.Y) * (picture.Camera.FocalLength / point.Z));
        return (2 / (float)picture.Side * pixel) - Vector2.One;
    }

    /// <summary>Pixels of a mask [S, S] of 0 and 1 whose whole box of k × k is 1; beyond the border all is 1.</summary>
    public static float[] Erode(ReadOnlySpan<float> mask, int side, int k) => Box(mask, side, k, 0);

    /// <summary>Pixels of a mask [S, S] of 0 and 1 with a 1 in their box of k × k; beyond the border all is 0.</summary>
    public static float[] Dilate(ReadOnlySpan<float> mask, int side, int k) => Box(mask, side, k, 1);

    // The value that wins in a box spreads along rows, then along columns.
    private static float[] Box(ReadOnlySpan<float> mask, int side, int k, float winner)
    {
        float[] rows = mask.ToArray(), result = [.. rows];
        int reach = k / 2;
        for (int i = 0; i < mask.Length; i++)
        {
            int x = i % side, y = i / side;
            if (mask[i] != winner) continue;
            for (int u = Math.Max(0, x - reach); u <= Math.Min(side - 1, x + reach); u++) rows[(y * side) + u] = winner;
        }
        for (int i = 0; i < rows.Length; i++)
        {
            int x = i % side, y = i / side;
            if (rows[i] != winner) continue;
            for (int v = Math.Max(0, y - reach); v <= Math.Min(side - 1, y + reach); v++) result[(v * side) + x] = winner;
        }
        return result;
    }
}

using System.Numerics;
using Impersonator.Imaging;

namespace Impersonator.Subjects.Matting;

/// <summary>Smooths a matte so that within every window it is a linear function of the picture's colour.</summary>
/// <remarks>
/// He, Sun &amp; Tang, "Guided Image Filtering", PAMI 2013, equations 14 to 19: the colour form. Large windows are solved on a smaller picture,
/// and what they say is read between its pixels: He &amp; Sun, "Fast Guided Filter", 2015. The edges are still those of the whole picture.
/// </remarks>
internal static class GuidedFilter
{
    /// <summary>Windows are solved no more finely than this radius, pixels of the smaller picture.</summary>
    private const int SolvedRadius = 3;

    /// <summary>Side of the squares that are left out where the matte is one value, pixels.</summary>
    private const int Square = 64;

    /// <summary>The filtered matte.</summary>
    /// <param name="guide">The picture, opaque, as eyes see it.</param>
    /// <param name="matte">Of the same size.</param>
    /// <param name="radius">Windows have a side of 2 · radius + 1 pixels.</param>
    /// <param name="softness">Variance below which a window counts as one colour.</param>
    public static Matte Apply(Image guide, Matte matte, int radius, float softness)
    {
        int shrink = Math.Max(1, radius / SolvedRadius);
        if (shrink == 1) return Applied(guide, Solved(guide, matte, radius, softness));
        (int width, int height) = ((guide.Width + shrink - 1) / shrink, (guide.Height + shrink - 1) / shrink);
        return Applied(guide, Solved(guide.Resize(width, height), matte.Resize(width, height), (int)MathF.Round((float)radius / shrink), softness));
    }

    /// <summary>The same, only where it changes anything: squares around which the matte is one value stay as they are.</summary>
    /// <param name="guide">The picture, opaque, as eyes see it.</param>
    /// <param name="matte">Of the same size.</param>
    /// <param name="radius">Windows have a side of 2 · radius + 1 pixels; small ones, which are solved at the picture's own size.</param>
    /// <param name="softness">Variance below which a window counts as one colour.</param>
    public static Matte ApplyAlongEdges(Image guide, Matte matte, int radius, float softness)
    {
        var result = new Matte(matte.Width, matte.Height);
        int columns = (matte.Width + Square - 1) / Square, rows = (matte.Height + Square - 1) / Square;
        Parallel.For(0, columns * rows, tile =>
        {
            int left = tile % columns * Square, top = tile / columns * Square, right = Math.Min(left + Square, matte.Width), bottom = Math.Min(top + Square, matte.Height);
            // A pixel is read by windows a radius away, which see another radius.
            int fromX = Math.Max(0, left - (2 * radius)), fromY = Math.Max(0, top - (2 * radius)), toX = Math.Min(matte.Width, right + (2 * radius)), toY = Math.Min(matte.Height, bottom + (2 * radius));
            var part = new Matte(toX - fromX, toY - fromY);
            for (int y = 0; y < part.Height; y++) matte.Row(fromY + y)[fromX..toX].CopyTo(part.Row(y));
            if (part.Values.AsSpan().ContainsAnyExcept(part.Values[0])) part = Apply(guide.Crop(fromX, fromY, part.Width, part.Height), part, radius, softness);
            for (int y = top; y < bottom; y++) part.Row(y - fromY)[(left - fromX)..(right - fromX)].CopyTo(result.Row(y)[left..]);
        });
        return result;
    }

    /// <summary>[H, W] what to multiply red, green and blue with, and what to add (W).</summary>
    private static Image Solved(Image guide, Matte matte, int radius, float softness)
    {
        int width = guide.Width, height = guide.Height;
        Matte red = Plane(p => p.X), green = Plane(p => p.Y), blue = Plane(p => p.Z);
        Matte[] colour = [red, green, blue];
        Matte[] means = [.. colour.Select(plane => plane.Box(radius))];
        Matte mean = matte.Box(radius);
        Matte[] products = [.. colour.Select(plane => Product(plane, matte).Box(radius))];
        Matte rr = Product(red, red).Box(radius), rg = Product(red, green).Box(radius), rb = Product(red, blue).Box(radius);
        Matte gg = Product(green, green).Box(radius), gb = Product(green, blue).Box(radius), bb = Product(blue, blue).Box(radius);

        // a = (Σ + εU)⁻¹ cov(I, p), b = mean p − a · mean I; reusing the planes of the products.
        Parallel.For(0, height, y =>
        {
            for (int i = y * width; i < (y + 1) * width; i++)
            {
                var m = new Vector3(means[0].Values[i], means[1].Values[i], means[2].Values[i]);
                Vector3 covariance = new Vector3(products[0].Values[i], products[1].Values[i], products[2].Values[i]) - (m * mean.Values[i]);
                Vector3 a = Solve(
                    rr.Values[i] - (m.X * m.X) + softness, rg.Values[i] - (m.X * m.Y), rb.Values[i] - (m.X * m.Z),
                    gg.Values[i] - (m.Y * m.Y) + softness, gb.Values[i] - (m.Y * m.Z), bb.Values[i] - (m.Z * m.Z) + softness, covariance);
                (products[0].Values[i], products[1].Values[i], products[2].Values[i]) = (a.X, a.Y, a.Z);
                mean.Values[i] -= Vector3.Dot(a, m);
            }
        });

        Matte[] slopes = [.. products.Select(plane => plane.Box(radius))];
        Matte offset = mean.Box(radius);
        var solved = new Image(width, height);
        for (int i = 0; i < solved.Pixels.Length; i++) solved.Pixels[i] = new Vector4(slopes[0].Values[i], slopes[1].Values[i], slopes[2].Values[i], offset.Values[i]);
        return solved;

        Matte Plane(Func<Vector4, float> channel)
        {
            var plane = new Matte(width, height);
            for (int i = 0; i < plane.Values.Length; i++) plane.Values[i] = channel(guide.Pixels[i]);
            return plane;
        }
    }

    /// <summary>The linear functions, read between their pixels, of the picture's colours.</summary>
    private static Matte Applied(Image guide, Image solved)
    {
        var result = new Matte(guide.Width, guide.Height);
        float across = (float)solved.Width / guide.Width, down = (float)solved.Height / guide.Height;
        Parallel.For(0, guide.Height, () => new Vector4[solved.Width], (y, _, row) =>
        {
            float v = Math.Clamp(((y + 0.5f) * down) - 0.5f, 0, solved.Height - 1);
            int above = (int)v;
            ReadOnlySpan<Vector4> upper = solved.Row(above), lower = solved.Row(Math.Min(above + 1, solved.Height - 1));
            for (int x = 0; x < row.Length; x++) row[x] = Vector4.Lerp(upper[x], lower[x], v - above);
            ReadOnlySpan<Vector4> colours = guide.Row(y);
            Span<float> target = result.Row(y);
            for (int x = 0; x < target.Length; x++)
            {
                float u = Math.Clamp(((x + 0.5f) * across) - 0.5f, 0, row.Length - 1);
                int left = (int)u;
                Vector4 function = Vector4.Lerp(row[left], row[Math.Min(left + 1, row.Length - 1)], u - left), colour = colours[x];
                colour.W = 1;
                target[x] = Math.Clamp(Vector4.Dot(function, colour), 0, 1);
            }
            return row;
        }, static _ => { });
        return result;
    }

    private static Matte Product(Matte a, Matte b)
    {
        var product = new Matte(a.Width, a.Height);
        System.Numerics.Tensors.TensorPrimitives.Multiply(a.Values, b.Values, product.Values);
        return product;
    }

    // A symmetric 3×3 system by Cramer's rule.
    private static Vector3 Solve(float xx, float xy, float xz, float yy, float yz, float zz, Vector3 right)
    {
        var inverse0 = new Vector3((yy * zz) - (yz * yz), (xz * yz) - (xy * zz), (xy * yz) - (xz * yy));
        var inverse1 = new Vector3(inverse0.Y, (xx * zz) - (xz * xz), (xy * xz) - (xx * yz));
        var inverse2 = new Vector3(inverse0.Z, inverse1.Z, (xx * yy) - (xy * xy));
        float determinant = (xx * inverse0.X) + (xy * inverse0.Y) + (xz * inverse0.Z);
        return new Vector3(Vector3.Dot(inverse0, right), Vector3.Dot(inverse1, right), Vector3.Dot(inverse2, right)) / determinant;
    }
}

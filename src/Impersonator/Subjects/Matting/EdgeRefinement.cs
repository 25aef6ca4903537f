using System.Numerics;
using Impersonator.Imaging;

namespace Impersonator.Subjects.Matting;

/// <summary>Draws the edge of a small mask or matte anew at the photo's resolution: soft where hair is, sharp at cloth.</summary>
/// <remarks>The <see cref="GuidedFilter"/> follows the photo's edges within a pixel or two of the small one.</remarks>
internal static class EdgeRefinement
{
    // Radius of the filter's windows, cells: around a mask, around a look's matte, and once more along the edge that was found.
    private const float RadiusOfMask = 1.5f, RadiusOfLook = 3, RadiusOfEdge = 1;

    // Variance below which a window counts as one colour.
    private const float Softness = 1e-4f;

    // A network says how sure it is, and a wide window smears: nothing shines through what is person by six to four, or by three to one.
    private const float SteepLook = 4, SteepEdge = 2;

    /// <summary>From a mask of work pixels to a matte of the photo's size.</summary>
    public static Matte Refine(Image photo, bool[] person, WorkArea area, CancellationToken cancellationToken)
    {
        var small = new Matte(area.WorkWidth, area.WorkHeight);
        for (int i = 0; i < person.Length; i++) small.Values[i] = person[i] ? 1 : 0;
        Matte coarse = small.Resize(area.Width, area.Height);
        Image guide = Perceived(photo.Crop(area.Left, area.Top, area.Width, area.Height));
        cancellationToken.ThrowIfCancellationRequested();
        return Place(GuidedFilter.Apply(guide, coarse, Radius(RadiusOfMask * area.Scale), Softness), area, photo.Width, photo.Height);
    }

    /// <summary>From a network's matte, enlarged to the photo.</summary>
    /// <param name="photo">The photo.</param>
    /// <param name="seen">Of its size.</param>
    /// <param name="area">Where the person is.</param>
    /// <param name="cell">Pixels of the photo in a cell of the network's matte.</param>
    /// <param name="cancellationToken">Stops.</param>
    public static Matte Refine(Image photo, Matte seen, WorkArea area, float cell, CancellationToken cancellationToken)
    {
        Image photoPart = photo.Crop(area.Left, area.Top, area.Width, area.Height);
        Matte part = ColourEvidence.Add(photoPart, area.Cut(seen));
        cancellationToken.ThrowIfCancellationRequested();
        Image guide = Perceived(photoPart);
        Steepen(part, SteepLook);
        Matte refined = GuidedFilter.Apply(guide, part, Radius(RadiusOfLook * cell), Softness);
        cancellationToken.ThrowIfCancellationRequested();
        Steepen(refined, SteepEdge);
        return Place(GuidedFilter.ApplyAlongEdges(guide, refined, Radius(RadiusOfEdge * cell), Softness), area, photo.Width, photo.Height);
    }

    private static int Radius(float pixels) => Math.Max(1, (int)MathF.Round(pixels));

    private static void Steepen(Matte matte, float slope)
    {
        for (int i = 0; i < matte.Values.Length; i++) matte.Values[i] = Math.Clamp(((matte.Values[i] - 0.5f) * slope) + 0.5f, 0, 1);
    }

    private static Matte Place(Matte part, WorkArea area, int width, int height)
    {
        var whole = new Matte(width, height);
        for (int y = 0; y < area.Height; y++)
        {
            Span<float> row = part.Row(y);
            // Filtering leaves a haze of a few percent on both sides.
            for (int x = 0; x < row.Length; x++) row[x] = Math.Clamp((row[x] - 0.08f) / 0.84f, 0, 1);
            row.CopyTo(whole.Row(area.Top + y)[area.Left..]);
        }
        return whole;
    }

    private static Image Perceived(Image image)
    {
        Parallel.For(0, image.Height, y =>
        {
            foreach (ref Vector4 pixel in image.Row(y))
                pixel = new Vector4(Srgb.ToByte(pixel.X), Srgb.ToByte(pixel.Y), Srgb.ToByte(pixel.Z), 255) / 255;
        });
        return image;
    }
}

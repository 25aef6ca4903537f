using Impersonator.Imaging;
using Impersonator.Subjects.Matting;

namespace Impersonator.Subjects.Backgrounds;

/// <summary>The pixels to be filled, and the part of the photo around them from which to take.</summary>
/// <param name="Left">First column of the part.</param>
/// <param name="Top">First row of the part.</param>
/// <param name="Width">Columns of the part.</param>
/// <param name="Height">Rows of the part.</param>
/// <param name="Mask">[H, W] of the part: true = to be filled.</param>
internal sealed record Hole(int Left, int Top, int Width, int Height, bool[] Mask)
{
    // In heights of the matte's box: soft edges and light spilled on them; around the feet also the contact shadow.
    private const float Margin = 0.018f, ShadowMargin = 0.03f, FeetShare = 0.08f;

    // Gaps narrower than twice this belong to the hole: bits of clothes that a matte missed stay as litter otherwise.
    private const float Gap = 0.025f;

    // What is enclosed and no larger than a square of that side belongs to the hole: a doubt of the matte's in the middle of a print.
    private const float Enclosed = 0.06f;

    // How much of the surroundings may be copied from, in the longer side of the matte's box.
    private const float Surroundings = 0.7f;

    /// <summary>The hole of a person's matte, or null where the matte is empty.</summary>
    /// <param name="photo">Linear light.</param>
    /// <param name="person">The person's matte, same size.</param>
    public static Hole? Around(Image photo, Matte person)
    {
        const float Visible = 0.03f;
        int x0 = int.MaxValue, x1 = -1, y0 = int.MaxValue, y1 = -1;
        for (int y = 0; y < person.Height; y++)
        {
            Span<float> row = person.Row(y);
            int first = row.IndexOfAnyInRange(Visible, float.MaxValue);
            if (first < 0) continue;
            (x0, x1) = (Math.Min(x0, first), Math.Max(x1, row.LastIndexOfAnyInRange(Visible, float.MaxValue)));
            (y0, y1) = (Math.Min(y0, y), y);
        }
        if (x1 < 0) return null;

        int longest = Math.Max(x1 - x0, y1 - y0) + 1, around = (int)(Surroundings * longest) + 16;
        int left = Math.Max(0, x0 - around), top = Math.Max(0, y0 - around);
        int width = Math.Min(person.Width, x1 + 1 + around) - left, height = Math.Min(person.Height, y1 + 1 + around) - top;

        var visible = new bool[width * height];
        for (int y = 0; y < height; y++)
            for (int x = 0; x < width; x++) visible[(y * width) + x] = person[left + x, top + y] >= Visible;
        float[] away = DistanceField.To(Closed(visible, width, height, Gap * longest), width, height);
        float feet = y1 - top - (FeetShare * longest);
        bool[] mask = [.. away.Select((distance, i) => distance <= 2 + (longest * (i / width > feet ? ShadowMargin : Margin)))];
        foreach (List<int> island in Regions.Connected(mask, value: false, width, height))
            if (island.Count <= Enclosed * longest * Enclosed * longest) island.ForEach(i => mask[i] = true);
        return PlainRim.AddTo(photo, new Hole(left, top, width, height, mask), longest);
    }

    /// <summary>A mask grown by a radius and shrunk by it again.</summary>
    internal static bool[] Closed(bool[] mask, int width, int height, float radius)
    {
        float[] away = DistanceField.To(mask, width, height);
        float[] toEmpty = DistanceField.To([.. away.Select(distance => distance > radius)], width, height);
        return [.. mask.Select((inside, i) => inside || toEmpty[i] > radius)];
    }
}

using Impersonator.Imaging;

namespace Impersonator.Subjects.Matting;

/// <summary>Takes away what does not hang together: islands without a sure pixel, and pinholes.</summary>
internal static class Islands
{
    // Share of the person's pixels up to which a hole is a mistake and not a gap between arm and body.
    private const float Pinhole = 0.002f;

    /// <summary>The mask without islands and pinholes, 4-connected.</summary>
    public static bool[] Clean(bool[] mask, bool[] sure, int width, int height)
    {
        bool[] clean = [.. mask];
        int area = mask.Count(inside => inside);
        foreach (List<int> island in Regions.Connected(mask, value: true, width, height))
            if (!island.Exists(i => sure[i])) island.ForEach(i => clean[i] = false);
        foreach (List<int> hole in Regions.Connected(clean, value: false, width, height))
            if (hole.Count < Pinhole * area) hole.ForEach(i => clean[i] = true);
        return clean;
    }
}

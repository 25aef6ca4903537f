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
        foreach (List<int> island in Connected(mask, value: true, width, height))
            if (!island.Exists(i => sure[i])) island.ForEach(i => clean[i] = false);
        foreach (List<int> hole in Connected(clean, value: false, width, height))
            if (hole.Count < Pinhole * area) hole.ForEach(i => clean[i] = true);
        return clean;
    }

    internal static List<List<int>> Connected(bool[] mask, bool value, int width, int height)
    {
        var regions = new List<List<int>>();
        var seen = new bool[mask.Length];
        for (int start = 0; start < mask.Length; start++)
        {
            if (seen[start] || mask[start] != value) continue;
            List<int> region = [start];
            seen[start] = true;
            for (int k = 0; k < region.Count; k++)
            {
                int x = region[k] % width, y = region[k] / width;
                Visit(x - 1, y);
                Visit(x + 1, y);
                Visit(x, y - 1);
                Visit(x, y + 1);
            }
            regions.Add(region);

            void Visit(int x, int y)
            {
                int i = (y * width) + x;
                if (x < 0 || x >= width || y < 0 || y >= height || seen[i] || mask[i] != value) return;
                seen[i] = true;
                region.Add(i);
            }
        }
        return regions;
    }
}

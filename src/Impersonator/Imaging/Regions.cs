namespace Impersonator.Imaging;

/// <summary>What hangs together in a mask.</summary>
internal static class Regions
{
    /// <summary>The 4-connected regions of one value, each as indices of its pixels, in the order of their first ones.</summary>
    /// <param name="mask">[height, width].</param>
    /// <param name="value">Of the regions.</param>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    public static List<List<int>> Connected(bool[] mask, bool value, int width, int height)
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

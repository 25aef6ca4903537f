namespace Impersonator.Tests.Videos;

/// <summary>GIF's LZW as appendix F of the specification tells a reader to do it; slow and plain.</summary>
internal static class LzwReader
{
    public static byte[] Read(byte[] data)
    {
        int codeSize = data[0], at = 1;
        var bits = new List<byte>();
        for (int count; (count = data[at++]) > 0; at += count) bits.AddRange(data.AsSpan(at, count));
        Assert.Equal(data.Length, at);

        var result = new List<byte>();
        var table = new List<byte[]>();
        byte[]? previous = null;
        int clear = 1 << codeSize, width = codeSize + 1, bit = 0;
        while (true)
        {
            int code = 0;
            for (int i = 0; i < width; i++, bit++) code |= ((bits[bit / 8] >> (bit % 8)) & 1) << i;
            if (code == clear)
            {
                table = [.. Enumerable.Range(0, clear + 2).Select(i => i < clear ? new[] { (byte)i } : [])];
                (width, previous) = (codeSize + 1, null);
                continue;
            }
            if (code == clear + 1) break;
            byte[] entry = code < table.Count ? table[code] : [.. previous!, previous![0]];
            result.AddRange(entry);
            if (previous is not null && table.Count < 4096) table.Add([.. previous, entry[0]]);
            if (table.Count == 1 << width && width < 12) width++;
            previous = entry;
        }
        Assert.InRange(bits.Count - (bit / 8), 0, 1);
        return [.. result];
    }
}

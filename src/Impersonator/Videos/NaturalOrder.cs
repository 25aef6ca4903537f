namespace Impersonator.Videos;

/// <summary>Orders names as people count: frame_2 before frame_10.</summary>
internal sealed class NaturalOrder : IComparer<string>
{
    public int Compare(string? left, string? right)
    {
        ReadOnlySpan<char> a = left, b = right;
        while (a.Length > 0 && b.Length > 0)
        {
            int order;
            if (char.IsAsciiDigit(a[0]) && char.IsAsciiDigit(b[0]))
            {
                ReadOnlySpan<char> m = TakeNumber(ref a), n = TakeNumber(ref b);
                order = m.Length != n.Length ? m.Length - n.Length : m.SequenceCompareTo(n);
            }
            else
            {
                order = a[0] - b[0];
                a = a[1..];
                b = b[1..];
            }
            if (order != 0) return order;
        }
        return a.Length != b.Length ? a.Length - b.Length : string.CompareOrdinal(left, right);
    }

    // The digits without leading zeros.
    private static ReadOnlySpan<char> TakeNumber(ref ReadOnlySpan<char> text)
    {
        int end = text.IndexOfAnyExceptInRange('0', '9');
        ReadOnlySpan<char> number = end < 0 ? text : text[..end];
        text = text[number.Length..];
        return number.TrimStart('0');
    }
}

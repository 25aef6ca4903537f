namespace Impersonator.Rendering;

/// <summary>Work on the rows of a picture, on the caller's thread or on several.</summary>
internal static class Rows
{
    /// <summary>Does every row from one up to another, exclusive.</summary>
    public static void For(int from, int to, int threads, Action<int> row)
    {
        if (threads == 1)
            for (int y = from; y < to; y++) row(y);
        else if (from < to)
            Parallel.For(from, to, new ParallelOptions { MaxDegreeOfParallelism = threads }, row);
    }
}

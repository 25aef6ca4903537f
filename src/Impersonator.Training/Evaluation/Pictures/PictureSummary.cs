namespace Impersonator.Training.Evaluation.Pictures;

/// <summary>A figure over many pictures.</summary>
/// <param name="Mean">Over those that have it; not a number if none does.</param>
/// <param name="WorstTenth">The mean of the worst tenth, at least of one.</param>
internal readonly record struct PictureSummary(double Mean, double WorstTenth)
{
    /// <summary>Summarises; values that are not finite are left out.</summary>
    public static PictureSummary Of(IEnumerable<double> values, bool moreIsBetter)
    {
        double[] sorted = [.. values.Where(double.IsFinite).Order()];
        if (moreIsBetter) Array.Reverse(sorted);
        return sorted.Length == 0 ? new PictureSummary(double.NaN, double.NaN) : new PictureSummary(sorted.Average(), SyntheticScores.WorstTenth(sorted));
    }
}

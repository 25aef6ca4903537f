namespace Impersonator.Synthesis;

/// <summary>How far a moving subject leaves the picture, in shares of the picture's width or height; 0 where it stays inside.</summary>
/// <param name="Left">Beyond the left edge, of the width.</param>
/// <param name="Top">Above, of the height.</param>
/// <param name="Right">Beyond the right edge, of the width.</param>
/// <param name="Bottom">Below, of the height.</param>
public sealed record PictureOverrun(float Left, float Top, float Right, float Bottom)
{
    /// <summary>Less than this is not seen, in shares.</summary>
    private const float Unseen = 0.02f;

    /// <summary>Whether so much is cut off that a viewer would miss it.</summary>
    public bool IsSeen => Most > Unseen;

    /// <summary>The largest of the four.</summary>
    public float Most => MathF.Max(MathF.Max(Left, Right), MathF.Max(Top, Bottom));

    /// <summary>The edges that are crossed, in words: <c>top</c>, <c>top and left</c>, <c>top, left and bottom</c>.</summary>
    public string Edges
    {
        get
        {
            string[] edges = [.. ((ReadOnlySpan<(float, string)>)[(Top, "top"), (Left, "left"), (Right, "right"), (Bottom, "bottom")]).ToArray().Where(e => e.Item1 > Unseen).Select(e => e.Item2)];
            return edges.Length < 2 ? string.Concat(edges) : $"{string.Join(", ", edges[..^1])} and {edges[^1]}";
        }
    }
}

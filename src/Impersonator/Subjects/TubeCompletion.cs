using System.Numerics;
using Impersonator.Imaging;
using Impersonator.Subjects.Backgrounds;

namespace Impersonator.Subjects;

/// <summary>Colours the unseen texels of a tube of cloth, whose texture runs once around it from left to right.</summary>
/// <remarks>
/// The back is like the front, carried half around rather than mirrored, so that no side shows a print and its mirror image, and without what
/// hands hold before it. The sides, which the
/// photo shows too slanted, are filled with patches from about the same height (<see cref="BackgroundFill"/>): stripes stay at their height.
/// </remarks>
internal static class TubeCompletion
{
    private const float Trust = 0.35f;

    /// <summary>Share of the texture that goes on beyond each end of it, and below which too little is seen to be a pattern.</summary>
    private const float Overlap = 0.25f, Least = 0.04f;

    /// <summary>A whole texture, opaque.</summary>
    /// <param name="projection">What the photo gave; column 0 goes on at the last.</param>
    /// <param name="workSide">Longest side of what is searched for patches, texels.</param>
    /// <param name="cancellationToken">Stops between rounds.</param>
    public static Image Complete(TextureProjection projection, int workSide, CancellationToken cancellationToken = default)
    {
        int side = projection.Colours.Width, more = (int)(Overlap * side), width = side + (2 * more);
        var (around, hole) = (new Image(width, side), new bool[width * side]);
        int known = 0;
        for (int y = 0; y < side; y++)
            for (int x = 0; x < width; x++)
            {
                int own = (x - more + side) % side, opposite = (own + (side / 2)) % side;
                int from = projection.Seen[own, y] >= Trust ? own : projection.Seen[opposite, y] >= Trust && projection.Own[opposite, y] > 0.5f ? opposite : projection.Through[own, y] >= Trust ? own : -1;
                hole[(y * width) + x] = from < 0;
                if (from >= 0) (around[x, y], known) = (projection.Colours[from, y] with { W = 1 }, known + 1);
            }
        if (known < Least * hole.Length) return ForegroundColours.Filled(around).Crop(more, 0, side, side);
        Image filled = around.Copy();
        BackgroundFill.Fill(around, new Hole(0, 0, width, side, hole), filled, workSide, seed: 1, cancellationToken);
        var result = new Image(side, side);
        for (int y = 0; y < side; y++)
            for (int x = 0; x < side; x++)
            {
                // The first columns fade in from what goes on beyond the last one: the ends meet.
                Vector4 own = filled[x + more, y];
                result[x, y] = (x < more ? Vector4.Lerp(filled[x + side + more, y], own, TextureProjection.SmoothStep(0, more, x)) : own) with { W = 1 };
            }
        return result;
    }
}

using System.Numerics;
using Impersonator.Imaging;

namespace Impersonator.Subjects;

/// <summary>Colours the unseen texels of a tube of cloth, whose texture runs once around it from left to right.</summary>
/// <remarks>
/// The back is like the front. Around the sides, which the photo shows too slanted, the pattern is carried on by reflection from both ends of
/// what is known in a row, so it stays sharp and meets itself without a seam; where both meet they are blended.
/// </remarks>
internal static class TubeCompletion
{
    private const float Trust = 0.35f;

    /// <summary>Share of a row below which a seen piece is too short to be a pattern.</summary>
    private const int ShortestShare = 32;

    /// <summary>A whole texture, opaque.</summary>
    /// <param name="projection">What the photo gave; column 0 goes on at the last.</param>
    public static Image Complete(TextureProjection projection)
    {
        int side = projection.Colours.Width;
        var result = new Image(side, side);
        Parallel.For(0, side, y =>
        {
            bool[] seen = [.. Enumerable.Range(0, side).Select(x => MathF.Max(projection.Seen[x, y], projection.Through[x, y]) >= Trust)];
            (int[] before, int[] run) = Runs(seen, side / ShortestShare);
            (int[] behind, int[] back) = Runs([.. seen.Reverse()], side / ShortestShare);
            for (int x = 0; x < side; x++)
            {
                if (before[x] < 0) continue;
                int mirrored = side - 1 - x;
                Vector4 left = projection.Colours[Wrapped(x - before[x] - Bounced(before[x], run[x]), side), y];
                Vector4 right = projection.Colours[Wrapped(side - 1 - (mirrored - behind[mirrored] - Bounced(behind[mirrored], back[mirrored])), side), y];
                float share = before[x] + behind[mirrored] == 0 ? 0 : (float)before[x] / (before[x] + behind[mirrored]);
                result[x, y] = Vector4.Lerp(left, right, TextureProjection.SmoothStep(0.4f, 0.6f, share)) with { W = 1 };
            }
        });
        return ForegroundColours.Filled(result);
    }

    /// <summary>For each column how many lie between it and the last seen one before it (0 = seen itself, −1 = none), and how long that seen piece is.</summary>
    private static (int[] Since, int[] Length) Runs(bool[] seen, int shortest)
    {
        int side = seen.Length;
        var (since, length) = (new int[side], new int[side]);
        Array.Fill(since, -1);
        (int last, int piece, int current) = (-1, 0, 0);
        // Twice around, because the first columns go on from the last ones.
        for (int i = 0; i < 2 * side; i++)
        {
            int x = i % side;
            current = seen[x] ? Math.Min(current + 1, side) : 0;
            if (current >= shortest) (last, piece) = (i, current);
            if (last < 0) continue;
            (since[x], length[x]) = (i - last, piece);
        }
        return (since, length);
    }

    /// <summary>How far back from a piece's end a reflected step lands: to its other end and to and fro.</summary>
    private static int Bounced(int steps, int length)
    {
        if (length <= 1) return 0;
        int at = steps % (2 * (length - 1));
        return at < length ? at : (2 * (length - 1)) - at;
    }

    private static int Wrapped(int x, int side) => ((x % side) + side) % side;
}

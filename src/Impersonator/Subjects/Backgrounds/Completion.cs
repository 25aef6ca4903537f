using System.Numerics;
using Impersonator.Imaging;

namespace Impersonator.Subjects.Backgrounds;

/// <summary>How a hole is filled: from where each of its pixels is copied, and what is added so that light goes on.</summary>
internal sealed class Completion
{
    /// <summary>Offsets are chosen on a picture whose hole has no more pixels, and whose sides are no shorter.</summary>
    private const int MostChosen = 3600, LeastSide = 24;

    /// <summary>What differs by more is an object's edge and no difference of light.</summary>
    private const float MostCorrection = 0.2f;

    private readonly OffsetField _offsets;
    private readonly Vector4[] _correction;

    private Completion(OffsetField offsets, Vector4[] correction) => (_offsets, _correction) = (offsets, correction);

    public int Width => _offsets.Picture.Width;

    public int Height => _offsets.Picture.Height;

    /// <summary>[H, W] what is to be added to what is copied, as eyes see it.</summary>
    public ReadOnlySpan<Vector4> Correction => _correction;

    /// <summary>Completes a picture.</summary>
    /// <param name="image">Linear light.</param>
    /// <param name="hole">[H, W] what to fill.</param>
    /// <param name="width">Columns to work with.</param>
    /// <param name="height">Rows to work with.</param>
    /// <param name="seed">Seed of the search for offsets.</param>
    /// <param name="cancellationToken">Stops between rounds.</param>
    public static Completion Of(Image image, bool[] hole, int width, int height, int seed, CancellationToken cancellationToken)
    {
        var levels = new List<HoledPicture> { HoledPicture.Create(image, hole, width, height) };
        while (levels[^1].HoleCount > MostChosen && Math.Min(levels[^1].Width, levels[^1].Height) >= 2 * LeastSide) levels.Add(levels[^1].Halve());
        OffsetField field = OffsetField.Choose(levels[^1], OffsetCandidates.Find(levels[^1], seed, cancellationToken), cancellationToken);
        Vector4[] correction = Even(field, new Vector4[levels[^1].Pixels.Length], 120, 1.9f, cancellationToken);
        for (int level = levels.Count - 2; level >= 0; level--)
        {
            (HoledPicture coarse, HoledPicture fine) = (levels[level + 1], levels[level]);
            field = field.Finer(fine, cancellationToken);
            var guess = new Vector4[fine.Pixels.Length];
            for (int i = 0; i < guess.Length; i++)
                if (fine.Hole[i]) guess[i] = correction[(Math.Min(i / fine.Width / 2, coarse.Height - 1) * coarse.Width) + Math.Min(i % fine.Width / 2, coarse.Width - 1)];
            // Only what a smaller picture could not know is left: it lies along the seams.
            correction = Even(field, guess, 12, 1.3f, cancellationToken);
        }
        return new Completion(field, correction);
    }

    /// <summary>From where a pixel is copied; null where nothing is to be had.</summary>
    public (int X, int Y)? SourceOf(int x, int y) => _offsets.SourceOf(x, y);

    /// <summary>Whether a pixel is filled.</summary>
    public bool IsHole(int x, int y) => _offsets.Picture.Hole[(y * Width) + x];

    /// <summary>The colour of a pixel of the hole as smooth as a membrane, linear light.</summary>
    public Vector4 Smooth(int x, int y)
    {
        Vector4 seen = _offsets.Picture.Pixels[(y * Width) + x];
        return new Vector4(Srgb.ToLinear(seen.X), Srgb.ToLinear(seen.Y), Srgb.ToLinear(seen.Z), 1);
    }

    private static Vector4[] Even(OffsetField field, Vector4[] guess, int rounds, float overRelaxation, CancellationToken cancellationToken)
    {
        HoledPicture picture = field.Picture;
        int[] source = new int[guess.Length];
        var even = (Vector4[])picture.Pixels.Clone();
        for (int i = 0; i < guess.Length; i++)
        {
            source[i] = -1;
            if (!picture.Hole[i] || field.SourceOf(i % picture.Width, i / picture.Width) is not { } from) continue;
            source[i] = (from.Y * picture.Width) + from.X;
            even[i] = picture.Pixels[source[i]] + guess[i];
        }
        SeamRemoval.Apply(even, picture.Pixels, picture.Hole, source, picture.Width, rounds, overRelaxation, cancellationToken);
        var most = new Vector4(MostCorrection);
        for (int i = 0; i < guess.Length; i++) even[i] = source[i] >= 0 ? Vector4.Clamp(even[i] - picture.Pixels[source[i]], -most, most) : Vector4.Zero;
        return even;
    }
}

using Impersonator.Imaging;
using Impersonator.Networks;
using Impersonator.Training.Augmentations;
using Impersonator.Training.Trainers;
using static TorchSharp.torch;

namespace Impersonator.Training.Sheets;

/// <summary>Pictures of what a generator was given and what it drew, a row each: photo, mesh, drawn, truth, matte, use of the mesh's colour.</summary>
internal static class GeneratorSheet
{
    /// <summary>Tiles of a pair.</summary>
    private const int Tiles = 6;

    /// <summary>Draws a batch.</summary>
    /// <param name="batch">What was given.</param>
    /// <param name="output">What was drawn.</param>
    /// <param name="columns">Pairs in a row.</param>
    public static Frame Draw(PairBatch batch, GeneratorOutput output, int columns)
    {
        using var quiet = no_grad();
        using var scope = NewDisposeScope();
        (int count, int side) = ((int)batch.Frame.shape[0], batch.Side);
        Tensor photo = batch.Photo.narrow(1, 0, 3), photoAlpha = batch.Photo.narrow(1, GeneratorNet.CoverageChannel, 1);
        float[][] tiles =
        [
            Host(photo + (batch.Background * (1 - photoAlpha))), Host(batch.Over(batch.Mesh, batch.Coverage)), Host(batch.Over(output.Colour, output.Alpha)),
            Host(batch.Picture), Host(output.Alpha.expand(count, 3, side, side)), Host(output.Blend.expand(count, 3, side, side)),
        ];
        var sheet = new Frame(columns * Tiles * side, (count + columns - 1) / columns * side);
        for (int i = 0; i < count; i++)
            for (int t = 0; t < Tiles; t++)
                SampleSheet.Put(SampleSheet.Shown(tiles[t], i, side), sheet, ((i % columns * Tiles) + t) * side, i / columns * side);
        return sheet;

        // Shown adds PersonNet's mean.
        float[] Host(Tensor values) => SampleSheet.Host(values.contiguous() - PersonNet.Mean, count);
    }
}

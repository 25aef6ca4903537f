using Impersonator.Networks;
using Impersonator.Training.Samples;

namespace Impersonator.Tests.Training;

/// <summary>Discs instead of people: two colours in the photo, plain grey as a mesh, moved in each frame. Only the flow tells which colour is where.</summary>
internal sealed class BlobPainter(int side, int targets) : IBlockPainter<PairBlock>
{
    private const byte Grey = 128;

    public PairBlock CreateBlock() => new(2, targets, side);

    public bool Paint(long seed, PairBlock block, int slot)
    {
        var random = new Random((int)(seed % int.MaxValue));
        int radius = side / 4, plane = side * side, half = side / 2;
        (byte[] left, byte[] right) = (new byte[3], new byte[3]);
        random.NextBytes(left);
        random.NextBytes(right);
        (int x, int y) Place() => (2 * random.Next(radius / 2, (side - radius) / 2), 2 * random.Next(radius / 2, (side - radius) / 2));
        (int photoX, int photoY) = Place();
        bool Inside(int u, int v, int x, int y) => ((u + 0.5 - x) * (u + 0.5 - x)) + ((v + 0.5 - y) * (v + 0.5 - y)) < radius * radius;

        Span<byte> photo = block.Photo(slot);
        photo.Clear();
        for (int i = 0; i < plane; i++)
        {
            (int u, int v) = (i % side, i / side);
            if (!Inside(u, v, photoX, photoY)) continue;
            for (int c = 0; c < 3; c++) photo[(c * plane) + i] = u < photoX ? left[c] : right[c];
            for (int c = 3; c < GeneratorNet.PhotoChannels; c++) photo[(c * plane) + i] = c == 3 ? byte.MaxValue : Grey;
        }
        for (int t = 0; t < targets; t++)
        {
            (int frameX, int frameY) = Place();
            Span<byte> frame = block.Frame(slot, t), truth = block.Truth(slot, t);
            Span<short> flow = block.Flow(slot, t);
            frame.Clear();
            truth.Clear();
            flow.Fill(short.MinValue);
            for (int i = 0; i < plane; i++)
            {
                (int u, int v) = (i % side, i / side);
                if (!Inside(u, v, frameX, frameY)) continue;
                for (int c = 0; c < 3; c++) (frame[(c * plane) + i], truth[(c * plane) + i]) = (Grey, u < frameX ? left[c] : right[c]);
                for (int c = 7; c < 10; c++) frame[(c * plane) + i] = Grey;
                frame[(10 * plane) + i] = byte.MaxValue;
                (frame[(3 * plane) + i], truth[(3 * plane) + i]) = (byte.MaxValue, byte.MaxValue);
                int cell = (v / 2 * half) + (u / 2);
                flow[cell] = Fixed((u / 2) + 0.5 + ((photoX - frameX) / 2));
                flow[(half * half) + cell] = Fixed((v / 2) + 0.5 + ((photoY - frameY) / 2));
            }
            ((ReadOnlySpan<float>)[frameX - radius, frameY - radius, frameX + radius, frameY, seed % 181]).CopyTo(block.Place(slot, t));
        }
        return true;

        short Fixed(double cell) => (short)Math.Round(16384 * ((2 * cell / half) - 1));
    }
}

using Impersonator.Training.Augmentations;
using Impersonator.Training.Synthesis;

namespace Impersonator.Training.Samples;

/// <summary>Some painted samples packed as <see cref="StoredSamples"/> keeps them, on the host. Arrays are reused.</summary>
internal sealed class SampleBlock(int count, int size)
{
    /// <summary>Share of the picture that a person must cover; fewer pixels teach nothing.</summary>
    private const double LeastCover = 1.0 / 200;

    private readonly int _coarse = size / 2;

    /// <summary>Samples.</summary>
    public int Count { get; } = count;

    /// <summary>[N, S, S, 4] red, green, blue, alpha.</summary>
    public byte[] Pictures { get; } = new byte[count * size * size * 4];

    /// <summary>[N, 5, S/2, S/2].</summary>
    public short[] Labels { get; } = new short[count * StoredSamples.LabelChannels * (size / 2) * (size / 2)];

    /// <summary>[N, 33, 3].</summary>
    public float[] Points { get; } = new float[count * Keypoints33.Count * 3];

    /// <summary>[N, 5].</summary>
    public float[] Boxes { get; } = new float[count * StoredSamples.BoxNumbers];

    /// <summary>[N, 126].</summary>
    public float[] Bodies { get; } = new float[count * StoredBodies.Numbers];

    /// <summary>Packs a sample into a slot.</summary>
    /// <returns>False, and nothing is told of the slot, for a picture with next to nobody in it.</returns>
    public bool Store(Sample sample, int slot)
    {
        if (sample.Size != size) throw new ArgumentException($"A sample of {sample.Size} pixels for a block of {size}.", nameof(sample));
        if (!StorePicture(sample, slot)) return false;
        sample.Keypoints.CopyTo(Points.AsSpan(slot * Keypoints33.Count * 3));
        StoredBodies.Store(sample, Bodies.AsSpan(slot * StoredBodies.Numbers, StoredBodies.Numbers));
        StoreLabels(sample, slot);
        return true;
    }

    private bool StorePicture(Sample sample, int slot)
    {
        (int minX, int minY, int maxX, int maxY, int own, int others) = (size, size, -1, -1, 0, 0);
        Span<byte> picture = Pictures.AsSpan(slot * size * size * 4, size * size * 4);
        for (int y = 0, i = 0; y < size; y++)
        {
            for (int x = 0; x < size; x++, i++)
            {
                sample.Rgb.AsSpan(3 * i, 3).CopyTo(picture[(4 * i)..]);
                picture[(4 * i) + 3] = sample.Alpha[i];
                if (sample.OtherAlpha[i] > 127) others++;
                if (sample.Alpha[i] < 128) continue;
                (minX, maxX, minY, maxY) = (Math.Min(minX, x), Math.Max(maxX, x), Math.Min(minY, y), y);
                own++;
            }
        }
        if (own < size * size * LeastCover) return false;
        ((ReadOnlySpan<float>)[minX, minY, maxX + 1, maxY + 1, (float)others / own]).CopyTo(Boxes.AsSpan(StoredSamples.BoxNumbers * slot));
        return true;
    }

    /// <summary>Half the resolution: the part that most of four pixels show (none if fewer than two show any), and the mean of these.</summary>
    private void StoreLabels(Sample sample, int slot)
    {
        int plane = _coarse * _coarse, full = size * size;
        Span<short> labels = Labels.AsSpan(slot * StoredSamples.LabelChannels * plane, StoredSamples.LabelChannels * plane);
        Span<int> four = stackalloc int[4];
        for (int y = 0; y < _coarse; y++)
        {
            for (int x = 0; x < _coarse; x++)
            {
                int corner = (2 * y * size) + (2 * x), at = (y * _coarse) + x;
                (four[0], four[1], four[2], four[3]) = (corner, corner + 1, corner + size, corner + size + 1);
                byte part = Majority(sample.Parts, four);
                (int sx, int sy, int sz, int depth, int count) = (0, 0, 0, 0, 0);
                foreach (int i in four)
                {
                    if (part == 0 || sample.Parts[i] != part) continue;
                    (sx, sy, sz, depth) = (sx + sample.Surface[i], sy + sample.Surface[full + i], sz + sample.Surface[(2 * full) + i], depth + sample.Depth[i]);
                    count++;
                }
                if (count == 0) count = 1;
                labels[at] = (short)((sx / count) - 32768);
                labels[plane + at] = (short)((sy / count) - 32768);
                labels[(2 * plane) + at] = (short)((sz / count) - 32768);
                labels[(StoredSamples.Depth * plane) + at] = (short)(depth / count);
                labels[(StoredSamples.Part * plane) + at] = part;
            }
        }
    }

    private static byte Majority(byte[] parts, ReadOnlySpan<int> four)
    {
        (byte best, int most, int shown) = (0, 0, 0);
        foreach (int i in four)
        {
            byte part = parts[i];
            if (part == 0) continue;
            shown++;
            int same = 0;
            foreach (int j in four) same += parts[j] == part ? 1 : 0;
            if (same > most) (best, most) = (part, same);
        }
        return shown >= 2 ? best : (byte)0;
    }
}

using System.Numerics;
using Impersonator.Bodies;

namespace Impersonator.Training.Synthesis.Pairs;

/// <summary>A figure drawn alone: linear premultiplied colour, coverage, and its straight colours developed. Arrays are kept and reused.</summary>
internal sealed class PaintedFigure
{
    private const int LeastHead = 12;

    /// <summary>What of a picture must be person, at least.</summary>
    private const float LeastShare = 0.02f;

    private readonly Vector3[] _straight;

    public PaintedFigure(int size)
    {
        Sample = new Sample(size);
        (Colour, Cover, _straight) = (new Vector3[size * size], new float[size * size], new Vector3[size * size]);
        Rgb = new byte[3 * size * size];
    }

    /// <summary>What is known of each pixel: alpha, parts. Its own picture stays empty.</summary>
    public Sample Sample { get; }

    /// <summary>[S, S] linear, premultiplied.</summary>
    public Vector3[] Colour { get; }

    /// <summary>[S, S] 0 … 1.</summary>
    public float[] Cover { get; }

    /// <summary>[S, S, 3] straight sRGB; 0 where nothing is.</summary>
    public byte[] Rgb { get; }

    /// <summary>Pixels a side.</summary>
    public int Size => Sample.Size;

    /// <summary>Whether enough of it is in the picture.</summary>
    public bool Shows => Sample.Alpha.Count(a => a > 127) > LeastShare * Size * Size;

    /// <summary>Develops the straight colours, as if nothing were behind them.</summary>
    public void Develop()
    {
        for (int i = 0; i < _straight.Length; i++) _straight[i] = Cover[i] > 0 ? Colour[i] / Cover[i] : Vector3.Zero;
        PersonPainter.Develop(_straight, Rgb);
    }

    /// <summary>Writes straight sRGB and alpha as four planes.</summary>
    public void WriteTo(byte[] planes)
    {
        int plane = Size * Size;
        for (int i = 0; i < plane; i++)
        {
            (planes[i], planes[plane + i], planes[(2 * plane) + i]) = (Rgb[3 * i], Rgb[(3 * i) + 1], Rgb[(3 * i) + 2]);
            planes[(3 * plane) + i] = Sample.Alpha[i];
        }
    }

    /// <summary>Writes the box of the head that shows, pixels; 0 if it does not.</summary>
    public void WriteHead(float[] box)
    {
        (int left, int top, int right, int bottom, int count) = (Size, Size, -1, -1, 0);
        for (int i = 0; i < Sample.Parts.Length; i++)
        {
            if (Sample.Parts[i] != (byte)BodyPart.Head) continue;
            (int x, int y) = (i % Size, i / Size);
            (left, top, right, bottom, count) = (Math.Min(left, x), Math.Min(top, y), Math.Max(right, x), Math.Max(bottom, y), count + 1);
        }
        if (count < LeastHead) Array.Clear(box);
        else (box[0], box[1], box[2], box[3]) = (left, top, right + 1, bottom + 1);
    }
}

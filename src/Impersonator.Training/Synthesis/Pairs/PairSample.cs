using Impersonator.Bodies;

namespace Impersonator.Training.Synthesis.Pairs;

/// <summary>One person in one photo and in several other frames, as the generator of frames is trained on. Arrays are kept and reused.</summary>
/// <remarks>S = <see cref="Side"/>; planes [C, S, S], rows from the top. Everything is drawn in the working square of its picture.</remarks>
public sealed class PairSample
{
    /// <summary>S, pixels a side.</summary>
    public const int Side = 256;

    /// <summary>Planes of a photo, of a frame's condition, and of the truth.</summary>
    public const int PhotoChannels = 7, FrameChannels = 12, TruthChannels = 4;

    /// <summary>Makes room.</summary>
    /// <param name="targets">Frames beside the photo.</param>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than 1.</exception>
    public PairSample(int targets)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(targets);
        const int Plane = Side * Side;
        Photo = new byte[PhotoChannels * Plane];
        Frame = Many(() => new byte[FrameChannels * Plane]);
        Flow = Many(() => new short[2 * (Side / 2) * (Side / 2)]);
        Truth = Many(() => new byte[TruthChannels * Plane]);
        Face = Many(() => new float[4]);
        Yaw = new float[targets];
        T[] Many<T>(Func<T> make) => [.. Enumerable.Range(0, targets).Select(_ => make())];
    }

    /// <summary>T, frames beside the photo.</summary>
    public int Targets => Yaw.Length;

    /// <summary>[7, S, S] the photo's person: sRGB times alpha, alpha, and the place on the average body (<see cref="CanonicalBox"/>) of the fitted mesh, 0 where there is none.</summary>
    public byte[] Photo { get; }

    /// <summary>[T][12, S, S] what is known of a frame before it is drawn: the mesh's sRGB times coverage, coverage, normal, surface, seen, depth.</summary>
    public byte[][] Frame { get; }

    /// <summary>[T][2, S/2, S/2] where in the photo's square a frame's surface lies: 16384 times x and y, −1 … 1 from edge to edge; <see cref="short.MinValue"/> = nothing.</summary>
    public short[][] Flow { get; }

    /// <summary>[T][4, S, S] the person as it really looks, with clothes, hair and what it carries: straight sRGB, alpha.</summary>
    public byte[][] Truth { get; }

    /// <summary>[T][4] box of the head: left, top, right, bottom, pixels; all 0 where it does not show.</summary>
    public float[][] Face { get; }

    /// <summary>[T] angle between the photo's and the frame's view around the pelvis, degrees, 0 … 180.</summary>
    public float[] Yaw { get; }
}

using Impersonator.Networks;

namespace Impersonator.Training.Samples;

/// <summary>Some subjects on the host, one photo and T frames each, packed as <see cref="Augmentations.StoredPairs"/> keeps them. Arrays are reused.</summary>
/// <param name="subjects">How many.</param>
/// <param name="targets">T.</param>
/// <param name="side">S, pixels.</param>
internal sealed class PairBlock(int subjects, int targets, int side)
{
    /// <summary>Numbers of a pair: left, top, right, bottom of the head in pixels (all 0 if it does not show), degrees between the two views.</summary>
    public const int PlaceNumbers = 5;

    /// <summary>Red, green, blue, alpha.</summary>
    public const int TruthChannels = 4;

    /// <summary>Subjects.</summary>
    public int Subjects { get; } = subjects;

    /// <summary>T.</summary>
    public int Targets { get; } = targets;

    /// <summary>S.</summary>
    public int Side { get; } = side;

    /// <summary>[N, 7, S, S] as <see cref="GeneratorNet"/> takes them.</summary>
    public byte[] Photos { get; } = new byte[subjects * GeneratorNet.PhotoChannels * side * side];

    /// <summary>[N, T, 12, S, S] as <see cref="GeneratorNet"/> takes them.</summary>
    public byte[] Frames { get; } = new byte[subjects * targets * GeneratorNet.FrameChannels * side * side];

    /// <summary>[N, T, 2, S/2, S/2] 16384 times the place in the photo, x and y; the smallest number is nothing.</summary>
    public short[] Flows { get; } = new short[subjects * targets * 2 * (side / 2) * (side / 2)];

    /// <summary>[N, T, 4, S, S] what the frame should show: straight sRGB and alpha.</summary>
    public byte[] Truths { get; } = new byte[subjects * targets * TruthChannels * side * side];

    /// <summary>[N, T, 5].</summary>
    public float[] Places { get; } = new float[subjects * targets * PlaceNumbers];

    /// <summary>A subject's photo.</summary>
    public Span<byte> Photo(int subject) => Run(Photos, subject, Subjects);

    /// <summary>What the mesh shows of a target.</summary>
    public Span<byte> Frame(int subject, int target) => Run(Frames, (subject * Targets) + target, Subjects * Targets);

    /// <summary>A target's flow.</summary>
    public Span<short> Flow(int subject, int target) => Run(Flows, (subject * Targets) + target, Subjects * Targets);

    /// <summary>A target's truth.</summary>
    public Span<byte> Truth(int subject, int target) => Run(Truths, (subject * Targets) + target, Subjects * Targets);

    /// <summary>A target's numbers.</summary>
    public Span<float> Place(int subject, int target) => Run(Places, (subject * Targets) + target, Subjects * Targets);

    private static Span<T> Run<T>(T[] values, int number, int count) => values.AsSpan(number * (values.Length / count), values.Length / count);
}

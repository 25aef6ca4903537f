using System.Collections.Immutable;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;

namespace Impersonator.Files;

/// <summary>An array as NumPy stores it: a shape, an element type, and the elements with the last index running fastest.</summary>
public sealed class NpyArray
{
    private readonly NpyElement _element;
    private readonly byte[] _bytes;

    /// <summary>Keeps the bytes: little-endian, last index fastest, as many as shape and element say.</summary>
    private NpyArray(ImmutableArray<int> shape, NpyElement element, byte[] bytes) => (Shape, _element, _bytes) = (shape, element, bytes);

    /// <summary>Sides; empty for a single value.</summary>
    public ImmutableArray<int> Shape { get; }

    /// <summary>What the elements are.</summary>
    public NpyType Type => _element.Type;

    /// <summary>How many elements there are.</summary>
    public int Count => _bytes.Length / _element.Size;

    /// <summary>The shape in words, e.g. <c>6890×3</c>.</summary>
    public string ShapeText => Shape.IsEmpty ? "a single value" : string.Join('×', Shape);

    /// <summary>Whether the elements are numbers (or booleans).</summary>
    public bool IsNumeric => Type is not (NpyType.Latin1Text or NpyType.Utf32Text);

    /// <summary>The elements as floats.</summary>
    /// <exception cref="InvalidOperationException">The elements are text.</exception>
    public float[] ToSingles() => Convert<float>();

    /// <summary>The elements as doubles.</summary>
    /// <exception cref="InvalidOperationException">The elements are text.</exception>
    public double[] ToDoubles() => Convert<double>();

    /// <summary>The elements as integers. Wider ones keep their low 32 bits, so that SMPL's 4294967295 ("no parent") is −1.</summary>
    /// <exception cref="InvalidOperationException">The elements are text.</exception>
    public int[] ToInt32s() => Convert<int>();

    /// <summary>A single whole number.</summary>
    internal long ToInt64() => Convert<long>()[0];

    /// <summary>The elements as texts.</summary>
    /// <exception cref="InvalidOperationException">The elements are numbers.</exception>
    public string[] ToTexts()
    {
        if (IsNumeric) throw new InvalidOperationException($"The array holds {Type}, not text.");
        Encoding encoding = Type is NpyType.Latin1Text ? Encoding.Latin1 : Encoding.UTF32;
        var texts = new string[Count];
        for (int i = 0; i < texts.Length; i++) texts[i] = encoding.GetString(_bytes, i * _element.Size, _element.Size).TrimEnd('\0');
        return texts;
    }

    /// <summary>Makes an array of bytes as they lie in a file; they are kept and put into order.</summary>
    /// <exception cref="ArgumentException">The bytes are not as many as shape and element say.</exception>
    internal static NpyArray FromFile(ImmutableArray<int> shape, NpyElement element, bool fortranOrder, byte[] bytes)
    {
        if (BytesOf(shape, element) != bytes.Length) throw new ArgumentException($"{bytes.Length} bytes for {string.Join('×', shape)} elements of {element.Size}.", nameof(bytes));
        if (element.BigEndian)
            for (int i = 0; i < bytes.Length; i += element.SwapSize) bytes.AsSpan(i, element.SwapSize).Reverse();
        if (fortranOrder && shape.Length > 1) bytes = LastIndexFastest(shape, element.Size, bytes);
        return new NpyArray(shape, element, bytes);
    }

    /// <summary>Bytes of an array; 2³¹ or more if it is too large to be held.</summary>
    internal static long BytesOf(ImmutableArray<int> shape, NpyElement element)
    {
        if (shape.Contains(0)) return 0;
        long bytes = element.Size;
        foreach (int side in shape) bytes = Math.Min(bytes * side, 1L << 31);
        return bytes;
    }

    private static byte[] LastIndexFastest(ImmutableArray<int> shape, int size, byte[] bytes)
    {
        var ordered = new byte[bytes.Length];
        Span<int> index = stackalloc int[shape.Length];
        Span<long> stride = stackalloc long[shape.Length];
        stride[0] = size;
        for (int d = 1; d < shape.Length; d++) stride[d] = stride[d - 1] * shape[d - 1];
        long from = 0;
        for (int to = 0; to < ordered.Length; to += size)
        {
            bytes.AsSpan((int)from, size).CopyTo(ordered.AsSpan(to));
            for (int d = shape.Length - 1; d >= 0; d--)
            {
                from += stride[d];
                if (++index[d] < shape[d]) break;
                from -= stride[d] * shape[d];
                index[d] = 0;
            }
        }
        return ordered;
    }

    private T[] Convert<T>() where T : INumber<T> => Type switch
    {
        NpyType.Boolean or NpyType.UInt8 => Convert<byte, T>(),
        NpyType.Int8 => Convert<sbyte, T>(),
        NpyType.Int16 => Convert<short, T>(),
        NpyType.Int32 => Convert<int, T>(),
        NpyType.Int64 => Convert<long, T>(),
        NpyType.UInt16 => Convert<ushort, T>(),
        NpyType.UInt32 => Convert<uint, T>(),
        NpyType.UInt64 => Convert<ulong, T>(),
        NpyType.Float16 => Convert<Half, T>(),
        NpyType.Float32 => Convert<float, T>(),
        NpyType.Float64 => Convert<double, T>(),
        _ => throw new InvalidOperationException($"The array holds {Type}, not numbers."),
    };

    private TTo[] Convert<TFrom, TTo>() where TFrom : unmanaged, INumber<TFrom> where TTo : INumber<TTo>
    {
        ReadOnlySpan<TFrom> from = MemoryMarshal.Cast<byte, TFrom>(_bytes);
        var to = new TTo[from.Length];
        for (int i = 0; i < to.Length; i++) to[i] = TTo.CreateTruncating(from[i]);
        return to;
    }
}

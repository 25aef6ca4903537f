using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace Impersonator.Files.Checkpoints;

/// <summary>A tensor of a checkpoint: a view into a storage.</summary>
public sealed class CheckpointTensor
{
    private readonly CheckpointStorage _storage;
    private readonly long _offset;
    private readonly ImmutableArray<long> _strides;

    internal CheckpointTensor(CheckpointStorage storage, long offset, ImmutableArray<int> shape, ImmutableArray<long> strides)
        => (_storage, _offset, Shape, _strides) = (storage, offset, shape, strides);

    /// <summary>Sides.</summary>
    public ImmutableArray<int> Shape { get; }

    /// <summary>Type of the numbers as stored, e.g. <c>float32</c>.</summary>
    public string Element => _storage.Element.Name;

    /// <summary>Whether the numbers are of a floating-point type.</summary>
    public bool IsFloating => _storage.Element.Read is not null;

    /// <summary>The numbers in row-major order as float32: half, bfloat16 exactly, float64 rounded.</summary>
    /// <exception cref="InvalidOperationException">They are of no floating-point type.</exception>
    public float[] ToSingles()
    {
        Func<ReadOnlyMemory<byte>, float> read = _storage.Element.Read ?? throw new InvalidOperationException($"The numbers are {Element}; look at IsFloating first.");
        var values = new float[Shape.Aggregate(1, (count, side) => checked(count * side))];
        if (_storage.Element == CheckpointElement.Single && IsContiguous)
        {
            MemoryMarshal.Cast<byte, float>(_storage.Bytes.AsSpan((int)(4 * _offset), 4 * values.Length)).CopyTo(values);
            return values;
        }
        ReadOnlyMemory<byte> bytes = _storage.Bytes;
        var index = new int[Shape.Length];
        long at = _offset;
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = read(bytes.Slice((int)(at * _storage.Element.Bytes), _storage.Element.Bytes));
            for (int d = Shape.Length - 1; d >= 0; d--)
            {
                at += _strides[d];
                if (++index[d] < Shape[d]) break;
                at -= _strides[d] * Shape[d];
                index[d] = 0;
            }
        }
        return values;
    }

    private bool IsContiguous
    {
        get
        {
            long expected = 1;
            for (int d = Shape.Length - 1; d >= 0; expected *= Shape[d--])
                if (Shape[d] != 1 && _strides[d] != expected) return false;
            return BitConverter.IsLittleEndian;
        }
    }
}

using System.Runtime.InteropServices;

namespace Impersonator.Training.Synthesis;

/// <summary>Arrays of plain values with their lengths before them.</summary>
internal static class BinaryArrays
{
    private const int Most = 1 << 28;

    /// <summary>Reads an array.</summary>
    /// <exception cref="InvalidDataException">A length that cannot be.</exception>
    public static T[] Array<T>(this BinaryReader input) where T : unmanaged
    {
        int count = input.ReadInt32();
        if (count is < 0 or > Most) throw new InvalidDataException($"an array of {count} values");
        var array = new T[count];
        input.BaseStream.ReadExactly(MemoryMarshal.AsBytes(array.AsSpan()));
        return array;
    }

    /// <summary>Writes an array.</summary>
    public static void Array<T>(this BinaryWriter output, T[] array) where T : unmanaged
    {
        output.Write(array.Length);
        output.Flush();
        output.BaseStream.Write(MemoryMarshal.AsBytes(array.AsSpan()));
    }

    /// <summary>Reads floats kept as halves.</summary>
    public static float[] Halves(this BinaryReader input) => System.Array.ConvertAll(input.Array<Half>(), h => (float)h);

    /// <summary>Writes floats as halves.</summary>
    public static void Halves(this BinaryWriter output, float[] array) => output.Array(System.Array.ConvertAll(array, f => (Half)f));

    /// <summary>Reads a list.</summary>
    /// <exception cref="InvalidDataException">A length that cannot be.</exception>
    public static List<T> List<T>(this BinaryReader input, Func<BinaryReader, T> read)
    {
        int count = input.ReadInt32();
        if (count is < 0 or > 1 << 20) throw new InvalidDataException($"a list of {count}");
        var list = new List<T>(count);
        for (int i = 0; i < count; i++) list.Add(read(input));
        return list;
    }

    /// <summary>Writes a list.</summary>
    public static void List<T>(this BinaryWriter output, List<T> list, Action<T> write)
    {
        output.Write(list.Count);
        list.ForEach(write);
    }
}

using Impersonator.Files;

namespace Impersonator.Bodies;

/// <summary>The named arrays of an SMPL file, whether it is a <c>.npz</c> or a <c>.pkl</c>.</summary>
/// <remarks>Old files hold chumpy arrays and SciPy's sparse matrices; their numbers are taken from the records' states.</remarks>
internal sealed class SmplArrays : IDisposable
{
    private const int MaxWrapping = 8;
    private readonly NpzReader? _npz;
    private readonly IReadOnlyDictionary<string, object?> _values = new Dictionary<string, object?>();

    private SmplArrays(string name, NpzReader npz) => (Name, _npz) = (name, npz);

    private SmplArrays(string name, IReadOnlyDictionary<string, object?> values) => (Name, _values) = (name, values);

    /// <summary>File name, for messages.</summary>
    public string Name { get; }

    /// <summary>Opens a file by its ending.</summary>
    public static SmplArrays Open(string path, InputLimits limits)
    {
        string name = Path.GetFileName(path);
        return Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".npz" => new SmplArrays(name, NpzReader.Open(path, limits)),
            ".pkl" => PickleReader.Read(path, limits) is IReadOnlyDictionary<string, object?> values ? new SmplArrays(name, values) : throw new SmplFormatException(name, "holds no dictionary of arrays"),
            _ => throw new SmplFormatException(name, "does not end in .npz or .pkl"),
        };
    }

    /// <summary>Whether there is something of that name.</summary>
    public bool Contains(string name) => _npz?.Contains(name) ?? _values.ContainsKey(name);

    /// <summary>An array that must be there, with so many sides; a side of −1 may have any length.</summary>
    public NpyArray Get(string name, params ReadOnlySpan<int> sides)
    {
        NpyArray array = Raw(name) as NpyArray ?? throw new SmplFormatException(Name, $"its \"{name}\" is no array of numbers");
        bool fits = array.IsNumeric && array.Shape.Length == sides.Length;
        for (int d = 0; fits && d < sides.Length; d++) fits = array.Shape[d] > 0 && (sides[d] < 0 || array.Shape[d] == sides[d]);
        return fits ? array : throw new SmplFormatException(Name, $"its \"{name}\" is {array.ShapeText} {array.Type}, needed is {string.Join('×', sides.ToArray().Select(s => s < 0 ? "?" : $"{s}"))} numbers");
    }

    /// <summary>Numbers that must be there and finite.</summary>
    public float[] Numbers(string name, params ReadOnlySpan<int> sides) => Finite(name, Get(name, sides));

    /// <summary>The numbers of an array, which must be finite.</summary>
    public float[] Finite(string name, NpyArray array)
    {
        float[] values = array.ToSingles();
        foreach (float value in values)
            if (!float.IsFinite(value)) throw new SmplFormatException(Name, $"its \"{name}\" holds a number that is not finite");
        return values;
    }

    /// <summary>The entries that are not zero of a matrix, dense or sparse: row, column, value.</summary>
    public IEnumerable<(int Row, int Column, float Value)> Matrix(string name, int rows, int columns)
    {
        if (_values.GetValueOrDefault(name) is PickleRecord sparse && sparse.Field("indptr") is NpyArray) return Compressed(name, sparse, rows, columns);
        float[] dense = Numbers(name, rows, columns);
        return Enumerable.Range(0, dense.Length).Where(i => dense[i] != 0).Select(i => (i / columns, i % columns, dense[i]));
    }

    /// <inheritdoc/>
    public void Dispose() => _npz?.Dispose();

    private object? Raw(string name)
    {
        if (!Contains(name)) throw new SmplFormatException(Name, $"has no \"{name}\"");
        if (_npz is not null) return _npz.Read(name);
        object? value = _values[name];
        // chumpy: Ch holds its array as x, a wrapper of it as a.
        for (int depth = 0; depth < MaxWrapping && value is PickleRecord record; depth++) value = record.Field("x") ?? (record.Field("idxs") is null ? record.Field("a") : null);
        return value;
    }

    // SciPy's csc and csr: for each column (row) the range of indptr in indices and data.
    private List<(int, int, float)> Compressed(string name, PickleRecord sparse, int rows, int columns)
    {
        bool byColumn = sparse.ClassName.EndsWith("csc_matrix", StringComparison.Ordinal);
        if (!byColumn && !sparse.ClassName.EndsWith("csr_matrix", StringComparison.Ordinal)
            || sparse.Field("indices") is not NpyArray { IsNumeric: true } indexArray || sparse.Field("data") is not NpyArray { IsNumeric: true } dataArray || sparse.Field("indptr") is not NpyArray { IsNumeric: true } startArray)
            throw new SmplFormatException(Name, $"its \"{name}\" is a sparse matrix of a kind that is not known");
        int[] indices = indexArray.ToInt32s(), starts = startArray.ToInt32s();
        float[] data = dataArray.ToSingles();
        int major = byColumn ? columns : rows, minor = byColumn ? rows : columns;
        bool fits = starts.Length == major + 1 && starts[0] == 0 && starts[^1] == data.Length && indices.Length == data.Length && Array.TrueForAll(data, float.IsFinite);
        for (int m = 0; fits && m < major; m++) fits = starts[m] <= starts[m + 1];
        fits = fits && Array.TrueForAll(indices, i => (uint)i < (uint)minor);
        if (!fits) throw new SmplFormatException(Name, $"its \"{name}\" is no sparse matrix of {rows}×{columns}");
        var entries = new List<(int, int, float)>(data.Length);
        for (int m = 0; m < major; m++)
            for (int i = starts[m]; i < starts[m + 1]; i++) entries.Add(byColumn ? (indices[i], m, data[i]) : (m, indices[i], data[i]));
        return entries;
    }
}

namespace Impersonator.Files;

/// <summary>An object of a class that is known by name only (a sparse matrix, a chumpy array): its state, never its code.</summary>
public sealed class PickleRecord
{
    internal PickleRecord(string className) => ClassName = className;

    /// <summary>Full name of its class, e.g. <c>scipy.sparse.csc.csc_matrix</c>.</summary>
    public string ClassName { get; }

    /// <summary>What the object was made of, usually a dictionary of its fields; null if the file gives none.</summary>
    public object? State { get; internal set; }

    /// <summary>A field of the state, null if there is none of that name.</summary>
    public object? Field(string name) => State is IReadOnlyDictionary<string, object?> fields ? fields.GetValueOrDefault(name) : null;
}

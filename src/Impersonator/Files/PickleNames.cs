using System.Collections.Immutable;
using System.Text;

namespace Impersonator.Files;

/// <summary>What each known name of a pickle stands for. A name that is not here is refused; nothing is ever called.</summary>
/// <remarks>Sources: numpy <c>ndarray.__reduce__</c>, <c>dtype.__reduce__</c> and <c>scalar</c>; CPython <c>copyreg</c>.</remarks>
internal static class PickleNames
{
    private const int MaxSides = 32;

    // Objects of these packages are kept as records: SMPL files hold their sparse matrices and arrays.
    private static readonly string[] RecordPackages = ["chumpy.", "scipy.sparse."];

    /// <summary>Stands for a name until it is used.</summary>
    public sealed record Known(string Name);

    /// <summary>An array before its state is given.</summary>
    public sealed class EmptyArray
    {
        /// <summary>Where it is remembered: whoever recalls it means the whole array.</summary>
        public List<uint> MemoIndices { get; } = [];
    }

    /// <summary>A numpy element type; its byte order comes with its state.</summary>
    public sealed class ElementType(string code)
    {
        public string Code => code;

        public string Order { get; set; } = "<";
    }

    /// <summary>Accepts a name or refuses it.</summary>
    public static Known Find(string module, string name, PickleSource source)
    {
        string full = $"{module}.{name}";
        bool known = full switch
        {
            "numpy.core.multiarray._reconstruct" or "numpy._core.multiarray._reconstruct" => true,
            "numpy.core.multiarray.scalar" or "numpy._core.multiarray.scalar" => true,
            "numpy.core.numeric._frombuffer" or "numpy._core.numeric._frombuffer" => true,
            "numpy.ndarray" or "numpy.dtype" => true,
            "copy_reg._reconstructor" or "copyreg._reconstructor" or "__builtin__.object" or "builtins.object" => true,
            "__builtin__.set" or "builtins.set" or "__builtin__.frozenset" or "builtins.frozenset" => true,
            "__builtin__.list" or "builtins.list" or "__builtin__.dict" or "builtins.dict" => true,
            "__builtin__.bytes" or "builtins.bytes" or "__builtin__.bytearray" or "builtins.bytearray" => true,
            "collections.OrderedDict" or "_codecs.encode" => true,
            _ => RecordPackages.Any(p => module.StartsWith(p, StringComparison.Ordinal)) && IsPlain(name),
        };
        return known ? new Known(full) : throw source.Refuse(full);
    }

    /// <summary>The value that calling a known name with these arguments would have made.</summary>
    public static object? Make(Known callee, IReadOnlyList<object?> arguments, PickleSource source)
    {
        string name = callee.Name[(callee.Name.LastIndexOf('.') + 1)..];
        return (name, arguments) switch
        {
            _ when RecordPackages.Any(p => callee.Name.StartsWith(p, StringComparison.Ordinal)) => new PickleRecord(callee.Name),
            ("_reconstruct", [Known { Name: "numpy.ndarray" }, ..]) => new EmptyArray(),
            ("_reconstructor", [Known { Name: var of }, ..]) when of is not "copy_reg._reconstructor" and not "copyreg._reconstructor" => Make(new Known(of), [], source),
            ("dtype", [string code, ..]) => new ElementType(code),
            ("dtype", [byte[] code, ..]) => new ElementType(Encoding.Latin1.GetString(code)),
            ("scalar", [ElementType type, var raw]) => Scalar(type, raw, source),
            ("_frombuffer", [byte[] raw, ElementType type, IReadOnlyList<object?> shape, var order]) => Array(shape, type, order is "F", raw, source),
            ("encode", [string text, "latin1" or "latin-1"]) => Latin1(text, source),
            ("bytes" or "bytearray", []) => System.Array.Empty<byte>(),
            ("bytearray", [byte[] bytes]) => bytes,
            ("bytearray", [string text, "latin-1"]) => Latin1(text, source),
            ("set" or "frozenset" or "list", []) => new List<object?>(),
            ("set" or "frozenset" or "list", [IReadOnlyList<object?> items]) => Copy(items, source),
            ("dict" or "OrderedDict", []) => new Dictionary<string, object?>(),
            ("OrderedDict", [IReadOnlyList<object?> pairs]) => Pairs(pairs, source),
            ("object", []) => new PickleRecord("object"),
            _ => throw source.Bad($"uses {PickleSource.Shown(callee.Name)} in a way that is not known"),
        };
    }

    /// <summary>Gives an object its state and returns it, or what replaces it.</summary>
    public static object? Build(object? target, object? state, PickleSource source)
    {
        switch (target)
        {
            case EmptyArray when state is IReadOnlyList<object?> and [_, IReadOnlyList<object?> shape, ElementType type, (bool or long) and var fortran, var raw]:
                return raw is List<object?> objects && type.Code.StartsWith('O') ? objects : Array(shape, type, fortran is not (false or 0L), raw, source);
            case ElementType type when state is IReadOnlyList<object?> and [_, var order, ..]:
                type.Order = order switch { string text => text, byte[] bytes => Encoding.Latin1.GetString(bytes), _ => throw source.Bad("holds a numpy type without byte order") };
                return type;
            case PickleRecord record:
                record.State = state;
                return record;
            case Dictionary<string, object?>:
                return target;
            default:
                throw source.Bad("gives a state to something that has none");
        }
    }

    /// <summary>Keys become text, as in JSON: all that is read has such keys.</summary>
    public static string Key(object? key, PickleSource source) => key switch
    {
        string text => text,
        long number => number.ToString(System.Globalization.CultureInfo.InvariantCulture),
        byte[] bytes => Encoding.Latin1.GetString(bytes),
        _ => throw source.Bad("has a dictionary whose keys are neither texts nor whole numbers"),
    };

    private static bool IsPlain(string name) => name.Length > 0 && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');

    private static Dictionary<string, object?> Pairs(IReadOnlyList<object?> pairs, PickleSource source)
    {
        source.Charge(64L * pairs.Count);
        var dictionary = new Dictionary<string, object?>();
        foreach (object? pair in pairs)
            dictionary[pair is IReadOnlyList<object?> and [var key, _] ? Key(key, source) : throw source.Bad("has an OrderedDict of something else than pairs")] = ((IReadOnlyList<object?>)pair)[1];
        return dictionary;
    }

    private static List<object?> Copy(IReadOnlyList<object?> items, PickleSource source)
    {
        source.Charge(8L * items.Count);
        return [.. items];
    }

    private static byte[] Latin1(string text, PickleSource source)
    {
        source.Charge(text.Length);
        foreach (char c in text)
            if (c > 255) throw source.Bad("holds bytes written as a text with characters above 255");
        return Encoding.Latin1.GetBytes(text);
    }

    private static NpyArray Array(IReadOnlyList<object?> sides, ElementType type, bool fortran, object? raw, PickleSource source)
    {
        if (!NpyElement.TryParse(type.Order + type.Code, out NpyElement element) || sides.Count > MaxSides)
            throw source.Bad($"holds a numpy array of {PickleSource.Shown(type.Code)}; only numbers and texts are read");
        var shape = ImmutableArray.CreateBuilder<int>(sides.Count);
        foreach (object? side in sides) shape.Add(side is long and >= 0 and <= int.MaxValue ? (int)(long)side : throw source.Bad("holds a numpy array with a side that is no count"));
        byte[] bytes = raw switch
        {
            byte[] given => [.. given], // put in order in place, and another array may share it
            string python2 => Latin1(python2, source),
            _ => throw source.Bad("holds a numpy array without bytes"),
        };
        source.Charge(bytes.Length);
        ImmutableArray<int> kept = shape.MoveToImmutable();
        if (NpyArray.BytesOf(kept, element) != bytes.Length) throw source.Bad($"holds a numpy array of {string.Join('×', kept)} with {bytes.Length} bytes");
        return NpyArray.FromFile(kept, element, fortran, bytes);
    }

    private static object Scalar(ElementType type, object? raw, PickleSource source)
    {
        NpyArray one = Array([], type, false, raw, source);
        return one.Type switch
        {
            NpyType.Latin1Text or NpyType.Utf32Text => one.ToTexts()[0],
            NpyType.Boolean => one.ToInt32s()[0] != 0,
            NpyType.Float16 or NpyType.Float32 or NpyType.Float64 => one.ToDoubles()[0],
            _ => one.ToInt64(),
        };
    }
}

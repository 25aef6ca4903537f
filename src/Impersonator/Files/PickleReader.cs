namespace Impersonator.Files;

/// <summary>Reads the plain values of a Python pickle (protocols 0 to 5) and executes nothing.</summary>
/// <remarks>
/// A pickle is a program for a small machine that can call anything by name. Here only the instructions that build values
/// are followed; the few names that stand for values are understood (<see cref="PickleNames"/>), every other name ends the
/// reading. Values are: null, bool, long, <see cref="System.Numerics.BigInteger"/>, double, string (Python 2's bytes as Latin-1),
/// byte[], <c>object?[]</c> (tuples), <c>List&lt;object?&gt;</c> (lists and sets), <c>Dictionary&lt;string, object?&gt;</c>,
/// <see cref="NpyArray"/> and <see cref="PickleRecord"/>. A list may contain itself. Source: CPython, Lib/pickletools.py.
/// </remarks>
public sealed class PickleReader
{
    // What a value costs beside its bytes: an object, a slot in a list.
    private const int ValueBytes = 64;
    private const byte HighestProtocol = 5;

    private readonly PickleSource _source;
    private readonly List<object?> _stack = [];
    private readonly List<int> _marks = [];
    private readonly Dictionary<uint, object?> _memo = [];

    private readonly PickleVocabulary _words;

    private PickleReader(PickleSource source, PickleVocabulary words) => (_source, _words) = (source, words);

    /// <summary>Reads a file's first pickle.</summary>
    /// <exception cref="InputException">Missing, too large, damaged, or naming anything that is not plain data.</exception>
    public static object? Read(string path, InputLimits? limits = null)
    {
        limits ??= InputLimits.Default;
        using FileStream stream = InputFile.Open(path, limits);
        return Read(stream, Path.GetFileName(path), limits);
    }

    /// <summary>Reads the pickle at a seekable stream's place.</summary>
    /// <param name="stream">Seekable.</param>
    /// <param name="name">Its name for messages.</param>
    /// <param name="limits">What it may cost.</param>
    /// <exception cref="PickleFormatException">Damaged, too large unpacked, or naming anything that is not plain data.</exception>
    public static object? Read(Stream stream, string name, InputLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return Read(stream, name, limits ?? InputLimits.Default, PickleVocabulary.Plain);
    }

    /// <summary>Reads a pickle that knows other names than the plain ones.</summary>
    internal static object? Read(Stream stream, string name, InputLimits limits, PickleVocabulary words)
        => new PickleReader(new PickleSource(stream, name, limits.MaxUnpackedBytes, words.Remedy, words.Kept), words).Run();

    private object? Run()
    {
        for (PickleOpcode opcode = Next(); opcode != PickleOpcode.Stop; opcode = Next())
        {
            _source.Charge(ValueBytes);
            Step(opcode);
        }
        return Pop();

        PickleOpcode Next() => (PickleOpcode)_source.ReadByte();
    }

    private void Step(PickleOpcode opcode)
    {
        switch (opcode)
        {
            case PickleOpcode.Proto when _source.ReadByte() is var protocol:
                if (protocol > HighestProtocol) throw _source.Bad($"has pickle protocol {protocol}, only 0 to {HighestProtocol} are known");
                break;
            case PickleOpcode.Frame: _source.ReadUInt64(); break;
            case PickleOpcode.Mark: _marks.Add(_stack.Count); break;
            case PickleOpcode.Pop:
                if (_marks.Count > 0 && _marks[^1] == _stack.Count) _marks.RemoveAt(_marks.Count - 1);
                else Pop();
                break;
            case PickleOpcode.PopMark: PopMarked(); break;
            case PickleOpcode.Dup: Push(Top()); break;

            case PickleOpcode.None: Push(null); break;
            case PickleOpcode.NewTrue: Push(true); break;
            case PickleOpcode.NewFalse: Push(false); break;
            case PickleOpcode.Int: Push(_source.ReadLine() switch { "00" => false, "01" => true, var text => _source.ParseInteger(text) }); break;
            case PickleOpcode.BinInt: Push((long)(int)_source.ReadUInt32()); break;
            case PickleOpcode.BinInt1: Push((long)_source.ReadByte()); break;
            case PickleOpcode.BinInt2: Push((long)_source.ReadUInt16()); break;
            case PickleOpcode.Long: Push(_source.ParseInteger(_source.ReadLine().TrimEnd('L'))); break;
            case PickleOpcode.Long1: Push(_source.ReadInteger(_source.ReadByte())); break;
            case PickleOpcode.Long4: Push(_source.ReadInteger(_source.ReadUInt32())); break;
            case PickleOpcode.Float: Push(_source.ParseDouble(_source.ReadLine())); break;
            case PickleOpcode.BinFloat: Push(_source.ReadDouble()); break;

            case PickleOpcode.String: Push(PickleText.Unquote(_source.ReadLine()) ?? throw _source.Bad("holds a broken text")); break;
            case PickleOpcode.Unicode: Push(PickleText.Unescape(_source.ReadLine()) ?? throw _source.Bad("holds a broken text")); break;
            case PickleOpcode.BinString: Push(_source.ReadLatin1(_source.ReadUInt32())); break;
            case PickleOpcode.ShortBinString: Push(_source.ReadLatin1(_source.ReadByte())); break;
            case PickleOpcode.ShortBinUnicode: Push(_source.ReadUtf8(_source.ReadByte())); break;
            case PickleOpcode.BinUnicode: Push(_source.ReadUtf8(_source.ReadUInt32())); break;
            case PickleOpcode.BinUnicode8: Push(_source.ReadUtf8(_source.ReadUInt64())); break;
            case PickleOpcode.ShortBinBytes: Push(_source.ReadBytes(_source.ReadByte())); break;
            case PickleOpcode.BinBytes: Push(_source.ReadBytes(_source.ReadUInt32())); break;
            case PickleOpcode.BinBytes8 or PickleOpcode.ByteArray8: Push(_source.ReadBytes(_source.ReadUInt64())); break;

            case PickleOpcode.EmptyTuple: Push(Array.Empty<object?>()); break;
            case PickleOpcode.Tuple: Push(PopMarked()); break;
            case PickleOpcode.Tuple1: Push(PopLast(1)); break;
            case PickleOpcode.Tuple2: Push(PopLast(2)); break;
            case PickleOpcode.Tuple3: Push(PopLast(3)); break;
            case PickleOpcode.EmptyList or PickleOpcode.EmptySet: Push(new List<object?>()); break;
            case PickleOpcode.List or PickleOpcode.FrozenSet: Push(new List<object?>(PopMarked())); break;
            case PickleOpcode.Append: Extend(PopLast(1)); break;
            case PickleOpcode.Appends or PickleOpcode.AddItems: Extend(PopMarked()); break;
            case PickleOpcode.EmptyDict: Push(new Dictionary<string, object?>()); break;
            case PickleOpcode.Dict when PopMarked() is var items:
                Push(new Dictionary<string, object?>());
                SetItems(items);
                break;
            case PickleOpcode.SetItem: SetItems(PopLast(2)); break;
            case PickleOpcode.SetItems: SetItems(PopMarked()); break;

            case PickleOpcode.Put: Remember(_source.ParseInteger(_source.ReadLine()) is long and >= 0 and <= uint.MaxValue and var index ? (uint)index : throw _source.Bad("numbers its memory wrongly")); break;
            case PickleOpcode.BinPut: Remember(_source.ReadByte()); break;
            case PickleOpcode.LongBinPut: Remember(_source.ReadUInt32()); break;
            case PickleOpcode.Memoize: Remember((uint)_memo.Count); break;
            case PickleOpcode.Get: Recall(_source.ParseInteger(_source.ReadLine()) is long and >= 0 and <= uint.MaxValue and var place ? (uint)place : throw _source.Bad("numbers its memory wrongly")); break;
            case PickleOpcode.BinGet: Recall(_source.ReadByte()); break;
            case PickleOpcode.LongBinGet: Recall(_source.ReadUInt32()); break;

            default: StepNamed(opcode); break;
        }
    }

    private void StepNamed(PickleOpcode opcode)
    {
        switch (opcode)
        {
            case PickleOpcode.Global when _source.ReadLine() is var module: Push(_words.Find(module, _source.ReadLine(), _source)); break;
            case PickleOpcode.StackGlobal when PopLast(2) is var pair:
                Push(pair is [string from, string name] ? _words.Find(from, name, _source) : throw _source.Bad("names something without a name"));
                break;
            case PickleOpcode.Inst when _source.ReadLine() is var module: Push(_words.Make(_words.Find(module, _source.ReadLine(), _source), PopMarked(), _source)); break;
            case PickleOpcode.Obj when PopMarked() is var given: Push(Make(given.FirstOrDefault(), given.Skip(1).ToArray())); break;
            case PickleOpcode.Reduce or PickleOpcode.NewObj when PopLast(2) is var call: Push(Make(call[0], call[1])); break;
            case PickleOpcode.NewObjEx when PopLast(3) is var call: Push(Make(call[0], call[1])); break;
            case PickleOpcode.BinPersistent when _words.KnowsStorages: Push(_words.Storage(Pop(), _source)); break;
            case PickleOpcode.Build when Pop() is var state: Build(state); break;
            default: throw _source.Bad($"uses instruction 0x{(byte)opcode:X2}, which is unknown or points outside the file");
        }
    }

    private object? Make(object? callee, object? arguments)
        => callee is PickleNames.Known known && arguments is IReadOnlyList<object?> list ? _words.Make(known, list, _source) : throw _source.Bad("calls something that is no name");

    private void Build(object? state)
    {
        object? target = Pop(), built = PickleNames.Build(target, state, _source);
        Push(built);
        if (target is not PickleNames.EmptyArray empty) return;
        foreach (uint index in empty.MemoIndices) _memo[index] = built;
    }

    private void Extend(object?[] items)
    {
        if (Top() is not List<object?> list) throw _source.Bad("appends to something that is no list");
        list.AddRange(items);
    }

    private void SetItems(object?[] items)
    {
        if (Top() is not Dictionary<string, object?> dictionary || items.Length % 2 != 0) throw _source.Bad("sets items of something that is no dictionary");
        for (int i = 0; i < items.Length; i += 2) dictionary[PickleNames.Key(items[i], _source)] = items[i + 1];
    }

    private void Remember(uint index)
    {
        _memo[index] = Top();
        if (Top() is PickleNames.EmptyArray array) array.MemoIndices.Add(index);
    }

    private void Recall(uint index) => Push(_memo.TryGetValue(index, out object? value) ? value : throw _source.Bad("recalls what it did not remember"));

    private void Push(object? value) => _stack.Add(value);

    private object? Top() => _stack.Count > Floor ? _stack[^1] : throw _source.Bad("takes more values than it gave");

    private object? Pop() => PopLast(1)[0];

    private object?[] PopLast(int count)
    {
        if (_stack.Count - count < Floor) throw _source.Bad("takes more values than it gave");
        object?[] items = [.. _stack[^count..]];
        _stack.RemoveRange(_stack.Count - count, count);
        return items;
    }

    private object?[] PopMarked()
    {
        if (_marks.Count == 0) throw _source.Bad("takes more values than it gave");
        int count = _stack.Count - _marks[^1];
        _marks.RemoveAt(_marks.Count - 1);
        return PopLast(count);
    }

    private int Floor => _marks.Count == 0 ? 0 : _marks[^1];
}

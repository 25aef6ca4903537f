namespace Impersonator.Files;

/// <summary>The names that a kind of pickle may use, and what they stand for. These are the plain ones; a kind of file may know others.</summary>
internal class PickleVocabulary
{
    /// <summary>Numbers, texts, lists, dictionaries, numpy arrays.</summary>
    public static PickleVocabulary Plain { get; } = new();

    /// <summary>What to do about a broken file.</summary>
    public virtual string Remedy => "the file is damaged or no pickle of numbers, save its values as .npz instead";

    /// <summary>What is read at all, and what to do with a file of something else.</summary>
    public virtual string Kept => "Only numbers, texts, lists, dictionaries and numpy arrays are read; save them as .npz if you trust the file";

    /// <summary>Whether a pickle may point to blocks of numbers beside it.</summary>
    public virtual bool KnowsStorages => false;

    /// <summary>Accepts a name or refuses it.</summary>
    public virtual PickleNames.Known Find(string module, string name, PickleSource source) => PickleNames.Find(module, name, source);

    /// <summary>The value that calling a known name with these arguments would have made.</summary>
    public virtual object? Make(PickleNames.Known callee, IReadOnlyList<object?> arguments, PickleSource source) => PickleNames.Make(callee, arguments, source);

    /// <summary>The block of numbers that a pickle points to.</summary>
    public virtual object? Storage(object? id, PickleSource source) => throw source.Bad("points outside the file");
}

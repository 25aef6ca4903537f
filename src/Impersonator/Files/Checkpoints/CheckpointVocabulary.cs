using System.Collections.Immutable;

namespace Impersonator.Files.Checkpoints;

/// <summary>The names that a checkpoint may use: two that rebuild tensors, the classes of storages, and OrderedDict. Nothing is ever called.</summary>
/// <remarks>Sources: PyTorch, torch/_utils.py (<c>_rebuild_tensor</c>, <c>_rebuild_tensor_v2</c>) and torch/serialization.py (persistent ids).</remarks>
internal sealed class CheckpointVocabulary : PickleVocabulary
{
    private const int MaxSides = 16;
    private const string Rebuild = "torch._utils._rebuild_tensor", Rebuild2 = Rebuild + "_v2", Ordered = "collections.OrderedDict";

    /// <summary>Every storage that was named, by key.</summary>
    public Dictionary<string, CheckpointStorage> Storages { get; } = [];

    public override string Remedy => "the file is damaged or no PyTorch checkpoint, save it again with torch.save(network.state_dict(), …)";

    public override string Kept => "Only tensors and dictionaries of them are read; save the network's state_dict() alone if you trust the file";

    public override bool KnowsStorages => true;

    public override PickleNames.Known Find(string module, string name, PickleSource source)
    {
        string full = $"{module}.{name}";
        bool known = full is Rebuild or Rebuild2 or Ordered || (module is "torch" or "torch.cuda" && CheckpointElement.Of(name) is not null);
        return known ? new(full) : throw source.Refuse(full);
    }

    public override object? Make(PickleNames.Known callee, IReadOnlyList<object?> arguments, PickleSource source) => (callee.Name, arguments) switch
    {
        (Rebuild or Rebuild2, [CheckpointStorage storage, long offset, IReadOnlyList<object?> shape, IReadOnlyList<object?> strides, ..]) => Tensor(storage, offset, shape, strides, source),
        (Ordered, _) => PickleNames.Make(callee, arguments, source),
        _ => throw source.Bad($"uses {PickleSource.Shown(callee.Name)} in a way that is not known"),
    };

    public override object? Storage(object? id, PickleSource source)
    {
        // ("storage", class, key, device, count), and in old files whether it is a view of another.
        if (id is not IReadOnlyList<object?> parts || parts is not ["storage", PickleNames.Known type, string key, string, long count, ..]
            || CheckpointElement.Of(type.Name[(type.Name.LastIndexOf('.') + 1)..]) is not { } element)
            throw source.Bad("points to something that is no storage");
        if (parts.Count > 5 && parts[5] is not null) throw source.Bad($"its storage {PickleSource.Shown(key)} is a view of another");
        if (count < 0 || count > Array.MaxLength / element.Bytes) throw source.Bad($"claims {count} numbers in storage {PickleSource.Shown(key)}");
        if (!Storages.TryGetValue(key, out CheckpointStorage? storage)) return Storages[key] = new(key, element, count);
        return storage.Element == element && storage.Count == count ? storage : throw source.Bad($"names storage {PickleSource.Shown(key)} twice, differently");
    }

    private static CheckpointTensor Tensor(CheckpointStorage storage, long offset, IReadOnlyList<object?> sides, IReadOnlyList<object?> steps, PickleSource source)
    {
        if (sides.Count != steps.Count || sides.Count > MaxSides) throw source.Bad("holds a tensor whose sides and strides do not fit each other");
        source.Charge(16L * sides.Count);
        var shape = ImmutableArray.CreateBuilder<int>(sides.Count);
        var strides = ImmutableArray.CreateBuilder<long>(sides.Count);
        long last = offset, count = 1;
        for (int d = 0; d < sides.Count; d++)
        {
            if (sides[d] is not (long and >= 0 and <= int.MaxValue and var side) || steps[d] is not (long and >= 0 and <= int.MaxValue and var step))
                throw source.Bad("holds a tensor with a side or stride that is no count");
            shape.Add((int)side);
            strides.Add(step);
            last += Math.Max(0, side - 1) * step;
            if ((count *= Math.Max(1, side)) > Array.MaxLength) throw Outside();
        }
        // A tensor without numbers reaches nowhere.
        bool inside = offset >= 0 && (shape.Contains(0) || (last >= 0 && last < storage.Count));
        return inside ? new(storage, offset, shape.MoveToImmutable(), strides.MoveToImmutable()) : throw Outside();

        Exception Outside() => source.Bad($"holds a tensor that reaches beyond its storage of {storage.Count} numbers");
    }
}

namespace Impersonator.Files.Checkpoints;

/// <summary>A block of numbers that tensors look into.</summary>
/// <param name="key">Its name in the file.</param>
/// <param name="element">Type of its numbers.</param>
/// <param name="count">How many.</param>
internal sealed class CheckpointStorage(string key, CheckpointElement element, long count)
{
    public string Key => key;

    public CheckpointElement Element => element;

    public long Count => count;

    /// <summary>Bytes it fills; checked when it was named.</summary>
    public long ByteCount => count * element.Bytes;

    /// <summary>The numbers, once they were read.</summary>
    public byte[] Bytes { get; set; } = [];
}

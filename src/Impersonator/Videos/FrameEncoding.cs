using Impersonator.Imaging;

namespace Impersonator.Videos;

/// <summary>Encodes frames on all cores and hands their bytes on in order.</summary>
/// <remarks>At most a few frames wait, so a slow disk or encoder slows the caller instead of filling memory.</remarks>
internal sealed class FrameEncoding(int frameBytes, Func<byte[], byte[]> encode, Action<byte[]> take)
{
    private static readonly int MostWaiting = Environment.ProcessorCount + 1;
    private readonly Queue<Task<byte[]>> _waiting = new();

    /// <summary>Copies a frame and begins to encode it.</summary>
    public void Add(Frame frame)
    {
        while (_waiting.Count >= MostWaiting) TakeFirst();
        byte[] copy = frame.Rgba.AsSpan(0, frameBytes).ToArray();
        _waiting.Enqueue(Task.Run(() => encode(copy)));
    }

    /// <summary>Hands on everything that waits.</summary>
    public void Finish()
    {
        while (_waiting.Count > 0) TakeFirst();
    }

    /// <summary>Waits for what runs and throws it away.</summary>
    public void Abandon()
    {
        foreach (Task<byte[]> task in _waiting) ((IAsyncResult)task).AsyncWaitHandle.WaitOne();
        _waiting.Clear();
    }

    private void TakeFirst() => take(_waiting.Dequeue().GetAwaiter().GetResult());
}

using Impersonator.Imaging;

namespace Impersonator.Synthesis;

/// <summary>Renders frames on all cores and hands them out in order, a few ahead of the one who takes them.</summary>
internal static class OrderedFrames
{
    /// <summary>Frames 0 … count − 1, each made by one call on some thread.</summary>
    /// <param name="count">How many.</param>
    /// <param name="render">Makes a frame; called from several threads, once per index.</param>
    /// <param name="ahead">Most frames in the making or waiting at a time; bounds the memory.</param>
    /// <param name="cancellationToken">Stops after the frames in the making.</param>
    public static IEnumerable<Frame> Render(int count, Func<int, Frame> render, int ahead, CancellationToken cancellationToken)
    {
        var waiting = new Queue<Task<Frame>>();
        int next = 0;
        try
        {
            while (next < count || waiting.Count > 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
                while (next < count && waiting.Count < ahead)
                {
                    int index = next++;
                    waiting.Enqueue(Task.Run(() => render(index), cancellationToken));
                }
                yield return waiting.Dequeue().GetAwaiter().GetResult();
            }
        }
        finally
        {
            // A taker that stops early must not leave threads behind that still draw.
            foreach (Task<Frame> task in waiting) ((IAsyncResult)task).AsyncWaitHandle.WaitOne();
        }
    }
}

namespace Impersonator.Files;

/// <summary>A stream whose failures name the target and say what to do.</summary>
internal sealed class OutputStream(Stream inner, string path) : Stream
{
    public override bool CanRead => inner.CanRead;

    public override bool CanSeek => inner.CanSeek;

    public override bool CanWrite => inner.CanWrite;

    public override long Length => inner.Length;

    public override long Position { get => inner.Position; set => Seek(value, SeekOrigin.Begin); }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        try
        {
            inner.Write(buffer);
        }
        catch (IOException cause)
        {
            throw OutputException.For(path, cause);
        }
    }

    public override void Flush()
    {
        try
        {
            inner.Flush();
        }
        catch (IOException cause)
        {
            throw OutputException.For(path, cause);
        }
    }

    // Seeking writes what is buffered, so it can meet a full disk too.
    public override long Seek(long offset, SeekOrigin origin)
    {
        try
        {
            return inner.Seek(offset, origin);
        }
        catch (IOException cause)
        {
            throw OutputException.For(path, cause);
        }
    }

    public override int Read(byte[] buffer, int offset, int count) => inner.Read(buffer, offset, count);

    public override void SetLength(long value) => inner.SetLength(value);

    protected override void Dispose(bool disposing)
    {
        if (!disposing) return;
        try
        {
            inner.Dispose();
        }
        catch (IOException cause)
        {
            throw OutputException.For(path, cause);
        }
    }
}

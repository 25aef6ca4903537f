using System.Buffers.Binary;
using System.Text;
using Impersonator.Files;
using Impersonator.Imaging;

namespace Impersonator.Videos;

/// <summary>Animated GIF (GIF89a): a palette of 256 colours for each frame, ordered dither, for ever in a loop.</summary>
/// <remarks>
/// GIF counts hundredths of a second, and viewers slow down anything shorter than two of them: above 50 frames a second
/// some frames are left out, so that the whole still takes its time.
/// </remarks>
internal sealed class GifWriter : VideoWriter
{
    private const int TicksPerSecond = 100, LeastDelay = 2;
    private readonly OutputFile _file;
    private readonly FrameEncoding _encoding;
    private readonly FrameTimes _times;
    private readonly Queue<long> _begins = new();
    private long? _lastBegin;
    private (byte[] Picture, long Begin)? _waiting;

    public GifWriter(string path, int width, int height, double frameRate) : base(width, height, frameRate)
    {
        if (Math.Max(width, height) > ushort.MaxValue) throw new OutputException($"{width}×{height} does not fit into GIF, at most 65535 a side; make it smaller.");
        _times = new FrameTimes(frameRate, TicksPerSecond);
        _encoding = new FrameEncoding(checked(width * height * 4), rgba => Encode(PictureEncoder.OverWhite(rgba)), Mux);
        _file = OutputFile.Create(path);
        WriteBegin();
    }

    private protected override void WriteFrame(Frame frame)
    {
        long begin = _times.At(FrameCount);
        if (begin - _lastBegin < LeastDelay) return;
        _lastBegin = begin;
        _begins.Enqueue(begin);
        _encoding.Add(frame);
    }

    private protected override void WriteEnd()
    {
        _encoding.Finish();
        WriteWaiting(_times.At(FrameCount));
        _file.Stream.WriteByte(0x3B);
        _file.Complete();
    }

    private protected override void Close()
    {
        _encoding.Abandon();
        _file.Dispose();
    }

    private void WriteBegin()
    {
        Span<byte> size = stackalloc byte[4];
        BinaryPrimitives.WriteUInt16LittleEndian(size, (ushort)Width);
        BinaryPrimitives.WriteUInt16LittleEndian(size[2..], (ushort)Height);
        _file.Stream.Write("GIF89a"u8);
        _file.Stream.Write(size);
        _file.Stream.Write([0x70, 0, 0]); // 8 bits a channel, no common palette
        _file.Stream.Write([0x21, 0xFF, 11, .. "NETSCAPE2.0"u8, 3, 1, 0, 0, 0]); // for ever
        byte[] comment = Encoding.ASCII.GetBytes(SyntheticMark.Comment);
        _file.Stream.Write([0x21, 0xFE, (byte)comment.Length, .. comment, 0]);
    }

    // Bayer's 8×8 matrix hides the steps between colours and, unlike error diffusion, does not crawl from frame to frame.
    private byte[] Encode(byte[] rgba)
    {
        var palette = new GifPalette(rgba);
        float strength = palette.IsExact ? 0 : 8; // about the distance between neighbours among 256 colours of a photo
        var indices = new byte[Width * Height];
        for (int y = 0, i = 0; y < Height; y++)
            for (int x = 0; x < Width; x++, i++)
            {
                int shift = (int)MathF.Round((Bayer(x, y) - 0.5f) * strength);
                indices[i] = palette.Nearest(Shifted(rgba[i * 4], shift), Shifted(rgba[(i * 4) + 1], shift), Shifted(rgba[(i * 4) + 2], shift));
            }

        using var picture = new MemoryStream();
        Span<byte> size = stackalloc byte[4];
        BinaryPrimitives.WriteUInt16LittleEndian(size, (ushort)Width);
        BinaryPrimitives.WriteUInt16LittleEndian(size[2..], (ushort)Height);
        picture.Write([0x2C, 0, 0, 0, 0, .. size, 0x87]); // at (0, 0), with 256 colours of its own
        picture.Write(palette.Rgb);
        GifLzw.Write(picture, indices);
        return picture.ToArray();
    }

    private static int Shifted(int value, int shift) => Math.Clamp(value + shift, 0, 255);

    private static float Bayer(int x, int y)
    {
        int value = 0;
        for (int bit = 0; bit < 3; bit++) value = (value << 2) | ((((x ^ y) >> bit) & 1) << 1) | ((y >> bit) & 1);
        return (value + 0.5f) / 64;
    }

    private void Mux(byte[] picture)
    {
        long begin = _begins.Dequeue();
        WriteWaiting(begin);
        _waiting = (picture, begin);
    }

    private void WriteWaiting(long end)
    {
        if (_waiting is not { } frame) return;
        Span<byte> delay = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16LittleEndian(delay, (ushort)Math.Clamp(end - frame.Begin, LeastDelay, ushort.MaxValue));
        _file.Stream.Write([0x21, 0xF9, 4, 0x04, .. delay, 0, 0]); // keep this frame under the next one
        _file.Stream.Write(frame.Picture);
        _waiting = null;
    }
}

using Impersonator.Files;
using Impersonator.Imaging;

namespace Impersonator.Videos;

/// <summary>Animated WebP: still pictures from the encoder, each in a frame part of its own, for ever in a loop.</summary>
/// <remarks>WebP container specification, "Animation": ANIM holds backdrop and loop count, ANMF place, duration and picture.</remarks>
internal sealed class AnimatedWebPWriter : VideoWriter
{
    private const int FrameHeader = 16;
    private const byte NoBlending = 0x02; // a frame replaces what was there, transparent or not
    private readonly OutputFile _file;
    private readonly WebpChunkWriter _chunks;
    private readonly FrameEncoding _encoding;
    private readonly FrameTimes _times;
    private bool _alpha;
    private int _muxed;

    public AnimatedWebPWriter(string path, int width, int height, double frameRate, VideoOptions options) : base(width, height, frameRate)
    {
        PictureEncoder.ThrowIfTooLong(width, height, PictureFormat.Webp);
        _times = new FrameTimes(frameRate, 1000);
        _encoding = new FrameEncoding(checked(width * height * 4), rgba => PictureEncoder.Webp(rgba, width, height, options.Quality), Mux);
        _file = OutputFile.Create(path);
        _chunks = new WebpChunkWriter(_file.Stream, width, height);
        _chunks.Write("ANIM"u8, [0, 0, 0, 0, 0, 0]);
    }

    private protected override void WriteFrame(Frame frame) => _encoding.Add(frame);

    private protected override void WriteEnd()
    {
        _encoding.Finish();
        _chunks.Complete(_alpha, animated: true);
        _file.Complete();
    }

    private protected override void Close()
    {
        _encoding.Abandon();
        _file.Dispose();
    }

    private void Mux(byte[] webp)
    {
        WebpPicture picture = WebpPicture.In(webp);
        _alpha |= picture.HasAlpha;
        ReadOnlySpan<byte> parts = webp.AsSpan(picture.Parts);
        var body = new byte[FrameHeader + parts.Length];
        WebpChunkWriter.WriteInt24(body.AsSpan(6), Width - 1);
        WebpChunkWriter.WriteInt24(body.AsSpan(9), Height - 1);
        WebpChunkWriter.WriteInt24(body.AsSpan(12), _times.Of(_muxed++));
        body[15] = NoBlending;
        parts.CopyTo(body.AsSpan(FrameHeader));
        _chunks.Write("ANMF"u8, body);
    }
}

using System.Buffers.Binary;
using Impersonator.Files;
using Impersonator.Imaging;

namespace Impersonator.Videos;

/// <summary>WebM without a video encoder: every frame is a VP8 key frame, cut out of a lossy WebP picture.</summary>
/// <remarks>
/// A lossy WebP picture holds exactly one VP8 key frame (RFC 6386), so a container around many of them is a video that every
/// browser plays, at the cost of size: about 4 times an encoder that predicts between frames. Container: Matroska, RFC 9559,
/// within WebM's subset. Layout: EBML, Segment { SeekHead, Info, Tracks, Tags, Cluster…, Cues }; sizes, duration and the
/// place of Cues are filled in at the end.
/// </remarks>
internal sealed class WebMWriter : VideoWriter
{
    private const int TicksPerSecond = 1000, ClusterTicks = 1000, ClusterBytes = 4 << 20;
    private readonly OutputFile _file;
    private readonly FrameEncoding _encoding;
    private readonly FrameTimes _times;
    private readonly List<(long Time, long Place)> _cues = [];
    private readonly Ebml _cluster = new();
    private long _segmentBegin, _cuesPlaceAt, _durationAt, _clusterTime;
    private int _muxed;

    public WebMWriter(string path, int width, int height, double frameRate, VideoOptions options) : base(width, height, frameRate)
    {
        PictureEncoder.ThrowIfTooLong(width, height, PictureFormat.Webp);
        _times = new FrameTimes(frameRate, TicksPerSecond);
        _encoding = new FrameEncoding(checked(width * height * 4), rgba => PictureEncoder.Webp(PictureEncoder.OverWhite(rgba), width, height, options.Quality), Mux);
        _file = OutputFile.Create(path);
        WriteBegin();
    }

    private protected override void WriteFrame(Frame frame) => _encoding.Add(frame);

    private protected override void WriteEnd()
    {
        _encoding.Finish();
        FlushCluster();
        long cuesPlace = _file.Stream.Position - _segmentBegin;
        _file.Stream.Write(Cues().Bytes);

        long end = _file.Stream.Position;
        Overwrite(_segmentBegin - 8, (end - _segmentBegin) | (1L << 56));
        Overwrite(_cuesPlaceAt, cuesPlace);
        Overwrite(_durationAt, BitConverter.DoubleToInt64Bits(_times.At(_muxed)));
        _file.Complete();
    }

    private protected override void Close()
    {
        _encoding.Abandon();
        _file.Dispose();
    }

    private void WriteBegin()
    {
        var head = new Ebml();
        head.Write(MatroskaId.DocType, "webm");
        head.Write(MatroskaId.DocTypeVersion, 4);
        head.Write(MatroskaId.DocTypeReadVersion, 2);
        var file = new Ebml();
        file.Write(MatroskaId.Ebml, head);
        file.WriteHead(MatroskaId.Segment, 0);
        _segmentBegin = file.Length;

        // The offsets of what is filled in later are the last 8 bytes of what has just been written.
        Ebml info = Info(), tracks = Tracks(), tags = Tags();
        long seekHeadLength = SeekHead(0, 0, 0, 0).Length;
        long infoPlace = seekHeadLength, tracksPlace = infoPlace + info.Length, tagsPlace = tracksPlace + tracks.Length;
        file.WriteRaw(SeekHead(infoPlace, tracksPlace, tagsPlace, 0).Bytes);
        _cuesPlaceAt = file.Length - 8;
        file.WriteRaw(info.Bytes);
        _durationAt = file.Length - 8;
        file.WriteRaw(tracks.Bytes);
        file.WriteRaw(tags.Bytes);
        _file.Stream.Write(file.Bytes);
    }

    private static Ebml SeekHead(long infoPlace, long tracksPlace, long tagsPlace, long cuesPlace)
    {
        var seeks = new Ebml();
        foreach ((uint id, long place) in (ReadOnlySpan<(uint, long)>)[(MatroskaId.Info, infoPlace), (MatroskaId.Tracks, tracksPlace), (MatroskaId.Tags, tagsPlace), (MatroskaId.Cues, cuesPlace)])
        {
            var seek = new Ebml();
            seek.Write(MatroskaId.SeekId, id);
            seek.WriteFixed(MatroskaId.SeekPosition, (ulong)place);
            seeks.Write(MatroskaId.Seek, seek);
        }
        var seekHead = new Ebml();
        seekHead.Write(MatroskaId.SeekHead, seeks);
        return seekHead;
    }

    private static Ebml Info()
    {
        var content = new Ebml();
        content.Write(MatroskaId.TimestampScale, 1_000_000_000UL / TicksPerSecond);
        content.Write(MatroskaId.MuxingApp, "Impersonator");
        content.Write(MatroskaId.WritingApp, "Impersonator");
        content.Write(MatroskaId.Duration, 0.0);
        var info = new Ebml();
        info.Write(MatroskaId.Info, content);
        return info;
    }

    private Ebml Tracks()
    {
        const ulong VideoTrack = 1, Bt601 = 6, StudioRange = 1, SrgbCurve = 13, Bt709Primaries = 1;
        var colour = new Ebml();
        colour.Write(MatroskaId.MatrixCoefficients, Bt601);
        colour.Write(MatroskaId.Range, StudioRange);
        colour.Write(MatroskaId.TransferCharacteristics, SrgbCurve);
        colour.Write(MatroskaId.Primaries, Bt709Primaries);
        var video = new Ebml();
        video.Write(MatroskaId.PixelWidth, (ulong)Width);
        video.Write(MatroskaId.PixelHeight, (ulong)Height);
        video.Write(MatroskaId.Colour, colour);
        var entry = new Ebml();
        entry.Write(MatroskaId.TrackNumber, 1);
        entry.Write(MatroskaId.TrackUid, 1);
        entry.Write(MatroskaId.TrackType, VideoTrack);
        entry.Write(MatroskaId.FlagLacing, 0);
        entry.Write(MatroskaId.DefaultDuration, (ulong)Math.Round(1e9 / FrameRate));
        entry.Write(MatroskaId.CodecId, "V_VP8");
        entry.Write(MatroskaId.Video, video);
        var entries = new Ebml();
        entries.Write(MatroskaId.TrackEntry, entry);
        var tracks = new Ebml();
        tracks.Write(MatroskaId.Tracks, entries);
        return tracks;
    }

    private static Ebml Tags()
    {
        var tag = new Ebml();
        tag.Write(MatroskaId.Targets, default(ReadOnlySpan<byte>));
        var simple = new Ebml();
        simple.Write(MatroskaId.TagName, "COMMENT");
        simple.Write(MatroskaId.TagString, SyntheticMark.Comment);
        tag.Write(MatroskaId.SimpleTag, simple);
        var content = new Ebml();
        content.Write(MatroskaId.Tag, tag);
        var tags = new Ebml();
        tags.Write(MatroskaId.Tags, content);
        return tags;
    }

    private Ebml Cues()
    {
        var points = new Ebml();
        foreach ((long time, long place) in _cues)
        {
            var positions = new Ebml();
            positions.Write(MatroskaId.CueTrack, 1);
            positions.Write(MatroskaId.CueClusterPosition, (ulong)place);
            var point = new Ebml();
            point.Write(MatroskaId.CueTime, (ulong)time);
            point.Write(MatroskaId.CueTrackPositions, positions);
            points.Write(MatroskaId.CuePoint, point);
        }
        var cues = new Ebml();
        cues.Write(MatroskaId.Cues, points);
        return cues;
    }

    private void Mux(byte[] webp)
    {
        ReadOnlySpan<byte> keyFrame = webp.AsSpan(WebpPicture.In(webp).KeyFrame);
        long time = _times.At(_muxed++);
        if (_cluster.Length > 0 && (time - _clusterTime >= ClusterTicks || _cluster.Length >= ClusterBytes)) FlushCluster();
        if (_cluster.Length == 0)
        {
            _clusterTime = time;
            _cluster.Write(MatroskaId.Timestamp, (ulong)time);
        }
        const byte TrackOne = 0x81, KeyFrame = 0x80;
        Span<byte> block = [TrackOne, 0, 0, KeyFrame];
        BinaryPrimitives.WriteInt16BigEndian(block[1..], (short)(time - _clusterTime));
        _cluster.WriteHead(MatroskaId.SimpleBlock, block.Length + keyFrame.Length);
        _cluster.WriteRaw(block);
        _cluster.WriteRaw(keyFrame);
    }

    private void FlushCluster()
    {
        if (_cluster.Length == 0) return;
        _cues.Add((_clusterTime, _file.Stream.Position - _segmentBegin));
        var head = new Ebml();
        head.WriteHead(MatroskaId.Cluster, _cluster.Length);
        _file.Stream.Write(head.Bytes);
        _file.Stream.Write(_cluster.Bytes);
        _cluster.Clear();
    }

    private void Overwrite(long place, long value)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(bytes, value);
        _file.Stream.Position = place;
        _file.Stream.Write(bytes);
    }
}

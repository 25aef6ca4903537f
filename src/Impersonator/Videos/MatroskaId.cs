namespace Impersonator.Videos;

/// <summary>Identifiers of the elements we write: RFC 8794 (EBML) and RFC 9559 (Matroska), with their length bits.</summary>
internal static class MatroskaId
{
    public const uint Ebml = 0x1A45DFA3, DocType = 0x4282, DocTypeVersion = 0x4287, DocTypeReadVersion = 0x4285;
    public const uint Segment = 0x18538067;
    public const uint SeekHead = 0x114D9B74, Seek = 0x4DBB, SeekId = 0x53AB, SeekPosition = 0x53AC;
    public const uint Info = 0x1549A966, TimestampScale = 0x2AD7B1, Duration = 0x4489, MuxingApp = 0x4D80, WritingApp = 0x5741;
    public const uint Tracks = 0x1654AE6B, TrackEntry = 0xAE, TrackNumber = 0xD7, TrackUid = 0x73C5, TrackType = 0x83;
    public const uint FlagLacing = 0x9C, DefaultDuration = 0x23E383, CodecId = 0x86;
    public const uint Video = 0xE0, PixelWidth = 0xB0, PixelHeight = 0xBA;
    public const uint Colour = 0x55B0, MatrixCoefficients = 0x55B1, Range = 0x55B9, TransferCharacteristics = 0x55BA, Primaries = 0x55BB;
    public const uint Tags = 0x1254C367, Tag = 0x7373, Targets = 0x63C0, SimpleTag = 0x67C8, TagName = 0x45A3, TagString = 0x4487;
    public const uint Cluster = 0x1F43B675, Timestamp = 0xE7, SimpleBlock = 0xA3;
    public const uint Cues = 0x1C53BB6B, CuePoint = 0xBB, CueTime = 0xB3, CueTrackPositions = 0xB7, CueTrack = 0xF7, CueClusterPosition = 0xF1;
}

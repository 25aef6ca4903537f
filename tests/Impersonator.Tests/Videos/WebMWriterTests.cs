using System.Buffers.Binary;
using Impersonator.Imaging;
using Impersonator.Tests.Imaging;
using Impersonator.Videos;
using SkiaSharp;

namespace Impersonator.Tests.Videos;

public class WebMWriterTests
{
    // 40 frames at 12 f/s: 3.33 s, more than three clusters, times that are no whole milliseconds.
    private const int Frames = 40;

    [Fact]
    public void Write_MakesACompleteWebM()
    {
        List<EbmlWalker.Element> top = EbmlWalker.Walk(Film());
        Assert.Equal([MatroskaId.Ebml, MatroskaId.Segment], top.Select(e => e.Id));
        Assert.Equal("webm", top[0][MatroskaId.DocType].Text);

        EbmlWalker.Element segment = top[1];
        Assert.Equal(Math.Round(Frames * 1000 / 12.0), segment[MatroskaId.Info][MatroskaId.Duration].Double);
        EbmlWalker.Element track = segment[MatroskaId.Tracks][MatroskaId.TrackEntry];
        Assert.Equal("V_VP8", track[MatroskaId.CodecId].Text);
        Assert.Equal((50ul, 38ul), (track[MatroskaId.Video][MatroskaId.PixelWidth].Number, track[MatroskaId.Video][MatroskaId.PixelHeight].Number));
        Assert.Contains(SyntheticMark.DigitalSourceType, segment[MatroskaId.Tags][MatroskaId.Tag][MatroskaId.SimpleTag][MatroskaId.TagString].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_SeekHeadAndCues_PointAtWhatTheySay()
    {
        EbmlWalker.Element segment = EbmlWalker.Walk(Film())[1];
        Dictionary<int, EbmlWalker.Element> byPlace = segment.Children.ToDictionary(child => child.Begin);
        foreach (EbmlWalker.Element seek in segment[MatroskaId.SeekHead].Children)
            Assert.Equal(seek[MatroskaId.SeekId].Number, byPlace[(int)seek[MatroskaId.SeekPosition].Number].Id);

        List<EbmlWalker.Element> cues = segment[MatroskaId.Cues].Children;
        Assert.Equal(segment.Children.Count(child => child.Id == MatroskaId.Cluster), cues.Count);
        foreach (EbmlWalker.Element cue in cues)
        {
            EbmlWalker.Element cluster = byPlace[(int)cue[MatroskaId.CueTrackPositions][MatroskaId.CueClusterPosition].Number];
            Assert.Equal(MatroskaId.Cluster, cluster.Id);
            Assert.Equal(cue[MatroskaId.CueTime].Number, cluster[MatroskaId.Timestamp].Number);
        }
    }

    [Fact]
    public void Write_EveryBlock_IsAKeyFrameAtItsTimeWithItsPicture()
    {
        var times = new List<long>();
        foreach (EbmlWalker.Element cluster in EbmlWalker.Walk(Film())[1].Children.Where(child => child.Id == MatroskaId.Cluster))
            foreach (EbmlWalker.Element block in cluster.Children.Where(child => child.Id == MatroskaId.SimpleBlock))
            {
                Assert.Equal((0x81, 0x80), (block.Content[0], block.Content[3]));
                byte[] vp8 = block.Content[4..];
                Assert.Equal(0, vp8[0] & 1); // RFC 6386 §9.1: key frame
                Assert.Equal([0x9D, 0x01, 0x2A, 50, 0, 38, 0], vp8[3..10]);
                float time = times.Count;
                times.Add((long)cluster[MatroskaId.Timestamp].Number + BinaryPrimitives.ReadInt16BigEndian(block.Content.AsSpan(1)));

                // Back into a still picture: the frame decodes and is the one of its time.
                using SKBitmap picture = SKBitmap.Decode([.. "RIFF"u8, .. Little(vp8.Length + 12 + (vp8.Length & 1)), .. "WEBPVP8 "u8, .. Little(vp8.Length), .. vp8, .. new byte[vp8.Length & 1]], new SKImageInfo(50, 38, SKColorType.Rgba8888, SKAlphaType.Unpremul));
                var frame = new Frame(50, 38);
                picture.GetPixelSpan().CopyTo(frame.Rgba);
                Assert.True(Pictures.Difference(Pictures.Smooth(50, 38, time), frame) < 5);
            }
        Assert.Equal(Enumerable.Range(0, Frames).Select(i => (long)Math.Round(i * 1000 / 12.0, MidpointRounding.AwayFromZero)), times);
    }

    [Fact]
    public void Write_Twice_IsTheSameFileByteForByte() => Assert.Equal(Film(), Film());

    private static byte[] Film()
    {
        using var folder = new TemporaryFolder();
        using (VideoWriter writer = VideoWriter.Create(folder["film.webm"], 50, 38, 12))
        {
            for (int i = 0; i < Frames; i++) writer.Write(Pictures.Smooth(50, 38, i));
            writer.Complete();
        }
        return File.ReadAllBytes(folder["film.webm"]);
    }

    private static byte[] Little(int value) => BitConverter.GetBytes(value);
}

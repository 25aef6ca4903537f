using System.Numerics;
using System.Text;
using Impersonator.Bodies;
using Impersonator.Motions;

namespace Impersonator.Tests.Motions;

public class BvhReaderTests
{
    private const string Small = """
        HIERARCHY
        ROOT hip
        {
          OFFSET 0 0 0
          CHANNELS 6 Xposition Yposition Zposition Zrotation Xrotation Yrotation
          JOINT knee of it
          {
            OFFSET 0 -2 0
            CHANNELS 3 Xrotation Yrotation Zrotation
            End Site
            {
              OFFSET 0 -2 0
            }
          }
        }
        MOTION
        Frames: 2
        Frame Time: 0.05
        1 2 3 0 0 90 90 0 0
        0 0 0 30 20 10 0 0 0
        """;

    [Fact]
    public void Read_OrdersThatChangeWithinAFile_AreFollowed()
    {
        SkeletonClip clip = Read(Small);
        Assert.Equal(20, clip.FramesPerSecond, 1e-4f);
        Assert.Equal("knee of it", clip.JointNames[1]);
        Assert.Equal(new Vector3(1, 2, 3), clip.Frames[0][0].Place);
        Assert.True(Vector3.Distance(new Vector3(1, 0, 3), clip.Frames[0][1].Place) < 1e-5f);
        // The hip's quarter turn about Y carries the knee's about X onto −Z.
        Vector3 down = Vector3.Transform(-Vector3.UnitY, clip.Frames[0][1].Turn);
        Assert.True(Vector3.Distance(-Vector3.UnitX, down) < 1e-5f, $"{down}");
        Quaternion expected = Quaternion.CreateFromAxisAngle(Vector3.UnitZ, MathF.PI / 6) * Quaternion.CreateFromAxisAngle(Vector3.UnitX, MathF.PI / 9) * Quaternion.CreateFromAxisAngle(Vector3.UnitY, MathF.PI / 18);
        Assert.True(MathF.Abs(Quaternion.Dot(expected, clip.Frames[1][0].Turn)) > 0.99999f);
    }

    [Fact]
    public void Read_TabsAndCarriageReturns_ChangeNothing()
    {
        SkeletonClip clip = Read(Small.Replace("\r", "").Replace("\n", "\r\n").Replace("  ", "\t").Replace("1 2 3 0", " 1\t2  3 0"));
        Assert.Equal(Read(Small).Frames[0][1].Place, clip.Frames[0][1].Place);
    }

    [Theory]
    [InlineData("1 2 3 0 0 90 90 0 0", "1 2 3 0 0 90 90 0", 19, "8 values for 9 channels")]
    [InlineData("1 2 3 0 0 90 90 0 0", "1 2 NaN 0 0 90 90 0 0", 19, "NaN")]
    [InlineData("1 2 3 0 0 90 90 0 0", "1 2 1e99 0 0 90 90 0 0", 19, "1e99")]
    [InlineData("Frames: 2", "Frames: 3", 20, "cut short")]
    [InlineData("Frames: 2", "Frames: 2000000", 17, "limit")]
    [InlineData("Frames: 2", "Frames: 0", 17, "0 frames")]
    [InlineData("Frame Time: 0.05", "Frame Time: -1", 18, "frame time")]
    [InlineData("MOTION", "", 16, "MOTION")]
    [InlineData("HIERARCHY", "%PDF-1.4", 1, "HIERARCHY")]
    [InlineData("CHANNELS 3 Xrotation", "CHANNELS 3 Wrotation", 9, "Wrotation")]
    [InlineData("CHANNELS 3", "CHANNELS 99999999", 9, "99999999 channels")]
    [InlineData("OFFSET 0 -2 0\n    CHANNELS", "OFFSET 0 -2\n    CHANNELS", 9, "CHANNELS")]
    public void Read_Damaged_NamesLineAndRemedy(string good, string bad, int line, string expected)
    {
        string text = Small.Replace("\r", "");
        Assert.Contains(good, text);
        int at = text.IndexOf(good, StringComparison.Ordinal);
        var error = Assert.Throws<BvhFormatException>(() => Read(text[..at] + bad + text[(at + good.Length)..]));
        Assert.Contains(expected, error.Message);
        Assert.DoesNotContain('\n', error.Message);
        Assert.InRange(error.Line, line - 1, line + 1);
    }

    [Fact]
    public void Read_WithoutMotion_SaysThatItIsASkeletonOnly()
    {
        string text = Small[..Small.IndexOf("MOTION", StringComparison.Ordinal)];
        Assert.Contains("skeleton only", Assert.Throws<BvhFormatException>(() => Read(text)).Message);
    }

    [Fact]
    public void Read_MillionJoints_StopsAtTheLimit()
    {
        var text = new StringBuilder("HIERARCHY\nROOT a\n{\nOFFSET 0 0 0\n");
        for (int k = 0; k < 1_000_000; k++) text.Append("JOINT b\n{\nOFFSET 0 1 0\n}\n");
        var error = Assert.Throws<BvhFormatException>(() => Read(text.ToString()));
        Assert.Contains("more than 4096 joints", error.Message);
    }

    [Fact]
    public void Read_DeeplyNested_StopsAtTheLimit()
    {
        var text = new StringBuilder("HIERARCHY\nROOT a\n{\nOFFSET 0 0 0\n");
        for (int k = 0; k < 3000; k++) text.Append("JOINT b\n{\nOFFSET 0 1 0\n");
        Assert.Contains("deep", Assert.Throws<BvhFormatException>(() => Read(text.ToString())).Message);
    }

    [Fact]
    public void Read_TruncatedAnywhere_OnlyThrowsBvhFormatException()
    {
        using var whole = new MemoryStream();
        BvhWriter.Write(whole, TestMotions.Swinging().Cut(0, 0.1f), BodyModel.Default.Create(Shape.Average));
        byte[] bytes = whole.ToArray();
        int refused = 0;
        for (int length = 0; length < bytes.Length - 50; length += 50)
        {
            try
            {
                BvhReader.Read(new MemoryStream(bytes, 0, length), "cut.bvh");
            }
            catch (BvhFormatException)
            {
                refused++;
            }
        }
        Assert.Equal((bytes.Length - 51) / 50 + 1, refused);
    }

    [Fact]
    public void Read_BytesOfChance_OnlyThrowsBvhFormatException()
    {
        byte[] good = Encoding.UTF8.GetBytes(Small);
        var random = new Random(11);
        for (int k = 0; k < 2000; k++)
        {
            byte[] bytes = [.. good];
            for (int n = random.Next(1, 6); n > 0; n--) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            try
            {
                BvhReader.Read(new MemoryStream(bytes), "chance.bvh");
            }
            catch (BvhFormatException)
            {
            }
        }
    }

    private static SkeletonClip Read(string text) => BvhReader.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), "small.bvh");
}

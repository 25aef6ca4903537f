using System.Numerics;
using Impersonator.Files;
using Impersonator.Motions;

namespace Impersonator.Tests.Motions;

public class AcclaimReaderTests
{
    /// <summary>Two bones: an upper one that hangs down and whose own axes are turned a quarter about z, a lower one that goes on.</summary>
    private const string Skeleton = """
        # made by hand
        :version 1.10
        :units
          length 0.45
          angle deg
        :root
          order TX TY TZ RX RY RZ
          axis XYZ
          position 0 0 0
          orientation 0 0 0
        :bonedata
          begin
            id 1
            name upper
            direction 0 -1 0
            length 2
            axis 0 0 90 XYZ
            dof rx ry rz
            limits (-180 180)
                   (-180 180)
                   (-180 180)
          end
          begin
            id 2
            name lower
            direction 0 -1 0
            length 3
            axis 0 0 0 XYZ
            dof rx
          end
        :hierarchy
          begin
            root upper
            upper lower
          end
        """;

    private const string Movement = """
        #!OML:ASF
        :FULLY-SPECIFIED
        :DEGREES
        1
        root 1 2 3 0 0 0
        upper 0 0 0
        lower 0
        2
        root 1 2 3 0 90 0
        upper 90 0 0
        lower 30
        """;

    [Fact]
    public void Read_BoneAxes_TurnTheMotion()
    {
        SkeletonClip clip = Read(Skeleton, Movement);
        Assert.Equal(["root", "upper", "lower"], clip.JointNames);
        Assert.Equal(new Vector3(1, 2, 3), clip.Frames[0][1].Place);
        Assert.True(Vector3.Distance(new Vector3(1, 0, 3), clip.Frames[0][2].Place) < 1e-5f);
        // About its own x, which is the world's y: the upper bone twists but hangs on.
        Assert.True(Vector3.Distance(new Vector3(1, 0, 3), clip.Frames[1][2].Place) < 1e-5f, $"{clip.Frames[1][2].Place}");
        Quaternion expected = Quaternion.CreateFromAxisAngle(Vector3.UnitY, MathF.PI) * Quaternion.CreateFromAxisAngle(Vector3.UnitX, MathF.PI / 6);
        Assert.True(MathF.Abs(Quaternion.Dot(expected, clip.Frames[1][2].Turn)) > 0.99999f, $"{clip.Frames[1][2].Turn}");
    }

    [Fact]
    public void Read_Radians_AreFollowed()
        => Assert.True(Quaternion.Dot(Read(Skeleton, Movement).Frames[1][0].Turn, Read(Skeleton, Movement.Replace(":DEGREES", ":RADIANS").Replace("0 90 0", "0 1.5707963 0").Replace("upper 90", "upper 1.5707963").Replace("lower 30", "lower 0.5235988")).Frames[1][0].Turn) > 0.99999f);

    [Theory]
    [InlineData("lower 0\n", "lower 0 1\n", 7, "2 values for the 1 degrees of freedom")]
    [InlineData("lower 0\n", "tail 0\n", 7, "no bone \"tail\"")]
    [InlineData("upper 0 0 0\n", "upper 0 NaN 0\n", 6, "NaN")]
    [InlineData("1\nroot", "root", 4, "a frame's number")]
    [InlineData("root 1 2 3 0 0 0\n", "root 1 2 3 0\n", 5, "cut short")]
    public void Read_DamagedMotion_NamesLineAndRemedy(string good, string bad, int line, string expected)
    {
        string text = Movement.Replace("\r", "");
        Assert.Contains(good, text);
        int at = text.IndexOf(good, StringComparison.Ordinal);
        var error = Assert.Throws<AcclaimFormatException>(() => Read(Skeleton, text[..at] + bad + text[(at + good.Length)..]));
        Assert.Contains(expected, error.Message);
        Assert.DoesNotContain('\n', error.Message);
        Assert.Equal(line, error.Line);
    }

    [Theory]
    [InlineData("upper lower", "upper upper", "two parents")]
    [InlineData("upper lower", "", "does not hang on the root")]
    [InlineData("name lower", "name upper", "second bone")]
    [InlineData("length 3", "length long", "\"long\"")]
    [InlineData("dof rx\n", "dof wx\n", "\"wx\"")]
    [InlineData(":bonedata", ":bones", "no :bonedata")]
    public void Read_DamagedSkeleton_SaysWhatIsWrong(string good, string bad, string expected)
    {
        string text = Skeleton.Replace("\r", "");
        Assert.Contains(good, text);
        Assert.Contains(expected, Assert.Throws<AcclaimFormatException>(() => Read(text.Replace(good, bad), Movement)).Message);
    }

    [Fact]
    public void Read_FromAFolder_FindsTheSkeletonByItsName()
    {
        using var folder = new TemporaryFolder();
        string motion = folder["11_01.amc"];
        File.WriteAllText(motion, Movement);
        string missing = Assert.Throws<InputException>(() => AcclaimReader.Read(motion)).Message;
        Assert.Contains("no .asf file", missing);
        Assert.DoesNotContain('\n', missing);
        File.WriteAllText(folder["11.asf"], Skeleton);
        File.WriteAllText(folder["12.asf"], "another's");
        Assert.Equal(2, AcclaimReader.Read(motion).Frames.Length);
        File.Move(folder["11.asf"], folder["13.asf"]);
        Assert.Contains("none of its name", Assert.Throws<InputException>(() => AcclaimReader.Read(motion)).Message);
    }

    private static SkeletonClip Read(string skeleton, string motion)
        => AcclaimReader.Read(AcclaimSkeleton.Read(new StringReader(skeleton), "a.asf", InputLimits.Default), new StringReader(motion), "a.amc", InputLimits.Default);
}

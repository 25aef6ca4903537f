using System.Buffers.Binary;
using Impersonator.Imaging;
using Impersonator.Training.Curves;

namespace Impersonator.Tests.Training;

public sealed class TrainingCurveTests
{
    [Fact]
    public void Write_Rows_GivesNamesAndValuesAndLeavesUnknownOnesEmpty()
    {
        using var folder = new TemporaryFolder();
        var curve = new TrainingCurve(["seconds", "loss", "pck"]);
        curve.Add(10, 2.5, double.NaN);
        curve.Add(20, 1.25, 0.75);
        string path = Path.Combine(folder.Path, "curve.csv");
        curve.Write(path);
        Assert.Equal("seconds,loss,pck\n10,2.5,\n20,1.25,0.75\n", File.ReadAllText(path));
    }

    [Fact]
    public void Add_WrongLength_IsTheCallersBug()
        => Assert.Throws<ArgumentException>(() => new TrainingCurve(["seconds", "loss"]).Add(1));

    [Fact]
    public void Draw_FallingFigure_RunsFromTopLeftToBottomRight()
    {
        var curve = new TrainingCurve(["seconds", "loss"]);
        for (int i = 0; i <= 10; i++) curve.Add(i, 10 - i);
        Frame frame = CurvePlot.Draw(curve);
        (int, int)[] red = [.. Enumerable.Range(0, frame.Width * frame.Height).Where(i => frame.Rgba[4 * i] == 200 && frame.Rgba[(4 * i) + 1] == 60).Select(i => (i % frame.Width, i / frame.Width)).Where(p => p.Item2 > 24)];
        Assert.True(red.MinBy(p => p.Item1).Item2 < frame.Height / 3);
        Assert.True(red.MaxBy(p => p.Item1).Item2 > frame.Height / 2);
    }

    [Fact]
    public void Write_Png_IsReadByTheDecoder()
    {
        using var folder = new TemporaryFolder();
        var frame = new Frame(5, 3);
        for (int i = 0; i < frame.Rgba.Length; i++) frame.Rgba[i] = i % 4 == 3 ? (byte)255 : (byte)(i * 4);
        string path = Path.Combine(folder.Path, "a.png");
        PlainPng.Write(path, frame);
        Photo photo = PhotoReader.Read(path);
        Assert.Equal(frame.Rgba, photo.Image.ToFrame().Rgba);
        Assert.Equal(13u, BinaryPrimitives.ReadUInt32BigEndian(File.ReadAllBytes(path).AsSpan(8)));
    }
}

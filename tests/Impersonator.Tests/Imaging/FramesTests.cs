using System.Numerics;
using Impersonator.Imaging;

namespace Impersonator.Tests.Imaging;

public class FramesTests
{
    [Fact]
    public void ToImageToFrame_OpaqueBytes_ComeBackExactly()
    {
        Frame frame = Pictures.Noise(67, 43, seed: 1, opaque: true);
        Assert.Equal(frame.Rgba, frame.ToImage().ToFrame().Rgba);
    }

    [Fact]
    public void ToImageToFrame_VisibleBytes_ComeBackExactly()
    {
        Frame frame = Pictures.Noise(67, 43, seed: 2, opaque: false);
        Frame back = frame.ToImage().ToFrame();
        for (int i = 0; i < frame.Rgba.Length; i += 4)
        {
            Assert.Equal(frame.Rgba[i + 3], back.Rgba[i + 3]);
            if (frame.Rgba[i + 3] > 0) Assert.Equal(frame.Rgba.AsSpan(i, 3), back.Rgba.AsSpan(i, 3));
        }
    }

    [Fact]
    public void ToImage_IsLinearAndPremultiplied()
    {
        var frame = new Frame(1, 1);
        frame.Rgba[0] = 188;
        frame.Rgba[3] = 51;
        Vector4 pixel = frame.ToImage()[0, 0];
        Assert.Equal(0.2f, pixel.W, 6);
        Assert.Equal(Srgb.ToLinear((byte)188) * 0.2f, pixel.X, 6);
    }

    [Fact]
    public void CopyTo_OtherSize_IsTheCallersBug() => Assert.Throws<ArgumentException>(() => new Image(2, 2).CopyTo(new Frame(2, 3)));
}

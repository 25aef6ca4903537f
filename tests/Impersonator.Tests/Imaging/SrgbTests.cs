using Impersonator.Imaging;

namespace Impersonator.Tests.Imaging;

public class SrgbTests
{
    [Fact]
    public void ToByte_OfEveryByte_IsThatByte()
    {
        for (int b = 0; b < 256; b++) Assert.Equal(b, Srgb.ToByte(Srgb.ToLinear((byte)b)));
    }

    // The table against the formula on a grid far finer than its buckets. Exactly between two bytes either is right.
    [Fact]
    public void ToByte_Everywhere_IsTheFormulaRounded()
    {
        for (int i = 0; i <= 2_000_000; i++)
        {
            float linear = i / 2_000_000f;
            double value = Srgb.FromLinear(linear) * 255;
            if (Math.Abs(value - Math.Floor(value) - 0.5) < 1e-4) continue;
            int expected = (int)Math.Round(value);
            if (Srgb.ToByte(linear) != expected) Assert.Fail($"{linear}: {Srgb.ToByte(linear)}, not {expected}");
        }
    }

    [Theory]
    [InlineData(float.NaN, 0)]
    [InlineData(-1f, 0)]
    [InlineData(float.NegativeInfinity, 0)]
    [InlineData(2f, 255)]
    [InlineData(float.PositiveInfinity, 255)]
    [InlineData(0.99999994f, 255)]
    public void ToByte_OutsideItsRange_Clamps(float linear, int expected) => Assert.Equal(expected, Srgb.ToByte(linear));

    [Theory]
    [InlineData(0, 0.0)]
    [InlineData(255, 1.0)]
    [InlineData(188, 0.5029)] // IEC 61966-2-1 by hand
    [InlineData(10, 0.003035)]
    public void ToLinear_KnownAnswers(int value, double expected) => Assert.Equal(expected, Srgb.ToLinear((byte)value), 4);
}

using System.Numerics;
using Impersonator.Bodies;
using Impersonator.Networks;
using Impersonator.Recovery;

namespace Impersonator.Tests.Recovery;

public sealed class HeatPeaksTests
{
    private const int Grid = 16;
    private static readonly Vector2 Here = new(4.5f, 8.5f), There = new(12.5f, 8.5f);

    private static float[] Heat(Keypoint keypoint, float here, float there, float[]? heat = null)
    {
        heat ??= new float[PersonNet.KeypointCount * Grid * Grid];
        int at = (int)keypoint * Grid * Grid;
        (heat[at + (8 * Grid) + 4], heat[at + (8 * Grid) + 12]) = (here, there);
        return heat;
    }

    [Fact]
    public void Highest_TwoHills_IsTheMeanOfTheHigherAndItsShare()
    {
        var heat = new float[Grid * Grid];
        (heat[(3 * Grid) + 4], heat[(3 * Grid) + 5], heat[(12 * Grid) + 12]) = (0.3f, 0.3f, 0.4f);
        (Vector2 place, float share) = HeatPeaks.Highest(heat, Grid);
        Assert.Equal(5, place.X, 1e-4f);
        Assert.Equal(3.5f, place.Y, 1e-4f);
        Assert.Equal(0.6f, share, 1e-4f);
    }

    [Theory]
    [InlineData(0.55f, 0.8f, true, false)] // The less sure one gives way.
    [InlineData(0.8f, 0.55f, false, true)]
    [InlineData(0.95f, 0.9f, false, false)] // Both surely in one place, as from the side.
    public void Of_BothAnklesOnOneHill_LessSureOneTakesItsOther(float left, float right, bool leftMoves, bool rightMoves)
    {
        float[] heat = Heat(Keypoint.RightAnkle, right, 1 - right, Heat(Keypoint.LeftAnkle, left, 1 - left));
        (Vector2 Place, float Share)[] peaks = HeatPeaks.Of(heat, Grid);
        Assert.Equal(leftMoves ? There : Here, peaks[(int)Keypoint.LeftAnkle].Place);
        Assert.Equal(rightMoves ? There : Here, peaks[(int)Keypoint.RightAnkle].Place);
    }

    [Fact]
    public void Of_HipsOnOneHill_Stay()
    {
        float[] heat = Heat(Keypoint.RightHip, 0.55f, 0.45f, Heat(Keypoint.LeftHip, 0.55f, 0.45f));
        (Vector2 Place, float Share)[] peaks = HeatPeaks.Of(heat, Grid);
        Assert.Equal(Here, peaks[(int)Keypoint.LeftHip].Place);
        Assert.Equal(Here, peaks[(int)Keypoint.RightHip].Place);
    }
}

using System.Numerics;
using Impersonator.Bodies;
using Impersonator.Networks;
using Impersonator.Recovery;
using Impersonator.Training.Synthesis;

namespace Impersonator.Tests.Recovery;

public sealed class LimbSidesTests
{
    private const int Size = 256, Side = 8;

    /// <summary>What a perfect network would say of somebody who stands, facing the camera or away from it.</summary>
    private static PersonLook Standing(long seed)
    {
        var sample = new Sample(Size);
        new NakedPainter().Paint(seed, sample);
        var random = new Random(3);
        float[] Map(int channels) => [.. Enumerable.Range(0, channels * Side * Side).Select(_ => random.NextSingle())];
        return new PersonLook(new PhotoWindow(0, 0, Size),
            [.. Enumerable.Range(0, PersonNet.KeypointCount).Select(k => new LookedKeypoint(new Vector2(sample.Keypoints[3 * k], sample.Keypoints[(3 * k) + 1]), 1, 1, 1))],
            new PersonMaps(2 * Side, new float[4 * Side * Side], Side, Map(PersonNet.PartCount), Map(3), Map(1)));
    }

    private static double Cost(Keypoints seen) => BodyFit.Fit(BodyModel.Default, seen, Size, Size, cancellationToken: TestContext.Current.CancellationToken).Cost;

    [Theory]
    [InlineData(22)]
    [InlineData(16)]
    public void Checked_LegsOrArmsTakenForEachOther_AreGivenBack(long seed)
    {
        PersonLook look = Standing(seed);
        Assert.False(LimbSides.IsDoubtful(look));
        foreach (PersonLook wrong in new[] { LimbSides.WithLegsExchanged(look), LimbSides.WithArmsExchanged(look) })
        {
            Assert.NotEqual(look.Keypoints, wrong.Keypoints);
            Assert.Equal(look.Keypoints, LimbSides.Checked(wrong, Cost).Keypoints);
        }
    }

    [Fact]
    public void Checked_LookWithoutDoubt_IsNotFitted()
    {
        PersonLook look = Standing(3);
        Assert.Same(look, LimbSides.Checked(look, _ => throw new InvalidOperationException("No fit is needed.")));
    }

    [Fact]
    public void Checked_NoOtherWayIsCheaperByFar_Stays()
    {
        PersonLook doubtful = LimbSides.WithLegsExchanged(Standing(16));
        int fits = 0;
        Assert.Same(doubtful, LimbSides.Checked(doubtful, _ => fits++ == 0 ? 100 : 95));
        Assert.Equal(3, fits);
    }

    [Fact]
    public void WithLegsExchanged_Twice_IsTheSameLook()
    {
        PersonLook look = Standing(16), twice = LimbSides.WithLegsExchanged(LimbSides.WithLegsExchanged(look));
        Assert.Equal(look.Keypoints, twice.Keypoints);
        Assert.Equal(look.Maps.Parts, twice.Maps.Parts);
        Assert.Equal(look.Maps.Surface, twice.Maps.Surface, (a, b) => MathF.Abs(a - b) < 1e-6f);
        Assert.Equal(look.Keypoints[(int)Keypoint.LeftWrist], LimbSides.WithLegsExchanged(look).Keypoints[(int)Keypoint.LeftWrist]);
    }
}

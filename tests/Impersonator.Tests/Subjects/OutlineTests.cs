using System.Numerics;
using Impersonator.Imaging;
using Impersonator.Subjects;

namespace Impersonator.Tests.Subjects;

public sealed class OutlineTests
{
    private static Matte Disc(float radius, float hole = 0)
    {
        var matte = new Matte(100, 80);
        for (int y = 0; y < 80; y++)
            for (int x = 0; x < 100; x++)
                matte[x, y] = Vector2.Distance(new Vector2(x, y), new Vector2(50, 40)) is float r && r <= radius && r >= hole ? 1 : 0;
        return matte;
    }

    [Fact]
    public void Distance_OfAFigureToItself_IsZero() => Assert.Equal(0, Outline.Distance(Outline.Of(Disc(20)), Outline.Of(Disc(20))));

    [Fact]
    public void Distance_OfTwoDiscs_IsTheDifferenceOfTheirRadii() => Assert.Equal(5, Outline.Distance(Outline.Of(Disc(20)), Outline.Of(Disc(25))), 0.3f);

    [Fact]
    public void Of_AHole_CountsOnlyWhenAsked()
    {
        Assert.Equal(0, Outline.Distance(Outline.Of(Disc(20, hole: 8)), Outline.Of(Disc(20))));
        Assert.InRange(Outline.Distance(Outline.Of(Disc(20, hole: 8), holes: true), Outline.Of(Disc(20))), 1, 12);
    }

    [Fact]
    public void Of_AFigureCutOffByThePicture_HasNoOutlineThere()
    {
        var matte = new Matte(40, 40);
        for (int y = 0; y < 40; y++)
            for (int x = 0; x < 20; x++) matte[x, y] = 1;
        Outline outline = Outline.Of(matte);
        Assert.All(Enumerable.Range(0, 1600).Where(i => outline.Mask[i]), i => Assert.Equal(19, i % 40));
    }

    [Fact]
    public void Distance_ToNobody_IsNoNumber() => Assert.True(float.IsNaN(Outline.Distance(Outline.Of(Disc(20)), Outline.Of(new Matte(100, 80)))));
}

using Impersonator.Bodies;
using Impersonator.Imaging;
using Impersonator.Motions;
using Impersonator.Rendering;

namespace Impersonator.Tests.Rendering;

public class MotionSheetTests
{
    private static readonly Body Performer = BodyModel.Default.Create(Shape.Average);

    [Fact]
    public void Draw_TwoSides_HasOneRowEachAndAFigureInEveryCell()
    {
        const int Cell = 40;
        Frame sheet = MotionSheet.Draw(MotionLibrary.Create("wave"), Performer, 3, Cell, Cell, 0, MathF.PI / 2);
        Assert.Equal((3 * Cell, 2 * Cell), (sheet.Width, sheet.Height));
        for (int row = 0; row < 2; row++)
            for (int column = 0; column < 3; column++)
            {
                // The pelvis is in the middle, the corner above it is wall.
                int chest = 4 * ((((row * Cell) + (Cell / 2)) * sheet.Width) + (column * Cell) + (Cell / 2)), corner = 4 * ((row * Cell * sheet.Width) + (column * Cell));
                Assert.True(sheet.Rgba[chest] < sheet.Rgba[corner] - 10, $"row {row}, column {column}");
            }
    }

    [Fact]
    public void Draw_OnePose_IsRefused()
        => Assert.Throws<ArgumentOutOfRangeException>(() => MotionSheet.Draw(MotionLibrary.Create("wave"), Performer, 1, 40, 40, 0));
}

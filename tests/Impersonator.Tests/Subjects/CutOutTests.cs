using System.Numerics;
using Impersonator.Imaging;
using Impersonator.Recovery;
using Impersonator.Tests.Synthesis;

namespace Impersonator.Tests.Subjects;

public class CutOutTests
{
    [Fact]
    public void CutOut_PhotoWithAlpha_KeepsThePersonAndNothingElse()
    {
        var image = new Image(120, 160);
        for (int y = 30; y < 130; y++)
            for (int x = 40; x < 80; x++) image[x, y] = new Vector4(0.5f, 0.2f, 0.1f, 1);
        Person person = NakedSubject.Create().Person.Scaled(120, 160);
        Image cut = Studio.Open().CutOut(new Photo("cut", image, HasAlpha: true), person);
        Assert.Equal((120, 160), (cut.Width, cut.Height));
        Assert.Equal(Vector4.Zero, cut[10, 80]);
        Assert.True(Vector4.Distance(new Vector4(0.5f, 0.2f, 0.1f, 1), cut[60, 80]) < 0.01f, $"{cut[60, 80]}");
    }
}

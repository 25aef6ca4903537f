using Impersonator.Files;
using Impersonator.Training.Synthesis;

namespace Impersonator.Tests.Training;

public sealed class PeoplePackTests
{
    [Fact]
    public void Load_SavedPack_PaintsTheSame()
    {
        using var file = new MemoryStream();
        ProceduralPack.Unprepared().Save(file, quality: 1);
        file.Position = 0;
        (Sample a, Sample b) = (new Sample(64), new Sample(64));
        // Coefficients are halves in the file: compare two loads with each other, and both with the drawn pack's counts.
        PeoplePack pack = PeoplePack.Load(file, "people.pack"), drawn = PeoplePack.CreateProcedural();
        file.Position = 0;
        new PersonPainter(pack).Paint(3, a);
        new PersonPainter(PeoplePack.Load(file, "people.pack")).Paint(3, b);
        Assert.Equal(a.Rgb, b.Rgb);
        Assert.Equal((drawn.PoseCount, drawn.Traits.Length, drawn.Backdrops.Count), (pack.PoseCount, pack.Traits.Length, pack.Backdrops.Count));
    }

    [Theory]
    [InlineData(8, "version")]
    [InlineData(0, "not a pack")]
    public void Load_OtherVersionOrFile_RefusedInOneLine(int changed, string says)
    {
        using var file = new MemoryStream();
        ProceduralPack.Unprepared().Save(file, quality: 1);
        byte[] bytes = file.ToArray();
        bytes[changed]++;
        InputException refused = Assert.Throws<InputException>(() => PeoplePack.Load(new MemoryStream(bytes), "people.pack"));
        Assert.Contains(says, refused.Message);
        Assert.DoesNotContain('\n', refused.Message);
    }

    [Fact]
    public void Load_CutOffPack_RefusedInOneLine()
    {
        using var file = new MemoryStream();
        ProceduralPack.Unprepared().Save(file, quality: 1);
        foreach (int length in (int[])[0, 5, 12, 100, (int)file.Length / 2, (int)file.Length - 10])
        {
            InputException refused = Assert.Throws<InputException>(() => PeoplePack.Load(new MemoryStream(file.ToArray()[..length]), "people.pack"));
            Assert.DoesNotContain('\n', refused.Message);
        }
    }

    [Fact]
    public void PictureCodec_SmoothPicture_ComesBackNearly()
    {
        const int Width = 37, Height = 21;
        var rgb = new byte[Width * Height * 3];
        for (int i = 0; i < Width * Height; i++)
            (rgb[3 * i], rgb[(3 * i) + 1], rgb[(3 * i) + 2]) = ((byte)(40 + (i % Width * 4)), (byte)(200 - (i / Width * 5)), 90);
        uint[] back = PictureCodec.Decode(PictureCodec.Encode(rgb, Width, Height, 85), Width, Height);
        for (int i = 0; i < Width * Height; i++)
            for (int c = 0; c < 3; c++) Assert.InRange((int)((back[i] >> (8 * c)) & 255) - rgb[(3 * i) + c], -9, 9);
    }
}

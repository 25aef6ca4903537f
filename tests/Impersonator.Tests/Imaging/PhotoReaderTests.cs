using System.Buffers.Binary;
using System.Numerics;
using System.Text;
using Impersonator.Imaging;
using SkiaSharp;

namespace Impersonator.Tests.Imaging;

public class PhotoReaderTests
{
    // EXIF 2.32, tag Orientation: which side of the upright scene the stored first row and first column are.
    [Theory]
    [InlineData(1, "top", "left")]
    [InlineData(2, "top", "right")]
    [InlineData(3, "bottom", "right")]
    [InlineData(4, "bottom", "left")]
    [InlineData(5, "left", "top")]
    [InlineData(6, "right", "top")]
    [InlineData(7, "right", "bottom")]
    [InlineData(8, "left", "bottom")]
    public void Read_Orientation_BringsRowAndColumnWhereTheyBelong(int orientation, string firstRow, string firstColumn)
    {
        // Stored: the first row is red, the first column green, the rest grey.
        var frame = new Frame(96, 64);
        for (int y = 0; y < 64; y++)
            for (int x = 0; x < 96; x++)
            {
                (byte r, byte g, byte b) = y < 16 && x >= 16 ? ((byte)255, (byte)0, (byte)0) : x < 16 && y >= 16 ? ((byte)0, (byte)255, (byte)0) : ((byte)128, (byte)128, (byte)128);
                new[] { r, g, b, (byte)255 }.CopyTo(frame.Rgba, ((y * 96) + x) * 4);
            }
        Image upright = Read(Jpeg.WithExif(frame, new Jpeg.Exif(Orientation: orientation))).Image;

        Assert.Equal(orientation < 5 ? (96, 64) : (64, 96), (upright.Width, upright.Height));
        Vector4 row = Middle(upright, firstRow), column = Middle(upright, firstColumn);
        Assert.True(row.X > 0.8f && row.Y < 0.2f, $"first row at the {firstRow}: {row}");
        Assert.True(column.Y > 0.8f && column.X < 0.2f, $"first column at the {firstColumn}: {column}");
    }

    [Fact]
    public void Upright_IsOneToOneForEveryOrientation()
    {
        foreach (Orientation orientation in Enum.GetValues<Orientation>())
        {
            var places = new HashSet<(int, int)>();
            for (int y = 0; y < 3; y++)
                for (int x = 0; x < 5; x++) places.Add(orientation.Upright(x, y, 5, 3));
            Assert.Equal(15, places.Count);
            (int width, int height) = orientation.SwapsSides() ? (3, 5) : (5, 3);
            Assert.All(places, place => Assert.True(place.Item1 >= 0 && place.Item1 < width && place.Item2 >= 0 && place.Item2 < height));
        }
    }

    [Fact]
    public void Read_FilmFocalLength_IsInPixelsByTheDiagonal()
    {
        // 50 mm on film, 300×400 pixels: diagonal 500 pixels, 43.27 mm.
        Photo photo = Read(Jpeg.WithExif(Pictures.Smooth(300, 400), new Jpeg.Exif(FilmFocalLength: 50)));
        Assert.Equal(50 / 43.2666f * 500, photo.FocalLength!.Value, 0.1f);
    }

    [Fact]
    public void Read_SensorFocalLength_FollowsThePictureMadeSmaller()
    {
        // 10 mm, 400 pixels a millimetre, 4000 pixels stored, 200 now: 10 · 400 / 20.
        Photo photo = Read(Jpeg.WithExif(Pictures.Smooth(200, 150), new Jpeg.Exif(FocalLength: 10, PixelsPerMillimetre: 400, StoredWidth: 4000, StoredHeight: 3000)));
        Assert.Equal(200, photo.FocalLength!.Value, 0.1f);
    }

    [Fact]
    public void Read_WithoutOrWithBrokenExif_HasNoFocalLength()
    {
        Assert.Null(Read(Jpeg.WithExif(Pictures.Smooth(20, 20), new Jpeg.Exif())).FocalLength);
        byte[] broken = Jpeg.WithExif(Pictures.Smooth(20, 20), new Jpeg.Exif(FilmFocalLength: 50));
        broken.AsSpan(12, 40).Fill(0xEE);
        Assert.Null(Read(broken).FocalLength);
    }

    [Fact]
    public void Read_SixteenBit_KeepsMoreThanEight()
    {
        var pixels = new ushort[256 * 4];
        for (int x = 0; x < 256; x++) (pixels[x * 4], pixels[(x * 4) + 3]) = ((ushort)(32768 + (x * 16)), ushort.MaxValue);
        using var data = SKData.CreateCopy(System.Runtime.InteropServices.MemoryMarshal.AsBytes<ushort>(pixels).ToArray());
        using SKImage deep = SKImage.FromPixels(new SKImageInfo(256, 1, SKColorType.Rgba16161616, SKAlphaType.Unpremul), data, 256 * 8);
        using SKData png = deep.Encode(SKEncodedImageFormat.Png, 100);
        Image image = Read(png.ToArray()).Image;
        Assert.True(image.Pixels.Select(p => p.X).Distinct().Count() > 100); // 8 bits would give 17
        Assert.Equal(Srgb.ToLinear(32768 / 65535f), image[0, 0].X, 3);
    }

    [Fact]
    public void Read_HugePngHeader_IsRefusedBeforeDecoding()
    {
        long before = GC.GetTotalAllocatedBytes();
        PhotoException error = Refused(HugePng());
        Assert.Contains("30000×30000", error.Message, StringComparison.Ordinal);
        Assert.True(GC.GetTotalAllocatedBytes() - before < 10 << 20);
    }

    [Theory]
    [InlineData("this is a text, not a picture")]
    [InlineData("")]
    [InlineData("GIF89a")]
    public void Read_NotAPicture_IsOneLine(string text) => Refused(Encoding.ASCII.GetBytes(text));

    [Theory]
    [InlineData(".png")]
    [InlineData(".jpg")]
    [InlineData(".webp")]
    public void Read_CutOff_IsOneLine(string ending)
    {
        using var folder = new TemporaryFolder();
        ImageWriter.Write(folder["a" + ending], Pictures.Noise(90, 90, seed: 4, opaque: true));
        byte[] whole = File.ReadAllBytes(folder["a" + ending]);
        foreach (double part in (double[])[0.001, 0.1, 0.5, 0.9]) Refused(whole[..(int)(whole.Length * part)]);
    }

    [Fact]
    public void Read_RandomDamage_ThrowsNothingElse()
    {
        using var folder = new TemporaryFolder();
        var random = new Random(5);
        foreach (string name in (string[])["a.png", "a.jpg", "a.webp"])
        {
            ImageWriter.Write(folder[name], Pictures.Noise(24, 24, seed: 5, opaque: true));
            byte[] whole = File.ReadAllBytes(folder[name]);
            for (int i = 0; i < 100; i++)
            {
                byte[] damaged = [.. whole];
                for (int k = 0; k < 6; k++) damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
                try
                {
                    Read(damaged);
                }
                catch (PhotoException)
                {
                    // The only thing that may escape.
                }
            }
        }
    }

    [Fact]
    public void Read_LargeFile_IsRefusedBeforeReading()
    {
        using var folder = new TemporaryFolder();
        using (FileStream file = File.Create(folder["a.jpg"])) file.SetLength(65L << 20);
        Assert.Contains("64 MiB", Assert.Throws<PhotoException>(() => PhotoReader.Read(folder["a.jpg"])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_MissingFileOrFolder_IsOneLine()
    {
        using var folder = new TemporaryFolder();
        Assert.Contains("does not exist", Assert.Throws<PhotoException>(() => PhotoReader.Read(folder["no.jpg"])).Message, StringComparison.Ordinal);
        Assert.Contains("is a folder", Assert.Throws<PhotoException>(() => PhotoReader.Read(folder.Path)).Message, StringComparison.Ordinal);
    }

    private static Photo Read(byte[] bytes) => PhotoReader.Read(new MemoryStream(bytes), "test");

    private static PhotoException Refused(byte[] bytes)
    {
        var error = Assert.Throws<PhotoException>(() => Read(bytes));
        Assert.StartsWith("test ", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
        return error;
    }

    private static Vector4 Middle(Image image, string side) => side switch
    {
        "top" => image[image.Width / 2, 4],
        "bottom" => image[image.Width / 2, image.Height - 5],
        "left" => image[4, image.Height / 2],
        _ => image[image.Width - 5, image.Height / 2],
    };

    private static byte[] HugePng()
    {
        using var folder = new TemporaryFolder();
        ImageWriter.Write(folder["a.png"], Pictures.Smooth(2, 2), new ImageOptions { Marked = false });
        byte[] png = File.ReadAllBytes(folder["a.png"]);
        BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(16), 30000);
        BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(20), 30000);
        BinaryPrimitives.WriteUInt32BigEndian(png.AsSpan(29), PngMark.Checksum(png.AsSpan(12, 17)));
        return png;
    }
}

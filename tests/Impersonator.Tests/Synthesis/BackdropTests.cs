using System.Numerics;
using Impersonator.Imaging;
using Impersonator.Rendering;
using Impersonator.Synthesis;

namespace Impersonator.Tests.Synthesis;

public class BackdropTests
{
    private static readonly Camera Photo = Camera.Front(160, 120, 150, 4) with { Translation = new Vector3(0, 1.2f, 4) };

    /// <summary>A wall over a floor that ends 2 m behind the origin.</summary>
    private static Image Room(Func<Vector3, bool>? dot = null)
    {
        var image = new Image(Photo.Width, Photo.Height);
        for (int y = 0; y < image.Height; y++)
            for (int x = 0; x < image.Width; x++)
            {
                Vector3 ray = Vector3.Transform(new Vector3((x + 0.5f - Photo.PrincipalPoint.X) / Photo.FocalLength, (y + 0.5f - Photo.PrincipalPoint.Y) / Photo.FocalLength, 1), Quaternion.Conjugate(Photo.Rotation));
                Vector3 place = ray.Y < 0 ? Photo.Position + (ray * (Photo.Position.Y / -ray.Y)) : new Vector3(0, 0, -1e6f);
                bool floor = place.Z > -2;
                image[x, y] = floor ? dot?.Invoke(place) == true ? new Vector4(1, 0, 0, 1) : new Vector4(0.1f, 0.1f, 0.1f, 1) : new Vector4(0.6f, 0.6f, 0.6f + (0.2f * x / image.Width), 1);
            }
        return image;
    }

    [Fact]
    public void Find_FloorBeforeAWall_MeasuresItsDistance()
        => Assert.Equal(6, FloorEdge.Find(Room(), Photo, 4), 0.2f);

    [Fact]
    public void Find_NoEdge_TakesAnOpenField()
    {
        var plain = new Image(Photo.Width, Photo.Height);
        Array.Fill(plain.Pixels, Vector4.One);
        Assert.Equal(12, FloorEdge.Find(plain, Photo, 4), 0.01f);
    }

    /// <summary>A grey road up to the horizon under a white sky; something stands or lies on it.</summary>
    private static Image Road(Func<int, int, bool> dark, Vector4 colour)
    {
        var image = new Image(Photo.Width, Photo.Height);
        for (int y = 0; y < image.Height; y++)
            for (int x = 0; x < image.Width; x++) image[x, y] = dark(x, y) ? colour : y < FloorEdge.RowAt(Photo, 1e4f) ? Vector4.One : new Vector4(0.2f, 0.2f, 0.2f, 1);
        return image;
    }

    // People stand apart 5 m behind the subject: no edge goes across the picture, yet there the floor is not free any more.
    [Fact]
    public void Find_PeopleOnARoad_EndsAtTheirFeet()
        => Assert.Equal(9, FloorEdge.Find(Road((x, y) => x % 20 < 9 && y > 40 && y < FloorEdge.RowAt(Photo, 9), new Vector4(0, 0, 0, 1)), Photo, 4), 0.7f);

    // A white line across a quarter of the road is a straight edge, too.
    [Fact]
    public void Find_MarkOnARoad_IsNoEnd()
        => Assert.Equal(12, FloorEdge.Find(Road((x, y) => x < 40 && y > FloorEdge.RowAt(Photo, 6) && y < FloorEdge.RowAt(Photo, 5), Vector4.One), Photo, 4), 0.01f);

    [Fact]
    public void Draw_PhotosOwnCamera_IsTheBackground()
    {
        Image room = Room(p => MathF.Abs(p.X - 0.5f) < 0.2f);
        var frame = new Frame(room.Width, room.Height);
        new Backdrop(room, Photo, Vector3.Zero).Draw(Photo, frame);
        var expected = new byte[frame.Rgba.Length];
        Frames.ToBytes(room.Pixels, expected);
        int off = Enumerable.Range(0, expected.Length).Count(i => Math.Abs(expected[i] - frame.Rgba[i]) > 2);
        Assert.True(off < 0.01f * expected.Length, $"{off} of {expected.Length} bytes");
    }

    [Theory]
    [InlineData(20)]
    [InlineData(-50)]
    [InlineData(120)]
    public void Draw_Orbit_TurnsTheGroundUnderTheSubject(float degrees)
    {
        Vector3 spot = new(0.4f, 0, 0.3f);
        var backdrop = new Backdrop(Room(p => Vector3.Distance(p, spot) < 0.25f), Photo, Vector3.Zero);
        Camera camera = CameraPath.Orbit(Photo, Vector3.Zero, degrees * MathF.PI / 180);
        var frame = new Frame(Photo.Width, Photo.Height);
        backdrop.Draw(camera, frame);
        Vector2 pixel = camera.Project(spot);
        Span<byte> colour = frame.Rgba.AsSpan(4 * (((int)pixel.Y * frame.Width) + (int)pixel.X), 4);
        Assert.True(colour[0] > 200 && colour[1] < 60, $"{colour[0]} {colour[1]} {colour[2]} at {pixel}");
    }

    [Fact]
    public void Draw_WholeOrbit_LeavesNoPixelEmpty()
    {
        var backdrop = new Backdrop(Room(), Photo, Vector3.Zero);
        var frame = new Frame(Photo.Width, Photo.Height);
        for (int k = 0; k < 12; k++)
        {
            backdrop.Draw(CameraPath.Orbit(Photo, Vector3.Zero, k * MathF.PI / 6), frame);
            for (int i = 0; i < frame.Rgba.Length; i += 4) Assert.True(frame.Rgba[i] > 60 && frame.Rgba[i + 3] == 255, $"{frame.Rgba[i]} at {i / 4} of view {k}");
        }
    }

    [Fact]
    public void Draw_WiderBackground_IsTheSameInTheMiddle()
    {
        Image room = Room();
        Canvas wide = new Canvas(Photo, room).Widened(seed: 1);
        Assert.True(wide.Camera.Width > Photo.Width && wide.Background.Width == wide.Camera.Width);
        var frame = new Frame(room.Width, room.Height);
        new Backdrop(wide.Background, wide.Camera, Vector3.Zero).Draw(Photo, frame);
        var expected = new byte[frame.Rgba.Length];
        Frames.ToBytes(room.Pixels, expected);
        int off = Enumerable.Range(0, expected.Length).Count(i => Math.Abs(expected[i] - frame.Rgba[i]) > 2);
        Assert.True(off < 0.01f * expected.Length, $"{off} of {expected.Length} bytes");
    }
}

using System.Numerics;
using Impersonator.Files;
using Impersonator.Rendering;
using Impersonator.Synthesis;

namespace Impersonator.Tests.Synthesis;

public class CameraPathTests
{
    private static readonly Camera Photo = Camera.Front(640, 480, 600, 4) with { Translation = new Vector3(0.2f, 1, 4) };
    private static readonly Vector3 Centre = new(0.3f, 0.9f, -0.4f);

    [Theory]
    [InlineData(30)]
    [InlineData(-120)]
    [InlineData(360)]
    public void Orbit_AnyAngle_KeepsTheCentreWhereItWasInThePicture(float degrees)
    {
        Camera carried = CameraPath.Orbit(Photo, Centre, degrees * MathF.PI / 180);
        Assert.True(Vector2.Distance(Photo.Project(Centre), carried.Project(Centre)) < 0.01f);
        Assert.Equal(Vector3.Distance(Photo.Position, Centre), Vector3.Distance(carried.Position, Centre), 4);
        Assert.Equal(Photo.Position.Y, carried.Position.Y, 4);
    }

    [Fact]
    public void Orbit_QuarterTurn_MovesACameraInFrontToTheSubjectsLeft()
    {
        Camera carried = CameraPath.Orbit(Photo with { Translation = new Vector3(0, 1, 4) }, Vector3.Zero, MathF.PI / 2);
        Assert.True(carried.Position.X > 3.9f, $"camera at {carried.Position}");
    }

    [Fact]
    public void At_Follow_KeepsATravellingSubjectInPlace()
    {
        Vector3 start = new(0, 0.9f, 0), now = new(1.5f, 0.9f, 2);
        Camera camera = new CameraPath(Follow: true).At(Photo, start, now, 0.5f);
        Assert.True(Vector2.Distance(Photo.Project(start), camera.Project(now)) < 0.01f);
    }

    [Fact]
    public void At_OrbitAndFollow_KeepsATravellingSubjectInPlace()
    {
        Vector3 start = new(0, 0.9f, 0), now = new(1.5f, 0.9f, 2);
        Camera camera = new CameraPath(180, Follow: true).At(Photo, start, now, 0.25f);
        Assert.True(Vector2.Distance(Photo.Project(start), camera.Project(now)) < 0.01f);
    }

    [Theory]
    [InlineData("still", 0)]
    [InlineData("orbit:360", 360)]
    [InlineData("orbit:-45.5", -45.5f)]
    public void Parse_KnownPaths_GivesTheirAngle(string text, float degrees) => Assert.Equal(degrees, CameraPath.Parse(text).OrbitDegrees);

    [Theory]
    [InlineData("")]
    [InlineData("orbit:")]
    [InlineData("orbit:NaN")]
    [InlineData("zoom:2")]
    public void Parse_UnknownPath_SaysWhatThereIs(string text)
        => Assert.Contains("orbit:DEGREES", Assert.Throws<InputException>(() => CameraPath.Parse(text)).Message);
}

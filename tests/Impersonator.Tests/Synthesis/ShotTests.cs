using System.Numerics;
using Impersonator.Imaging;
using Impersonator.Motions;
using Impersonator.Rendering;
using Impersonator.Subjects;
using Impersonator.Synthesis;

namespace Impersonator.Tests.Synthesis;

public class ShotTests
{
    private static readonly ShotOptions Small = new() { Size = 128, FramesPerSecond = 10 };

    [Fact]
    public void Overrun_MotionWithRoomAround_IsNone()
        => Assert.False(new Shot(NakedSubject.Create(), MotionLibrary.Create("bow"), Small).Overrun.IsSeen);

    [Fact]
    public void Overrun_BackflipUnderALowEdge_NamesTheTop()
    {
        PictureOverrun overrun = new Shot(NakedSubject.Create(240), MotionLibrary.Create("backflip"), Small).Overrun;
        Assert.True(overrun.IsSeen);
        Assert.Equal("top", overrun.Edges);
        Assert.InRange(overrun.Top, 0.05f, 0.6f);
    }

    [Fact]
    public void Fit_Backflip_ShowsAllOfItAndKeepsThePhoto()
    {
        var background = new Image(200, 240);
        for (int i = 0; i < background.Pixels.Length; i++) background.Pixels[i] = new Vector4(0.2f + (0.5f * (i % 200) / 200), 0.3f, 0.4f, 1);
        Subject subject = NakedSubject.Create(240, background);
        var shot = new Shot(subject, MotionLibrary.Create("backflip"), Small with { Fit = true });
        Assert.False(shot.Overrun.IsSeen, shot.Overrun.ToString());
        Assert.True(shot.Height > shot.Width * 240f / 200 && Math.Max(shot.Width, shot.Height) == 128, $"{shot.Width}x{shot.Height}");
        // What is below the added part is the photo, only smaller; what was added goes on as the photo does.
        Frame frame = shot.Render(0);
        Assert.InRange(frame.Rgba[4 * (((frame.Height - 3) * frame.Width) + 4)], 100, 160);
        Assert.InRange(frame.Rgba[(4 * 4) + (4 * 3 * frame.Width)], 90, 180);
    }

    [Fact]
    public void Camera_WalkIntoItUnasked_GoesAlong()
    {
        var shot = new Shot(NakedSubject.Create(), MotionLibrary.Create("walk"), Small);
        Assert.True(shot.Camera.Follow);
        Assert.InRange(shot.Overrun.Most, 0, 0.05f);
    }

    [Fact]
    public void Camera_WalkIntoOneThatStandsStill_LeavesThePicture()
    {
        var shot = new Shot(NakedSubject.Create(), MotionLibrary.Create("walk"), Small with { Camera = CameraPath.Still });
        Assert.False(shot.Camera.Follow);
        Assert.InRange(shot.Overrun.Most, 0.2f, 100);
    }

    // Going along over the ground helps nobody who jumps out at the top.
    [Theory]
    [InlineData("bow", 320)]
    [InlineData("backflip", 240)]
    public void Camera_NoTravelOutOfThePicture_StandsStill(string motion, int height)
        => Assert.True(new Shot(NakedSubject.Create(height), MotionLibrary.Create(motion), Small).Camera.IsStill);

    [Fact]
    public void Fit_WalkIntoTheCamera_GoesAlong()
    {
        var shot = new Shot(NakedSubject.Create(), MotionLibrary.Create("walk"), Small with { Fit = true });
        Assert.False(shot.Overrun.IsSeen, shot.Overrun.ToString());
        // The last frame still shows the person, in its colours.
        byte[] last = shot.Render(shot.FrameCount - 1).Rgba;
        Assert.InRange(Enumerable.Range(0, last.Length / 4).Count(i => last[4 * i] > last[(4 * i) + 2] + 60), 300, last.Length / 16);
    }

    [Fact]
    public void Fit_MotionThatStaysInside_ChangesNothing()
    {
        Subject subject = NakedSubject.Create();
        Motion bow = MotionLibrary.Create("bow");
        Assert.Equal(new Shot(subject, bow, Small).Render(5).Rgba, new Shot(subject, bow, Small with { Fit = true }).Render(5).Rgba);
    }

    [Fact]
    public void Around_Canvas_KeepsThePerspective()
    {
        Subject subject = NakedSubject.Create();
        Camera photo = subject.Person.Camera;
        Canvas canvas = Canvas.Around(photo, subject.Background, new MotionExtent(new Vector2(-60, -90), new Vector2(150, 200)), 256);
        Vector3 point = new(0.4f, 1.1f, 0.3f), other = new(-0.3f, 0.2f, -0.5f);
        float scale = canvas.Camera.FocalLength / photo.FocalLength;
        Vector2 before = photo.Project(point) - photo.Project(other), after = canvas.Camera.Project(point) - canvas.Camera.Project(other);
        Assert.True(Vector2.Distance(before * scale, after) < 0.02f * before.Length(), $"{before} became {after}");
        Assert.True(canvas.Camera.Width == canvas.Background.Width && canvas.Camera.Height == canvas.Background.Height);
        // The picture's old corner lies inside; below and right nothing was added.
        Assert.True(canvas.Camera.PrincipalPoint.Y > canvas.Camera.Height / 2f);
    }
}

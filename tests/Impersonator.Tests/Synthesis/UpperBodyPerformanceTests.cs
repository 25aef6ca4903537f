using System.Numerics;
using Impersonator.Bodies;
using Impersonator.Imaging;
using Impersonator.Motions;
using Impersonator.Recovery;
using Impersonator.Subjects;
using Impersonator.Synthesis;

namespace Impersonator.Tests.Synthesis;

public class UpperBodyPerformanceTests
{
    /// <summary>The average body cut at the hips by a lower edge, in the T-pose; its keypoints end there.</summary>
    private static Subject Portrait(params Keypoint[] more)
    {
        Subject whole = NakedSubject.Create();
        Keypoint[] seen = [Keypoint.Nose, Keypoint.HeadTop, Keypoint.Neck, Keypoint.LeftShoulder, Keypoint.RightShoulder, .. more];
        var keypoints = new KeypointObservation[Keypoints.Count];
        foreach (Keypoint k in seen) keypoints[(int)k] = new KeypointObservation(new Vector2(100, 20), 1);
        var background = new Image(200, 140);
        Array.Fill(background.Pixels, new Vector4(0.3f, 0.3f, 0.3f, 1));
        return whole with { Background = background, Person = whole.Person with { Keypoints = new Keypoints([.. keypoints]), Camera = whole.Person.Camera with { Height = 140 } } };
    }

    private static IEnumerable<Pose> Performed(Subject subject, string motion)
    {
        var performance = new Performance(MotionLibrary.Create(motion), subject.Body, subject.Person.Pose);
        UpperBodyPerformance upper = UpperBodyPerformance.Of(subject.Person, subject.Body, performance.At(0))!;
        return Enumerable.Range(0, 40).Select(k => upper.At(performance.At(performance.Duration * k / 39)));
    }

    [Fact]
    public void Of_PersonSeenToTheKnees_IsNone()
    {
        Subject subject = Portrait(Keypoint.LeftHip, Keypoint.RightHip, Keypoint.LeftKnee);
        Assert.Null(UpperBodyPerformance.Of(subject.Person, subject.Body, subject.Person.Pose));
    }

    [Theory]
    [InlineData("backflip")]
    [InlineData("cartwheel")]
    [InlineData("walk")]
    [InlineData("jump")]
    public void At_AnyMotion_StaysUprightInItsPlace(string motion)
    {
        Subject subject = Portrait();
        foreach (Pose pose in Performed(subject, motion))
        {
            Assert.True(Vector3.Transform(Vector3.UnitY, pose.Rotations[0]).Y > 0.95f);
            Vector3 travel = pose.Root - subject.Person.Pose.Root;
            Assert.True(travel.Length() < 0.4f && travel.Y < 0.07f, travel.ToString());
        }
    }

    [Fact]
    public void At_KickOfOneWithoutLegs_LeavesThemWhereThePhotoHasThem()
    {
        Subject subject = Portrait();
        foreach (Pose pose in Performed(subject, "kick"))
            foreach (int joint in (ReadOnlySpan<int>)[Joint.LeftHip, Joint.RightHip, Joint.RightKnee])
                Assert.Equal(subject.Person.Pose.Rotations[joint], pose.Rotations[joint]);
    }

    [Fact]
    public void At_Wave_MovesTheArmAsTheMotionDoes()
    {
        Subject subject = Portrait();
        Motion wave = MotionLibrary.Create("wave");
        Pose at = new Performance(wave, subject.Body, subject.Person.Pose).At(wave.Duration * 20 / 39);
        Assert.Equal(at.Rotations[Joint.RightElbow], Performed(subject, "wave").ElementAt(20).Rotations[Joint.RightElbow]);
    }

    [Fact]
    public void Shot_SpinningPortrait_TurnsAllTheWayRound()
    {
        float least = Performed(Portrait(), "spin").Min(p => Vector3.Transform(Vector3.UnitZ, p.Rotations[0]).Z);
        Assert.True(least < -0.8f, $"{least}");
    }

    [Fact]
    public void Fit_Portrait_AddsNothingBelowThePhoto()
    {
        var options = new ShotOptions { Size = 128, FramesPerSecond = 4, Fit = true };
        var shot = new Shot(Portrait(), MotionLibrary.Create("squat"), options);
        Assert.True(shot.ShowsUpperBodyOnly);
        // The person's colour reaches the last row, as in the photo, in every frame.
        foreach (Frame frame in shot.RenderAll(TestContext.Current.CancellationToken))
            Assert.Contains(Enumerable.Range(0, frame.Width), x => frame.Rgba[4 * (((frame.Height - 1) * frame.Width) + x)] > frame.Rgba[(4 * (((frame.Height - 1) * frame.Width) + x)) + 2] + 60);
    }
}

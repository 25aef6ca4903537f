using System.Numerics;
using Impersonator.Bodies;
using Impersonator.Files;
using Impersonator.Motions;
using Impersonator.Recovery;
using Impersonator.Recovery.Capture;
using Impersonator.Rendering;

namespace Impersonator.Tests.Recovery;

/// <summary>Known motions of a known body, seen by a still camera as a network would see them: projected, with noise and mistakes.</summary>
public sealed class MotionCaptureTests
{
    private const int Width = 640, Height = 640;
    private const float Rate = 15;
    private static readonly BodyModel Model = BodyModel.Default;
    private static readonly Body Subject = Model.Create(new Shape([0.6f, -0.5f, 0.4f]));

    // A metre above the ground, five metres away, looking down by six degrees.
    private static readonly Camera Filmed = Still();
    private static readonly int[] Partner = [0, 1, 2, 6, 7, 8, 3, 4, 5, 12, 13, 14, 9, 10, 11, 16, 15];

    private static Camera Still()
    {
        Quaternion rotation = Quaternion.Normalize(Quaternion.CreateFromAxisAngle(Vector3.UnitX, 0.1f) * Camera.FacingMinusZ);
        return new Camera(Width, Height, 1.4f * Width, new Vector2(Width, Height) / 2, rotation, -Vector3.Transform(new Vector3(0, 1.4f, 5), rotation));
    }

    /// <summary>The first frames of a motion of the library, for the subject's body.</summary>
    private static Pose[] Performed(string name, int frames)
        => [.. MotionLibrary.Create(name).ForHipHeight(Subject.HipHeight).Resample(Rate).Poses.Take(frames)];

    private static SeenFrame See(Pose pose, Random random, float noise)
    {
        var posed = new Vector3[Subject.Mesh.VertexCount];
        Subject.Pose(pose, posed);
        (Quaternion[] turns, Vector3[] joints) = Joints(pose, Subject);
        Vector2 Noisy(Vector3 place) => Filmed.Project(place) + (noise * new Vector2(Normal(random), Normal(random)));
        KeypointObservation[] keypoints = [.. Model.Keypoints.Select(k => new KeypointObservation(
            Noisy(joints[k.Joint] + Vector3.Transform(k.Rest.Of(Subject.Mesh.RestPositions) - Subject.RestJoints[k.Joint], turns[k.Joint])), 1, noise))];
        SurfaceObservation[] surface = [.. Enumerable.Range(0, 60).Select(i => i * 199).Select(v => SurfaceObservation.OfVertex(Noisy(posed[v]), v, 3))];
        return new SeenFrame(new Keypoints([.. keypoints]), [.. surface], 1);
    }

    private static float Normal(Random random) => MathF.Sqrt(-2 * MathF.Log(1 - random.NextSingle())) * MathF.Cos(MathF.Tau * random.NextSingle());

    private static (Quaternion[] Turns, Vector3[] Places) Joints(Pose pose, Body body)
    {
        (Quaternion[] turns, Vector3[] places) = (new Quaternion[Joint.Count], new Vector3[Joint.Count]);
        Kinematics.Forward(Model.Skeleton, body.RestJoints, pose, turns, places);
        return (turns, places);
    }

    private static CapturedMotion Capture(SeenFrame?[] seen, CaptureOptions? options = null)
        => MotionCapture.Fit("clip.mp4", Model, seen, [.. seen.Select(_ => Similarity.Identity)], 0, Width, Height, Rate, options ?? new CaptureOptions(), null, default);

    /// <summary>[F] mean distance of the joints from the truth, both seen from the pelvis, metres.</summary>
    private static float[] Errors(CapturedMotion captured, Pose[] truth)
    {
        Body found = Model.Create(captured.Shape);
        return [.. truth.Select((pose, f) =>
        {
            Vector3[] theirs = Joints(pose, Subject).Places, ours = Joints(captured.Poses[f], found).Places;
            return Enumerable.Range(1, Joint.BodyCount - 1).Average(j => Vector3.Distance(theirs[j] - theirs[0], ours[j] - ours[0]));
        })];
    }

    [Fact]
    public void Fit_KnownWalk_FindsPosesAndTravelAgain()
    {
        Pose[] truth = Performed("walk", 30);
        var random = new Random(5);
        CapturedMotion captured = Capture([.. truth.Select(p => See(p, random, 1))]);
        float error = Errors(captured, truth).Average();
        float way = Vector3.Distance(truth[^1].Root, truth[0].Root), found = Vector3.Distance(captured.Poses[^1].Root, captured.Poses[0].Root);
        Assert.True(error < 0.07f, $"mean joint error {1000 * error:F0} mm");
        Assert.True(MathF.Abs(found - way) < 0.12f * way, $"went {found:F2} m of {way:F2} m");
        Assert.Equal(30, captured.Motion.FrameCount);
        Assert.Equal(Rate, captured.Motion.FramesPerSecond);
        Assert.Null(captured.Warning);
    }

    [Fact]
    public void Fit_LeftAndRightSwappedInSomeFrames_StaysTheSame()
    {
        Pose[] truth = Performed("walk", 24);
        var random = new Random(6);
        SeenFrame[] seen = [.. truth.Select(p => See(p, random, 1))];
        foreach (int f in (ReadOnlySpan<int>)[7, 8, 15])
            seen[f] = seen[f] with { Keypoints = new Keypoints([.. Partner.Select(p => seen[f].Keypoints.Observations[p])]), Surface = [] };
        float[] errors = Errors(Capture(seen), truth);
        Assert.True(errors.Max() < 0.12f, $"largest mean joint error {1000 * errors.Max():F0} mm");
    }

    [Fact]
    public void Fit_FramesWithoutThePerson_AreFilledInAndTold()
    {
        Pose[] truth = Performed("walk", 24);
        var random = new Random(7);
        SeenFrame?[] seen = [null, .. truth.Select(p => See(p, random, 1)), null];
        seen[10] = seen[11] = seen[12] = null;
        CapturedMotion captured = Capture(seen);
        Assert.Equal([9, 10, 11], captured.FramesLost);
        Assert.Equal(1, captured.FirstFrame);
        Assert.Equal("clip.mp4: 3 of 24 frames without the person were filled in, 2 frames before and after the person is seen were left out", captured.Warning);
        float[] errors = Errors(captured, truth);
        Assert.True(errors[9..12].Max() < 0.12f, $"mean joint error in filled frames {1000 * errors[9..12].Max():F0} mm");
        float step = Enumerable.Range(1, 23).Max(f => Vector3.Distance(captured.Poses[f].Root, captured.Poses[f - 1].Root));
        Assert.True(step < 0.2f, $"the pelvis jumps by {step:F2} m");
    }

    [Fact]
    public void Fit_Punch_KeepsItsSpeed()
    {
        Pose[] truth = Performed("punch", 16);
        var random = new Random(8);
        CapturedMotion captured = Capture([.. truth.Select(p => See(p, random, 1.5f))]);
        Body found = Model.Create(captured.Shape);
        float Fastest(IEnumerable<Pose> poses, Body body)
        {
            Vector3[] wrist = [.. poses.Select(p => Joints(p, body).Places).Select(p => p[Joint.LeftWrist] - p[Joint.Pelvis])];
            return Enumerable.Range(1, wrist.Length - 1).Max(f => Vector3.Distance(wrist[f], wrist[f - 1])) * Rate;
        }
        float before = Fastest(truth, Subject), after = Fastest(captured.Poses, found);
        Assert.True(after > 0.8f * before && after < 1.4f * before, $"{after:F1} m/s of {before:F1} m/s");
    }

    [Fact]
    public void Fit_PersonWhoStandsStill_IsCalmerThanEachFrameAlone()
    {
        Pose pose = Performed("walk", 1)[0];
        var random = new Random(9);
        SeenFrame[] seen = [.. Enumerable.Range(0, 12).Select(_ => See(pose, random, 3))];
        float Unrest(CapturedMotion captured) => Enumerable.Range(1, 11).Average(f => Vector3.Distance(captured.Poses[f].Root, captured.Poses[f - 1].Root));
        float smooth = Unrest(Capture(seen)), alone = Unrest(Capture(seen, new CaptureOptions { Smoothing = 0 }));
        Assert.True(smooth < 0.3f * alone, $"{1000 * smooth:F1} mm a frame against {1000 * alone:F1} mm");
    }

    [Fact]
    public void Fit_TwoFrames_AreAMotion()
    {
        Pose[] truth = Performed("walk", 2);
        var random = new Random(10);
        CapturedMotion captured = Capture([.. truth.Select(p => See(p, random, 1))]);
        Assert.Equal(2, captured.Motion.FrameCount);
    }

    [Theory]
    [InlineData(0, "clip.mp4: no person was found; give a video that shows one clearly.")]
    [InlineData(1, "clip.mp4: a person was found in one frame only; give a video that shows one clearly.")]
    public void Fit_TooFewFramesWithAPerson_SaysSo(int shown, string message)
    {
        SeenFrame?[] seen = new SeenFrame?[5];
        for (int f = 0; f < shown; f++) seen[f] = See(Performed("walk", 1)[0], new Random(1), 1);
        Assert.Equal(message, Assert.ThrowsAny<InputException>(() => Capture(seen)).Message);
    }

    [Fact]
    public void Fit_Jump_KeepsItsHeight()
    {
        Pose[] truth = Performed("jump", 40);
        var random = new Random(11);
        CapturedMotion captured = Capture([.. truth.Select(p => See(p, random, 1))]);
        Body average = Model.Create(Shape.Average);
        float before = Height(truth, Subject), after = Height(captured.Motion.Poses, average);
        Assert.True(after > 0.7f * before && after < 1.3f * before, $"{after:F2} m of {before:F2} m");

        static float Height(IEnumerable<Pose> poses, Body body) => poses.Max(p => Joints(p, body).Places.Min(j => j.Y));
    }

    [Fact]
    public void Under_BodyThatFloats_IsPutOnTheGround_AndOneThatFliesIsNot()
    {
        Vector3[] rest = Subject.RestJoints;
        Pose standing = Pose.Rest(Skeleton.SmplH, new Vector3(0, Subject.HipHeight, 0));
        Pose[] At(Func<float, float> height) => [.. Enumerable.Range(0, 45).Select(f => standing with { Root = standing.Root + new Vector3(0, height(f / 30f), 0) })];
        // Half a second in the air: 31 cm high; and somebody whom a wandering camera lifts and lowers by as much.
        float[] jump = CaptureGround.Under(At(t => MathF.Max(0, 9.81f / 2 * (t - 0.5f) * (1 - t))), rest, 30), wander = CaptureGround.Under(At(t => 0.15f - (0.15f * MathF.Cos(4.2f * t))), rest, 30);
        Assert.True(MathF.Abs(jump[22]) < 0.05f, $"the ground under a jump rises to {jump[22]:F2} m");
        Assert.True(MathF.Abs(wander[22] - 0.3f) < 0.03f, $"the ground under a floating body is at {wander[22]:F2} m of 0.30 m");
    }

    [Fact]
    public void Moved_FrameOfACameraThatTurned_SaysWhatTheFirstOneWouldHaveSeen()
    {
        // The first camera, and the same turned to the right and rolled: small turns move a picture like this.
        Camera first = BodyFit.LevelCamera(Width, Height, null, new BodyFitOptions());
        Quaternion roll = Quaternion.CreateFromAxisAngle(Vector3.UnitZ, 0.05f), pan = Quaternion.CreateFromAxisAngle(Vector3.UnitY, -0.1f), turn = roll * pan;
        Vector3 pelvis = new(0.2f, 0.1f, 4);
        Vector3 seen = Vector3.Transform(pelvis, turn);
        Vector2 Pixel(Vector3 p) => first.PrincipalPoint + (first.FocalLength / p.Z * new Vector2(p.X, p.Y));
        (Vector2 a, Vector2 b) = (Pixel(seen), Pixel(Vector3.Transform(pelvis + new Vector3(0, 0.3f, 0), turn)));
        Vector2 from = b - a, to = Pixel(pelvis + new Vector3(0, 0.3f, 0)) - Pixel(pelvis);
        float length = from.LengthSquared(), cosine = Vector2.Dot(from, to) / length, sine = ((from.X * to.Y) - (from.Y * to.X)) / length;
        var move = new Similarity(cosine, sine, default);
        move = move with { Move = Pixel(pelvis) - move.Apply(a) };

        var estimate = new PoseEstimate([turn, .. Enumerable.Repeat(Quaternion.Identity, 21)], [.. new Vector3[22]], [.. new float[22]], Shape.Average, a, 100);
        PoseEstimate moved = new SeenFrame(new Keypoints([.. new KeypointObservation[17]]), [], 1, estimate).Moved(move, first).Estimate!;
        Assert.True(Vector2.Distance(Pixel(pelvis), moved.Place) < 0.1f);
        // It was turned with the camera alone.
        float angle = 2 * MathF.Acos(Math.Clamp(MathF.Abs(moved.Rotations[0].W), 0, 1));
        Assert.True(angle < 0.02f, $"{angle:F3} radians");
    }
}

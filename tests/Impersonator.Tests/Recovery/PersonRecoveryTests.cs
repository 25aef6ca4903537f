using System.Numerics;
using Impersonator.Bodies;
using Impersonator.Files;
using Impersonator.Imaging;
using Impersonator.Networks;
using Impersonator.Recovery;

namespace Impersonator.Tests.Recovery;

public sealed class PersonRecoveryTests
{
    private static readonly BodyModel Model = BodyModel.Default;

    /// <summary>A look whose every cell shows one place of the average body, with all keypoints in its middle.</summary>
    private static PersonLook LookAt(Vector3 place, BodyPart part)
    {
        const int Side = 8;
        var parts = new float[PersonNet.PartCount * Side * Side];
        Array.Fill(parts, 1, (int)part * Side * Side, Side * Side);
        Vector3 fraction = CanonicalBox.Fraction(place);
        float[] surface = [.. Enumerable.Repeat(fraction.X, Side * Side), .. Enumerable.Repeat(fraction.Y, Side * Side), .. Enumerable.Repeat(fraction.Z, Side * Side)];
        var maps = new PersonMaps(2 * Side, [.. Enumerable.Repeat(1f, 4 * Side * Side)], Side, parts, surface, new float[Side * Side]);
        return new PersonLook(new PhotoWindow(10, 20, 80), [.. Enumerable.Repeat(new LookedKeypoint(new Vector2(50, 60), 1, 1, 1), PersonNet.KeypointCount)], maps);
    }

    [Fact]
    public void Surface_CellsThatShowAVertex_NameItAndLieAtTheirMiddles()
    {
        int vertex = Array.IndexOf(Model.Template.Parts, BodyPart.LeftFoot);
        List<SurfaceObservation> seen = new LookedSurface(Model).Of(LookAt(Model.Template.RestPositions[vertex], BodyPart.LeftFoot));
        // The cell in the second column of the third row: 10 pixels a cell.
        SurfaceObservation cell = seen.Single(s => Vector2.Distance(s.Position, new Vector2(10 + 15, 20 + 25)) < 1e-3f);
        Assert.True(Vector3.Distance(Model.Template.RestPositions[vertex], Model.Template.RestPositions[cell.Vertex0]) < 1e-4f);
        Assert.Equal(BodyPart.LeftFoot, Model.Template.Parts[cell.Vertex0]);
    }

    [Fact]
    public void Surface_CellsOfTheOtherPart_DoNotTakeItsNeighbours()
    {
        // A place on the left thigh, said to be the right one's: the nearest place of the right thigh.
        int vertex = Array.IndexOf(Model.Template.Parts, BodyPart.LeftUpperLeg);
        List<SurfaceObservation> seen = new LookedSurface(Model).Of(LookAt(Model.Template.RestPositions[vertex], BodyPart.RightUpperLeg));
        Assert.Equal(64, seen.Count(s => Model.Template.Parts[s.Vertex0] == BodyPart.RightUpperLeg));
    }

    [Fact]
    public void Scaled_Look_KeepsItsShares()
    {
        PersonLook look = LookAt(Vector3.Zero, BodyPart.Torso), twice = look.Scaled(2);
        Assert.Equal(look.Score, twice.Score);
        Assert.Equal(2 * look.Keypoints[3].Position, twice.Keypoints[3].Position);
        Assert.Equal(2 * look.Window.ToPhoto(new Vector2(0.3f, 0.4f)), twice.Window.ToPhoto(new Vector2(0.3f, 0.4f)));
    }

    [Fact]
    public void Fit_LookThatIsSureOfNothing_SaysThatNobodyIsThere()
    {
        using var recovery = new PersonRecovery(Model, Weights.Initialise(PersonNet.Build(new PersonNetSize()), 1));
        PersonLook look = LookAt(Vector3.Zero, BodyPart.Torso);
        look = look with { Keypoints = [.. look.Keypoints.Select(k => k with { Concentration = 0.05f })] };
        var photo = new Photo("empty.png", new Image(100, 120));
        Assert.Contains("empty.png: no person was found", Assert.Throws<InputException>(() => recovery.Fit(photo, look, TestContext.Current.CancellationToken)).Message);
    }

    [Fact]
    public void Keypoints_OfAFittedBody_AreWhereItWasSeen()
    {
        Body body = Model.Create(new Shape([0.4f]));
        var pose = new Pose([.. Enumerable.Repeat(Quaternion.Identity, Joint.Count)], new Vector3(0.2f, body.HipHeight, 0));
        var camera = new Impersonator.Rendering.Camera(400, 600, 700, new Vector2(200, 300), Impersonator.Rendering.Camera.FacingMinusZ, new Vector3(0, 0.9f, 3));
        var person = new Person(new Keypoints([.. new KeypointObservation[17]]), body.Shape, pose, camera);
        Vector2[] points = FittedPoints.Keypoints(Model, person);
        Vector3[] joints = FittedPoints.Joints(Model, person);
        Assert.True(points[(int)Keypoint.LeftWrist].X > points[(int)Keypoint.Neck].X && points[(int)Keypoint.HeadTop].Y < points[(int)Keypoint.Neck].Y);
        Vector2 wrist = camera.PrincipalPoint + (new Vector2(joints[Joint.LeftWrist].X, joints[Joint.LeftWrist].Y) * camera.FocalLength / joints[Joint.LeftWrist].Z);
        Assert.True(Vector2.Distance(wrist, points[(int)Keypoint.LeftWrist]) < 6);
    }
}

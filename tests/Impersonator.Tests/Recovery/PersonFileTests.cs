using System.Collections.Immutable;
using System.Numerics;
using System.Text.Json;
using Impersonator.Bodies;
using Impersonator.Imaging;
using Impersonator.Recovery;
using Impersonator.Rendering;

namespace Impersonator.Tests.Recovery;

public sealed class PersonFileTests : IDisposable
{
    private readonly string _file = Path.Combine(Path.GetTempPath(), $"person-{Guid.NewGuid():N}.json");

    public void Dispose() => File.Delete(_file);

    private static Person Someone()
    {
        ImmutableArray<Quaternion> rotations = [.. Enumerable.Range(0, Joint.Count).Select(j => j == Joint.LeftKnee ? Quaternion.CreateFromAxisAngle(Vector3.UnitX, 1) : Quaternion.Identity)];
        var keypoints = new Keypoints([.. Enumerable.Range(0, Keypoints.Count).Select(k => new KeypointObservation(new Vector2(10 + k, 20 + (3 * k)), 1))]);
        return new Person(keypoints, new Shape([0.25f, -1.5f]), new Pose(rotations, new Vector3(0.1f, 0.9f, -2)), Camera.Front(200, 400, 560, 3));
    }

    [Fact]
    public void Write_Person_HoldsCameraShapeAndPose()
    {
        using (FileStream stream = File.Create(_file)) PersonFile.Write(stream, new FitResult(Someone(), 0.004f, 1, 1, FitStopReason.Converged), BodyModel.Default);
        using var json = JsonDocument.Parse(File.ReadAllBytes(_file));
        JsonElement root = json.RootElement;
        Assert.Equal(-1.5f, root.GetProperty("shape")[1].GetSingle());
        Assert.Equal(0.9f, root.GetProperty("pose").GetProperty("root")[1].GetSingle());
        Assert.Equal(560, root.GetProperty("camera").GetProperty("focal_length").GetSingle());
        Assert.Equal(MathF.Sin(0.5f), root.GetProperty("pose").GetProperty("rotations").GetProperty("left_knee")[0].GetSingle(), 6);
        Assert.Equal(24, root.GetProperty("joints3d").GetArrayLength());
        Assert.Equal(400, root.GetProperty("image").GetProperty("height").GetInt32());
        Assert.Equal(10 + 16, root.GetProperty("box")[2].GetSingle());
        // The pelvis lies before the camera, where its own projection says.
        Vector2 pelvis = Someone().Camera.Project(Someone().Pose.Root);
        JsonElement place = root.GetProperty("joints3d")[0];
        Assert.Equal(pelvis.X, 100 + (560 * place[0].GetSingle() / place[2].GetSingle()), 0.1f);
        Assert.Equal(FittedPoints.Keypoints(BodyModel.Default, Someone())[5].Y, root.GetProperty("mesh_keypoints").GetProperty("right_wrist")[1].GetSingle(), 0.01f);
        Assert.Single(root.GetProperty("pose").GetProperty("rotations").EnumerateObject());
    }

    [Fact]
    public void Write_Person_IsAJointsFileToo()
    {
        using (FileStream stream = File.Create(_file)) PersonFile.Write(stream, new FitResult(Someone(), 0.004f, 1, 1, FitStopReason.Converged), BodyModel.Default);
        Keypoints read = JointsFile.Read(_file, new Photo("any.jpg", new Image(200, 400)));
        Assert.Equal(Someone().Keypoints.Observations.AsEnumerable(), read.Observations);
    }
}

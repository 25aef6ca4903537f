using System.Collections.Immutable;
using System.Numerics;
using Impersonator.Bodies;
using Impersonator.Networks;
using Impersonator.Recovery;
using Impersonator.Rendering;
using Impersonator.Tests.Training;
using Impersonator.Torch;
using Impersonator.Training.Trainers;
using static TorchSharp.torch;

namespace Impersonator.Tests.Recovery;

public sealed class PoseEstimateTests : TorchTests
{
    private static readonly BodyModel Model = BodyModel.Default;

    /// <summary>A crouching person seen from before: how far arms and legs reach towards the camera does not show.</summary>
    private static (Keypoints Keypoints, Vector3[] Joints, PoseEstimate Truth, Camera Camera) Crouching()
    {
        Quaternion[] rotations = [.. Enumerable.Repeat(Quaternion.Identity, Joint.Count)];
        rotations[0] = Quaternion.CreateFromAxisAngle(Vector3.UnitY, 0.5f);
        rotations[Joint.LeftShoulder] = RotationVector.Exp(new Vector3(0, -1.2f, -0.4f));
        rotations[Joint.RightShoulder] = RotationVector.Exp(new Vector3(0, -0.5f, 0.9f));
        rotations[Joint.LeftHip] = RotationVector.Exp(new Vector3(-1.3f, 0, 0.2f));
        rotations[Joint.LeftKnee] = RotationVector.Exp(new Vector3(1.5f, 0, 0));
        rotations[Joint.RightHip] = RotationVector.Exp(new Vector3(0.3f, 0, -0.1f));
        rotations[Joint.RightKnee] = RotationVector.Exp(new Vector3(1.2f, 0, 0));
        Body body = Model.Create(Shape.Average);
        var camera = new Camera(600, 900, 1260, new Vector2(300, 450), Camera.FacingMinusZ, new Vector3(0.1f, 0.9f, 3.5f));
        var turns = new Quaternion[Joint.Count];
        var joints = new Vector3[Joint.Count];
        Kinematics.Forward(Model.Skeleton, body.RestJoints, new Pose([.. rotations], new Vector3(0, body.HipHeight, 0)), turns, joints);
        var keypoints = new Keypoints([.. Model.Keypoints.Select(k => new KeypointObservation(
            camera.Project(joints[k.Joint] + Vector3.Transform(k.Rest.Of(body.Mesh.RestPositions) - body.RestJoints[k.Joint], turns[k.Joint])), 1))]);
        rotations[0] = camera.Rotation * rotations[0];
        var truth = new PoseEstimate([.. rotations.Take(Joint.BodyCount)], [.. Enumerable.Repeat(new Vector3(0.1f), Joint.BodyCount)], [.. Enumerable.Repeat(0.05f, Joint.BodyCount)], Shape.Average, camera.Project(joints[0]), camera.FocalLength / camera.CameraFromWorld(joints[0]).Z);
        return (keypoints, joints, truth, camera);
    }

    [Fact]
    public void Fit_WithAnEstimate_ReachesTowardsTheCameraAsFarAsItSays()
    {
        (Keypoints keypoints, Vector3[] truth, PoseEstimate estimate, Camera camera) = Crouching();
        float Error(PoseEstimate? known)
        {
            Person person = BodyFit.Fit(Model, keypoints, camera.Width, camera.Height, camera.FocalLength, new BodyFitOptions { Estimate = known }).Person;
            var turns = new Quaternion[Joint.Count];
            var joints = new Vector3[Joint.Count];
            Kinematics.Forward(Model.Skeleton, Model.Create(person.Shape).RestJoints, person.Pose, turns, joints);
            Vector3 Seen(Camera by, Vector3[] at, int j) => Vector3.Transform(at[j] - at[0], by.Rotation);
            return Enumerable.Range(1, Joint.BodyCount - 1).Average(j => Vector3.Distance(Seen(person.Camera, joints, j), Seen(camera, truth, j)));
        }
        float with = Error(estimate), without = Error(null);
        Assert.True(with < 0.03f && with < 0.5f * without, $"{1000 * without:F0} mm without, {1000 * with:F0} mm with");
    }

    [Fact]
    public void Linearise_WithAnEstimate_AgreesWithCentralDifferences()
    {
        (Keypoints keypoints, _, PoseEstimate estimate, Camera camera) = Crouching();
        var problem = new FitProblem(Model, camera, keypoints, [], new BodyFitOptions { Estimate = estimate, EstimateWeight = 5, EstimatePlaceWeight = 3 }, PosePrior.Anatomical);
        var random = new Random(3);
        ImmutableArray<Quaternion> moved = [.. problem.StateOf(estimate).Rotations.Select(r => Quaternion.Normalize(r * RotationVector.Exp(new Vector3(random.NextSingle(), random.NextSingle(), random.NextSingle()) * 0.3f)))];
        FitProblem.State state = problem.StateOf(estimate) with { Rotations = moved };
        Slopes.AssertAgree(problem, state, 3 * Joint.BodyCount);
    }

    /// <summary>What the fit gives the network is what the trainer gave it.</summary>
    [Fact]
    public void Proxies_OfALook_AreTheTrainers()
    {
        using var scope = NewDisposeScope();
        const int Grid = 16;
        manual_seed(5);
        var outputs = new Dictionary<string, Tensor>
        {
            ["heat"] = randn(1, PersonNet.KeypointCount, Grid, Grid) * 3,
            ["scale"] = randn(1, PersonNet.KeypointCount),
            ["inside"] = randn(1, PersonNet.KeypointCount),
            ["matte"] = randn(1, 1, 2 * Grid, 2 * Grid),
            ["parts"] = randn(1, PersonNet.PartCount, Grid, Grid),
            ["surface"] = rand(1, 3, Grid, Grid),
            ["depth"] = randn(1, 1, Grid, Grid),
        };
        PoseInput trainers = PoseInput.Of(PersonOutput.Of(outputs), tensor(new[] { MathF.Log(2.5f), 0.3f }, [1, 2]));
        var window = new PhotoWindow(-30, 40, 400);
        PersonLook look = LookDecoder.Decode(outputs.ToDictionary(o => o.Key, o => new NetworkArray(TorchEngine.Floats(o.Value), [.. o.Value.shape.Select(s => (int)s)])), [new LookView(window)], window);
        Dictionary<string, NetworkArray> own = PoseProxies.Of(look, focalLength: 500, focalSpread: 0.3f);
        foreach ((string name, Tensor expected) in trainers.Named) Assert.Equal(TorchEngine.Floats(expected), own[name].Values, (a, b) => MathF.Abs(a - b) < 2e-4f);
    }

    [Fact]
    public void ToAxis_IsTheTrainersTurn()
    {
        using var scope = NewDisposeScope();
        var direction = new Vector2(0.4f, -0.7f);
        float[] matrix = TorchEngine.Floats(Rotations.ToAxis(tensor(new[] { direction.X }), tensor(new[] { direction.Y })));
        Quaternion turn = PoseEstimator.ToAxis(direction);
        for (int c = 0; c < 3; c++)
        {
            var axis = new Vector3(c == 0 ? 1 : 0, c == 1 ? 1 : 0, c == 2 ? 1 : 0);
            Assert.True(Vector3.Distance(Vector3.Transform(axis, turn), new Vector3(matrix[c], matrix[3 + c], matrix[6 + c])) < 1e-5f);
        }
    }

    /// <summary>Whatever the network has learnt: who is seen mirrored holds a mirrored pose.</summary>
    [Fact]
    public void Estimate_OfAMirroredLook_IsTheMirroredPose()
    {
        Graph graph = PoseNet.Build();
        using var estimator = new PoseEstimator(Weights.Initialise(graph, seed: 2));
        const int Side = 64;
        var random = new Random(8);
        float[] Noise(int count) => [.. Enumerable.Range(0, count).Select(_ => random.NextSingle())];
        var look = new PersonLook(new PhotoWindow(100, 50, 300), [.. Enumerable.Range(0, PersonNet.KeypointCount).Select(_ => new LookedKeypoint(new Vector2(100 + (300 * random.NextSingle()), 50 + (300 * random.NextSingle())), 5, 1, 1))],
            new PersonMaps(2 * Side, Noise(4 * Side * Side), Side, Noise(PersonNet.PartCount * Side * Side), Noise(3 * Side * Side), Noise(Side * Side)));
        PoseEstimate one = estimator.Estimate(look, 500, 400, 700)!, other = estimator.Estimate(PoseProxies.Mirrored(look), 500, 400, 700)!;
        for (int j = 0; j < Joint.BodyCount; j++)
        {
            Quaternion q = other.Rotations[LimbPrior.MirrorOf(j)];
            Assert.InRange(MathF.Abs(Quaternion.Dot(one.Rotations[j], new Quaternion(q.X, -q.Y, -q.Z, q.W))), 1 - 1e-4f, 1 + 1e-4f);
            Assert.Equal(one.Errors[j], other.Errors[LimbPrior.MirrorOf(j)], 1e-4f);
        }
        // The window lies in the middle of the photo.
        Assert.Equal(500 - one.Place.X, other.Place.X, 0.01f);
        Assert.Equal(one.PixelsPerMetre, other.PixelsPerMetre, 0.01f);
    }
}

using System.Collections.Immutable;
using System.Numerics;
using Impersonator.Bodies;
using Impersonator.Files;
using Impersonator.Recovery;
using Impersonator.Rendering;

namespace Impersonator.Tests.Recovery;

public class BodyFitTests
{
    private static readonly BodyModel Model = BodyModel.Default;

    /// <summary>Keypoints of a known body: arms down, one knee bent, turned by a heading, seen by a level camera.</summary>
    private static (Keypoints Keypoints, Vector3[] Joints, Camera Camera) Known(float heading, float scale = 1)
    {
        var rotations = Enumerable.Repeat(Quaternion.Identity, Joint.Count).ToArray();
        rotations[0] = Quaternion.CreateFromAxisAngle(Vector3.UnitY, heading);
        rotations[Joint.LeftShoulder] = Quaternion.CreateFromAxisAngle(Vector3.UnitZ, -1.1f);
        rotations[Joint.RightShoulder] = Quaternion.CreateFromAxisAngle(Vector3.UnitZ, 0.9f);
        rotations[Joint.LeftElbow] = Quaternion.CreateFromAxisAngle(Vector3.UnitY, -0.6f);
        rotations[Joint.RightHip] = Quaternion.CreateFromAxisAngle(Vector3.UnitX, -0.7f);
        rotations[Joint.RightKnee] = Quaternion.CreateFromAxisAngle(Vector3.UnitX, 1.1f);
        Body body = Model.Create(new Shape([0.5f, -0.8f, 0.3f]));
        var camera = new Camera((int)(600 * scale), (int)(900 * scale), 1260 * scale, new Vector2(300, 450) * scale, Camera.FacingMinusZ, new Vector3(0.1f, 0.9f, 3.5f));
        var turns = new Quaternion[Joint.Count];
        var joints = new Vector3[Joint.Count];
        Kinematics.Forward(Model.Skeleton, body.RestJoints, new Pose([.. rotations], new Vector3(0, body.HipHeight, 0)), turns, joints);
        var observations = Model.Keypoints.Select(k => new KeypointObservation(
            camera.Project(joints[k.Joint] + Vector3.Transform(k.Rest.Of(body.Mesh.RestPositions) - body.RestJoints[k.Joint], turns[k.Joint])), 1));
        return (new Keypoints([.. observations]), joints, camera);
    }

    private static Vector3[] Joints(Person person)
    {
        var turns = new Quaternion[Joint.Count];
        var joints = new Vector3[Joint.Count];
        Kinematics.Forward(Model.Skeleton, Model.Create(person.Shape).RestJoints, person.Pose, turns, joints);
        return joints;
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.6f)]
    [InlineData(3.1f)]
    [InlineData(2.4f)]
    [InlineData(-2.6f)]
    public void Fit_KeypointsOfAKnownBody_FindsItsPoseAgain(float heading)
    {
        (Keypoints keypoints, Vector3[] truth, Camera camera) = Known(heading);
        FitResult result = BodyFit.Fit(Model, keypoints, camera.Width, camera.Height, camera.FocalLength);
        Assert.True(result.ReprojectionError < 0.006f, $"reprojection {result.ReprojectionError:P2}");
        Vector3[] found = Joints(result.Person);
        float error = Enumerable.Range(1, Joint.BodyCount - 1).Average(j => Vector3.Distance(found[j] - found[0], truth[j] - truth[0]));
        // One eye does not see depth: what is found explains the picture, the rest is the prior's.
        Assert.True(error < 0.09f, $"mean joint error {1000 * error:F0} mm");
    }

    [Fact]
    public void Fit_PhotoTwiceAsLarge_FindsTheSameBody()
    {
        (Keypoints small, _, Camera camera) = Known(0.3f);
        (Keypoints large, _, _) = Known(0.3f, scale: 2);
        Person a = BodyFit.Fit(Model, small, camera.Width, camera.Height).Person, b = BodyFit.Fit(Model, large, 2 * camera.Width, 2 * camera.Height).Person;
        Assert.True(Joints(a).Zip(Joints(b), Vector3.Distance).Max() < 0.01f);
    }

    [Fact]
    public void Fit_MirroredKeypoints_FindsTheMirroredPose()
    {
        (Keypoints keypoints, _, Camera camera) = Known(0.2f);
        int[] partner = [0, 1, 2, 6, 7, 8, 3, 4, 5, 12, 13, 14, 9, 10, 11, 16, 15];
        var mirrored = new Keypoints([.. partner.Select(p => keypoints.Observations[p] with { Position = new Vector2(camera.Width - keypoints.Observations[p].Position.X, keypoints.Observations[p].Position.Y) })]);
        Vector3[] a = Joints(BodyFit.Fit(Model, keypoints, camera.Width, camera.Height).Person), b = Joints(BodyFit.Fit(Model, mirrored, camera.Width, camera.Height).Person);
        foreach ((int left, int right) in ((int, int)[])[(Joint.LeftKnee, Joint.RightKnee), (Joint.LeftWrist, Joint.RightWrist), (Joint.LeftAnkle, Joint.RightAnkle)])
            Assert.True(Vector3.Distance(a[left] * new Vector3(-1, 1, 1), b[right]) < 0.03f, $"{a[left]} against {b[right]}");
    }

    [Fact]
    public void Fit_StandsTheLowestPointOnTheGround_AndKeepsTheProjection()
    {
        (Keypoints keypoints, _, Camera camera) = Known(0);
        Person person = BodyFit.Fit(Model, keypoints, camera.Width, camera.Height, camera.FocalLength).Person;
        Body body = Model.Create(person.Shape);
        var transforms = new Matrix4x4[Joint.Count];
        Kinematics.PosedFromRest(Model.Skeleton, body.RestJoints, person.Pose, transforms);
        var posed = new Vector3[body.Mesh.VertexCount];
        Skinning.Apply(body.Mesh, transforms, posed);
        Assert.Equal(0, posed.Min(p => p.Y), 4);
        Assert.True(Vector2.Distance(FittedPoints.Keypoints(Model, person)[(int)Keypoint.LeftHip], keypoints[Keypoint.LeftHip].Position) < 5);
    }

    [Theory]
    [InlineData(-0.3f)]
    [InlineData(0.2f)]
    public void Fit_CameraThatLooksUpOrDown_StandsThePersonUpright(float pitch)
    {
        var rotations = Enumerable.Repeat(Quaternion.Identity, Joint.Count).ToArray();
        rotations[Joint.LeftShoulder] = Quaternion.CreateFromAxisAngle(Vector3.UnitZ, -1.1f);
        rotations[Joint.RightShoulder] = Quaternion.CreateFromAxisAngle(Vector3.UnitZ, 1.1f);
        Body body = Model.Create(Shape.Average);
        Quaternion rotation = Quaternion.CreateFromAxisAngle(Vector3.UnitX, pitch) * Camera.FacingMinusZ;
        var camera = new Camera(600, 900, 1260, new Vector2(300, 450), rotation, new Vector3(0, 0, 4) - Vector3.Transform(new Vector3(0, 0.9f, 0), rotation));
        var turns = new Quaternion[Joint.Count];
        var joints = new Vector3[Joint.Count];
        Kinematics.Forward(Model.Skeleton, body.RestJoints, new Pose([.. rotations], new Vector3(0, body.HipHeight, 0)), turns, joints);
        var keypoints = new Keypoints([.. Model.Keypoints.Select(k => new KeypointObservation(
            camera.Project(joints[k.Joint] + Vector3.Transform(k.Rest.Of(body.Mesh.RestPositions) - body.RestJoints[k.Joint], turns[k.Joint])), 1))]);
        Person person = BodyFit.Fit(Model, keypoints, 600, 900, 1260).Person;
        Vector3[] found = Joints(person);
        Vector3 up = found[Joint.Neck] - ((found[Joint.LeftAnkle] + found[Joint.RightAnkle]) / 2);
        Assert.True(MathF.Abs(MathF.Atan2(up.Z, up.Y)) < 0.09f, $"leans by {MathF.Atan2(up.Z, up.Y):F3} rad");
    }

    /// <summary>Keypoints of a standing body with hanging arms before a camera 4 m away that looks up by a pitch.</summary>
    private static (Keypoints Keypoints, Person Truth) Standing(Shape shape, float pitch, float focalLength, float distance = 4)
    {
        var rotations = Enumerable.Repeat(Quaternion.Identity, Joint.Count).ToArray();
        rotations[Joint.LeftShoulder] = Quaternion.CreateFromAxisAngle(Vector3.UnitZ, -1.1f);
        rotations[Joint.RightShoulder] = Quaternion.CreateFromAxisAngle(Vector3.UnitZ, 1.1f);
        Body body = Model.Create(shape);
        Quaternion rotation = Quaternion.CreateFromAxisAngle(Vector3.UnitX, pitch) * Camera.FacingMinusZ;
        var camera = new Camera(600, 900, focalLength, new Vector2(300, 450), rotation, new Vector3(0, 0, distance) - Vector3.Transform(new Vector3(0, body.HipHeight, 0), rotation));
        var truth = new Person(new Keypoints([]), shape, new Pose([.. rotations], new Vector3(0, body.HipHeight, 0)), camera);
        var turns = new Quaternion[Joint.Count];
        var joints = new Vector3[Joint.Count];
        Kinematics.Forward(Model.Skeleton, body.RestJoints, truth.Pose, turns, joints);
        return (new Keypoints([.. Model.Keypoints.Select(k => new KeypointObservation(
            camera.Project(joints[k.Joint] + Vector3.Transform(k.Rest.Of(body.Mesh.RestPositions) - body.RestJoints[k.Joint], turns[k.Joint])), 1))]), truth);
    }

    [Fact]
    public void Fit_WideLensHeldHigh_FindsTheLensAndStandsThePersonUpright()
    {
        (Keypoints keypoints, _) = Standing(Shape.Average, -0.45f, focalLength: 720, distance: 2.2f);
        Person person = BodyFit.Fit(Model, keypoints, 600, 900).Person;
        Vector3[] found = Joints(person);
        Vector3 up = found[Joint.Neck] - ((found[Joint.LeftAnkle] + found[Joint.RightAnkle]) / 2);
        Assert.True(MathF.Abs(MathF.Atan2(up.Z, up.Y)) < 0.09f, $"leans by {MathF.Atan2(up.Z, up.Y):F3} rad");
        Assert.InRange(person.Camera.FocalLength, 600, 1000);
    }

    [Fact]
    public void Fit_FocalLengthFromExif_IsKept()
    {
        (Keypoints keypoints, _) = Standing(Shape.Average, -0.3f, focalLength: 720, distance: 2.2f);
        Assert.Equal(1500, BodyFit.Fit(Model, keypoints, 600, 900, 1500).Person.Camera.FocalLength, 0);
    }

    [Fact]
    public void Fit_StraightLegs_StayStraight()
    {
        (Keypoints keypoints, _) = Standing(new Shape([0.5f, 0.5f, -0.5f]), -0.1f, focalLength: 1260);
        Vector3[] found = Joints(BodyFit.Fit(Model, keypoints, 600, 900).Person);
        foreach ((int hip, int knee, int ankle) in ((int, int, int)[])[(Joint.LeftHip, Joint.LeftKnee, Joint.LeftAnkle), (Joint.RightHip, Joint.RightKnee, Joint.RightAnkle)])
        {
            float bend = MathF.Acos(Vector3.Dot(Vector3.Normalize(found[knee] - found[hip]), Vector3.Normalize(found[ankle] - found[knee])));
            Assert.True(bend < 0.2f, $"knee {bend:F2} rad");
        }
    }

    [Fact]
    public void Fit_UnknownScale_GivesTheLikelyHeight()
    {
        Keypoints keypoints = Standing(Model.ShapeOf(new Phenotype(Age: 10)), 0, focalLength: 1260).Keypoints;
        float Height(BodyFitOptions options) => Model.Create(BodyFit.Fit(Model, keypoints, 600, 900, null, options).Person.Shape).Mesh.RestPositions.Max(p => p.Y);
        Assert.InRange(Height(new BodyFitOptions()), 1.55f, 1.8f);
        Assert.InRange(Height(new BodyFitOptions { Height = 1.35f, HeightSpread = 0.03f }), 1.3f, 1.4f);
    }

    [Theory]
    [InlineData(Keypoint.LeftWrist)]
    [InlineData(Keypoint.RightKnee)]
    [InlineData(Keypoint.LeftShoulder)]
    public void Fit_OneKeypointFarOff_LeavesTheOthersInPlace(Keypoint wrong)
    {
        (Keypoints keypoints, _) = Standing(Shape.Average, 0, focalLength: 1260);
        var spoiled = new Keypoints(keypoints.Observations.SetItem((int)wrong, keypoints[wrong] with { Position = keypoints[wrong].Position + new Vector2(160, -160) }));
        Person person = BodyFit.Fit(Model, spoiled, 600, 900, 1260).Person;
        Vector2[] found = FittedPoints.Keypoints(Model, person);
        foreach (Keypoint k in (Keypoint[])[Keypoint.Neck, Keypoint.RightWrist, Keypoint.LeftHip, Keypoint.RightHip, Keypoint.LeftAnkle, Keypoint.RightAnkle])
        {
            float distance = Vector2.Distance(found[(int)k], keypoints[k].Position);
            Assert.True(distance < 0.025f * keypoints.PersonHeight, $"{k} is {distance:F0} px off");
        }
    }

    [Fact]
    public void Fit_LikelyShapeOfAMan_GivesAMan()
    {
        (Keypoints keypoints, _, Camera camera) = Known(0);
        float Gender(float likely) => Model.PhenotypeOf(BodyFit.Fit(Model, keypoints, camera.Width, camera.Height, camera.FocalLength, new BodyFitOptions { LikelyShape = Model.ShapeOf(new Phenotype(likely)) }).Person.Shape).Gender;
        (float man, float woman) = (Gender(1), Gender(0));
        Assert.True(man > 0.6f && woman < 0.4f, $"man {man:F2}, woman {woman:F2}");
    }

    [Fact]
    public void Fit_PointsOfTheSkin_ShowWhichWayALimbPoints()
    {
        (Keypoints keypoints, Person truth) = Standing(Shape.Average, 0, focalLength: 1260);
        // The head turned and an arm held back, where few hold it: keypoints hardly tell, the skin does.
        truth = truth with { Pose = truth.Pose with { Rotations = truth.Pose.Rotations.SetItem(Joint.LeftShoulder, Quaternion.CreateFromYawPitchRoll(0.7f, 0, -0.7f)).SetItem(Joint.Head, Quaternion.CreateFromAxisAngle(Vector3.UnitY, 0.5f)) } };
        Body body = Model.Create(truth.Shape);
        var posed = new Vector3[body.Mesh.VertexCount];
        body.Pose(truth.Pose, posed);
        Vector3[] joints = Joints(truth);
        var turns = new Quaternion[Joint.Count];
        Kinematics.Forward(Model.Skeleton, body.RestJoints, truth.Pose, turns, new Vector3[Joint.Count]);
        keypoints = new Keypoints([.. Model.Keypoints.Select(k => new KeypointObservation(
            truth.Camera.Project(joints[k.Joint] + Vector3.Transform(k.Rest.Of(body.Mesh.RestPositions) - body.RestJoints[k.Joint], turns[k.Joint])), 1))]);
        SurfaceObservation[] surface = [.. Enumerable.Range(0, posed.Length / 40).Select(i => SurfaceObservation.OfVertex(truth.Camera.Project(posed[40 * i]), 40 * i, sigma: 3, weight: 0.04f))];
        float Error(Person person)
        {
            Vector3[] found = Joints(person);
            return Enumerable.Range(1, Joint.BodyCount - 1).Average(j => Vector3.Distance(found[j] - found[0], joints[j] - joints[0]));
        }
        float sparse = Error(BodyFit.Fit(Model, keypoints, 600, 900, 1260).Person), dense = Error(BodyFit.Fit(Model, keypoints, surface, 600, 900, 1260).Person);
        Assert.True(dense < 0.03f && dense < 0.5f * sparse, $"{1000 * dense:F0} mm with points of the skin, {1000 * sparse:F0} mm without");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public void Fit_DepthsOfTheSkin_ShowWhetherALegIsBeforeTheBodyOrBehindIt(int side)
    {
        (_, Person truth) = Standing(Shape.Average, 0, focalLength: 1260);
        truth = truth with { Pose = truth.Pose with { Rotations = truth.Pose.Rotations.SetItem(Joint.LeftHip, Quaternion.CreateFromAxisAngle(Vector3.UnitX, -0.5f * side)) } };
        Body body = Model.Create(truth.Shape);
        var posed = new Vector3[body.Mesh.VertexCount];
        body.Pose(truth.Pose, posed);
        Vector3[] joints = Joints(truth);
        var keypoints = new Keypoints([.. FittedPoints.Keypoints(Model, truth).Select(p => new KeypointObservation(p, 1))]);
        // Where each point is in the picture says nothing here: only how deep it lies.
        SurfaceObservation[] surface = [.. Enumerable.Range(0, posed.Length / 40).Select(i => SurfaceObservation.OfVertex(truth.Camera.Project(posed[40 * i]), 40 * i, sigma: 1e4f, weight: 0.04f) with { Depth = joints[0].Z - posed[40 * i].Z })];
        Vector3[] found = Joints(BodyFit.Fit(Model, keypoints, surface, 600, 900, 1260).Person);
        float ahead = found[Joint.LeftAnkle].Z - found[Joint.RightAnkle].Z, expected = joints[Joint.LeftAnkle].Z - joints[Joint.RightAnkle].Z;
        Assert.InRange(ahead, expected - 0.08f, expected + 0.08f);
    }

    [Fact]
    public void Fit_KeypointWithALargeSigma_CountsLess()
    {
        (Keypoints keypoints, _, Camera camera) = Known(0);
        float Pull(float sigma)
        {
            KeypointObservation wrist = keypoints[Keypoint.LeftWrist];
            var moved = new Keypoints(keypoints.Observations.SetItem((int)Keypoint.LeftWrist, wrist with { Position = wrist.Position + new Vector2(30, 0), Sigma = sigma }));
            Person person = BodyFit.Fit(Model, moved, camera.Width, camera.Height, camera.FocalLength).Person;
            return Vector2.Distance(person.Camera.Project(Joints(person)[Joint.LeftWrist]), wrist.Position);
        }
        (float sure, float unsure) = (Pull(0), Pull(60));
        Assert.True(unsure < 0.6f * sure, $"{unsure:F1} px against {sure:F1} px");
    }

    [Fact]
    public void Fit_SurfacePointOfNoVertex_IsTheCallersMistake()
    {
        (Keypoints keypoints, _, Camera camera) = Known(0);
        Assert.Throws<ArgumentException>(() => BodyFit.Fit(Model, keypoints, [SurfaceObservation.OfVertex(default, Model.Template.VertexCount, 1)], camera.Width, camera.Height));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Linearise_AnyState_AgreesWithCentralDifferences(bool learned)
    {
        (Keypoints keypoints, _, Camera camera) = Known(0.4f);
        keypoints = new Keypoints([.. keypoints.Observations.Select((o, k) => o with { Sigma = k % 3 })]);
        var random = new Random(7);
        Vector3 Any() => new(random.NextSingle(), random.NextSingle(), random.NextSingle());
        SurfaceObservation[] surface = [.. Enumerable.Range(0, 40).Select(_ =>
        {
            int triangle = 3 * random.Next(Model.Template.TriangleCount);
            Vector3 shares = Any();
            return new SurfaceObservation(new Vector2(600 * random.NextSingle(), 900 * random.NextSingle()), Model.Template.Triangles[triangle], Model.Template.Triangles[triangle + 1],
                Model.Template.Triangles[triangle + 2], shares / (shares.X + shares.Y + shares.Z), Sigma: 5, Weight: 0.5f) { Depth = random.NextSingle() - 0.5f };
        })];
        // As if the legs looked a little straighter than they do.
        keypoints = StraightLegsTests.WithLegs(keypoints, bend: 0.06f);
        Assert.InRange(StraightLegs.Of(keypoints).Left, 0.05f, 1);
        var problem = new FitProblem(Model, camera, keypoints, surface, new BodyFitOptions(), learned ? PosePrior.Learned : PosePrior.Anatomical);
        ImmutableArray<Quaternion> rotations = [.. Enumerable.Range(0, Joint.BodyCount).Select(_ => RotationVector.Exp(Any() * 0.4f))];
        var state = new FitProblem.State(rotations, new Vector3(0.05f, 0.95f, 0.1f), [.. Enumerable.Range(0, problem.ShapeCount).Select(_ => random.NextSingle() - 0.5f)], Pitch: 0.2f, Ground: -0.1f, Zoom: 0.15f);
        Slopes.AssertAgree(problem, state, problem.Count);
    }

    [Fact]
    public void Fit_SevenKeypoints_SaysHowManyAreNeeded()
    {
        (Keypoints keypoints, _, Camera camera) = Known(0);
        var few = new Keypoints([.. keypoints.Observations.Select((o, i) => i < 7 ? o : default)]);
        Assert.Contains("at least 8", Assert.Throws<InputException>(() => BodyFit.Fit(Model, few, camera.Width, camera.Height)).Message);
    }
}

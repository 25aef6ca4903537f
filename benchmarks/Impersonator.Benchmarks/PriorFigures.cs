using System.Globalization;
using System.Numerics;
using Impersonator.Bodies;
using Impersonator.Files;
using Impersonator.Recovery;
using Impersonator.Recovery.Learning;
using Impersonator.Rendering;
using Impersonator.Training.Evaluation;

namespace Impersonator.Benchmarks;

/// <summary>What a pose prior is worth: frames of motions that it was not learned from are projected to keypoints and fitted again.</summary>
/// <remarks>
/// Five folds by motion. Each frame gets a body, a heading, a camera and noise of its own, drawn from a seed. Joint errors after
/// Procrustes' alignment (similarity), so scale, heading and place do not count.
/// </remarks>
internal static class PriorFigures
{
    private const int Folds = 5, SurfacePoints = 300;

    public static void Run(string[] args)
    {
        string[] folders = [.. args.Select((a, i) => (a, i)).Where(p => p.a == "--motions").Select(p => args[p.i + 1])];
        if (folders.Length == 0) throw new InputException("prior: --motions DIR is needed.");
        string[] except = (args.ValueOf("--except") ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries);
        int perMotion = int.Parse(args.ValueOf("--frames") ?? "4", CultureInfo.InvariantCulture);
        float noise = float.Parse(args.ValueOf("--noise") ?? "0.01", CultureInfo.InvariantCulture);
        (string Name, IReadOnlyList<Pose> Poses)[] motions = [.. MotionCollection.Read(folders, Console.Error.WriteLine, except).Select(m => (m.Name, PosePriorLearner.Thin(m))).Where(m => m.Item2.Count > 0)];
        Console.Error.WriteLine($"{motions.Length} motions, {motions.Sum(m => m.Poses.Count)} poses");
        var options = new BodyFitOptions();
        (string, PosePriorOptions?, int)[] rivals = [("set by hand", null, 0), ("learned", new PosePriorOptions(), 0), ($"learned, {SurfacePoints} points of the skin", new PosePriorOptions(), SurfacePoints)];
        Console.WriteLine("| prior | joint error | legs | arms | reprojection |");
        Console.WriteLine("|---|---|---|---|---|");
        foreach ((string name, PosePriorOptions? rival, int surfacePoints) in rivals) Console.WriteLine($"| {name} | {Measure(motions, rival, options, perMotion, noise, surfacePoints)} |");
    }

    private static Figures Measure((string Name, IReadOnlyList<Pose> Poses)[] motions, PosePriorOptions? learning, BodyFitOptions options, int perMotion, float noise, int surfacePoints)
    {
        BodyModel model = BodyModel.Default;
        var results = new List<Figures>();
        for (int fold = 0; fold < Folds; fold++)
        {
            PosePrior prior = learning is null ? PosePrior.Anatomical : PosePriorLearner.Learn([.. motions.Where((_, i) => i % Folds != fold).Select(m => m.Poses)], learning);
            (string Name, IReadOnlyList<Pose> Poses)[] own = [.. motions.Where((_, i) => i % Folds == fold)];
            var found = new Figures[own.Length * perMotion];
            Parallel.For(0, found.Length, n =>
            {
                (string name, IReadOnlyList<Pose> poses) = own[n / perMotion];
                var random = new Random(Seed(name) + (n % perMotion));
                found[n] = Refit(model, poses[random.Next(poses.Count)], options, prior, noise, surfacePoints, random);
            });
            results.AddRange(found);
        }
        return new Figures(results.Average(r => r.Joints), results.Average(r => r.Legs), results.Average(r => r.Arms), results.Average(r => r.Reprojection));
    }

    private static int Seed(string name) => name.Aggregate(17, (sum, c) => unchecked((sum * 31) + c));

    private static Figures Refit(BodyModel model, Pose pose, BodyFitOptions options, PosePrior prior, float noise, int surfacePoints, Random random)
    {
        float Normal() => MathF.Sqrt(-2 * MathF.Log(1 - random.NextSingle())) * MathF.Cos(2 * MathF.PI * random.NextSingle());
        const int Width = 800, Height = 1000;
        Body body = model.Create(new Shape([.. Enumerable.Range(0, 10).Select(_ => 0.5f * Normal())]));
        pose = pose with { Root = new Vector3(0, pose.Root.Y, 0), Rotations = pose.Rotations.SetItem(0, Quaternion.CreateFromAxisAngle(Vector3.UnitY, 2 * MathF.PI * random.NextSingle()) * pose.Rotations[0]) };
        float pitch = 0.1f * Normal(), focal = Height * 1.4f * MathF.Exp(0.25f * Normal());
        Quaternion rotation = Quaternion.CreateFromAxisAngle(Vector3.UnitX, pitch) * Camera.FacingMinusZ;
        var camera = new Camera(Width, Height, focal, new Vector2(Width, Height) / 2, rotation, new Vector3(0, 0, 2.3f * focal / Height) - Vector3.Transform(new Vector3(0, 0.9f, 0), rotation));
        (Vector3[] joints, Vector3[] points) = Places(model, body, pose);
        var exact = new Keypoints([.. points.Select(p => new KeypointObservation(camera.Project(p), 1))]);
        float spread = noise * exact.PersonHeight;
        var seen = new Keypoints([.. exact.Observations.Select(o => o with { Position = o.Position + (spread * new Vector2(Normal(), Normal())) })]);
        SurfaceObservation[] surface = surfacePoints == 0 ? [] : [.. Surface(body, pose, camera, surfacePoints, random).Select(o => o with { Position = o.Position + (spread * new Vector2(Normal(), Normal())), Sigma = spread })];
        Person person = BodyFit.Fit(model, seen, surface, Width, Height, null, options, prior, CancellationToken.None).Person;
        (Vector3[] found, Vector3[] foundPoints) = Places(model, model.Create(person.Shape), person.Pose);
        float[] errors = Procrustes.Errors(joints[..Joint.BodyCount], found[..Joint.BodyCount]);
        float Mean(params int[] which) => which.Average(j => errors[j]);
        return new Figures(errors.Average(), Mean(Joint.LeftKnee, Joint.RightKnee, Joint.LeftAnkle, Joint.RightAnkle), Mean(Joint.LeftElbow, Joint.RightElbow, Joint.LeftWrist, Joint.RightWrist),
            foundPoints.Select((p, k) => Vector2.Distance(person.Camera.Project(p), exact.Observations[k].Position)).Average() / exact.PersonHeight);
    }

    /// <summary>Points of the skin that the camera sees, drawn evenly over the picture.</summary>
    private static IEnumerable<SurfaceObservation> Surface(Body body, Pose pose, Camera camera, int count, Random random)
    {
        var posed = new Vector3[body.Mesh.VertexCount];
        body.Pose(pose, posed);
        for (int v = 0; v < posed.Length; v++) posed[v] = camera.CameraFromWorld(posed[v]);
        var maps = new SurfaceMaps();
        maps.Clear(camera.Width, camera.Height);
        Rasterizer.Draw(maps, camera, posed, body.Mesh.Triangles);
        (int X, int Y)[] seen = [.. Enumerable.Range(0, camera.Width * camera.Height).Select(i => (i % camera.Width, i / camera.Width)).Where(p => maps.TriangleAt(p.Item1, p.Item2) >= 0)];
        for (int n = 0; n < count && seen.Length > 0; n++)
        {
            (int x, int y) = seen[random.Next(seen.Length)];
            int t = 3 * maps.TriangleAt(x, y);
            (int a, int b, int c) = (body.Mesh.Triangles[t], body.Mesh.Triangles[t + 1], body.Mesh.Triangles[t + 2]);
            var pixel = new Vector2(x + 0.5f, y + 0.5f);
            yield return new SurfaceObservation(pixel, a, b, c, Rasterizer.Barycentrics(camera, pixel, posed[a], posed[b], posed[c]), 1);
        }
    }

    private static (Vector3[] Joints, Vector3[] Points) Places(BodyModel model, Body body, Pose pose)
    {
        var turns = new Quaternion[Joint.Count];
        var joints = new Vector3[Joint.Count];
        Kinematics.Forward(model.Skeleton, body.RestJoints, pose, turns, joints);
        return (joints, [.. model.Keypoints.Select(k => joints[k.Joint] + Vector3.Transform(k.Rest.Of(body.Mesh.RestPositions) - body.RestJoints[k.Joint], turns[k.Joint]))]);
    }

    private sealed record Figures(float Joints, float Legs, float Arms, float Reprojection)
    {
        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{1000 * Joints:F1} mm | {1000 * Legs:F1} mm | {1000 * Arms:F1} mm | {100 * Reprojection:F2} %");
    }
}

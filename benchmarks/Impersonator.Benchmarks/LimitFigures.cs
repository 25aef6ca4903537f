using System.Globalization;
using System.Numerics;
using Impersonator.Bodies;
using Impersonator.Files;
using Impersonator.Networks;
using Impersonator.Recovery;
using Impersonator.Training.Evaluation;
using Impersonator.Training.Synthesis;

namespace Impersonator.Benchmarks;

/// <summary>What limits recovered bodies: the same painted people fitted with the network's looks and with ever more of the truth, and with other weights.</summary>
/// <remarks>Errors in millimetres as in <see cref="SyntheticScores"/>, reprojection of seen keypoints in percent of the height; only people of whom 12 keypoints lie in the picture.</remarks>
internal static class LimitFigures
{
    public static void Run(string[] args)
    {
        int count = int.Parse(args.ValueOf("--people") ?? "32", CultureInfo.InvariantCulture), size = 384;
        PeoplePack pack = PeoplePack.Load(args.ValueOf("--pack") ?? throw new InputException("limits: --pack FILE is needed."));
        string[]? only = args.ValueOf("--only")?.Split(',');
        BodyModel model = BodyModel.Default;
        using var recovery = new PersonRecovery(model, args.ValueOf("--weights") is { } path ? Weights.Read(path) : Weights.ReadShipped(PersonRecovery.Network));
        using PoseEstimator? poses = args.ValueOf("--pose-weights") is { } posePath ? new PoseEstimator(Weights.Read(posePath)) : Weights.Shipped.Contains(PoseEstimator.Network) ? new PoseEstimator(Weights.ReadShipped(PoseEstimator.Network)) : null;
        var surface = new LookedSurface(model);
        var cases = new Case?[count];
        Parallel.For(0, count, () => new PersonPainter(pack) { Centred = true }, (i, _, painter) =>
        {
            var sample = new Sample(size);
            painter.Paint(SyntheticEvaluation.FirstSeed + (4 * i), sample);
            PersonLook look = recovery.Finder.Find(SyntheticEvaluation.PhotoOf(sample, "painted"));
            PhotoLabel label = SyntheticEvaluation.LabelOf(sample);
            if (look.IsPerson && label.States.Count(s => s > 0) >= 12) cases[i] = new Case(sample, look, label, PlacedBody.Of(sample));
            return painter;
        }, _ => { });
        Case[] known = [.. cases.OfType<Case>()];
        Console.WriteLine($"{known.Length} people; PoseNet {(poses is null ? "none" : "there")}");
        Console.WriteLine("variant                               MPJPE   PA  vertices  along across | PA median  reprojection %");
        var plain = new BodyFitOptions();
        BodyFitOptions With(Case c, BodyFitOptions options) => options with { Estimate = poses?.Estimate(c.Look, size, size, null) };
        void Try(string name, Func<Case, FitResult> fit)
        {
            if (only is not null && !only.Any(o => name.StartsWith(o, StringComparison.Ordinal))) return;
            var scores = new SyntheticScore?[known.Length];
            var errors = new float[known.Length];
            Parallel.For(0, known.Length, i =>
            {
                try
                {
                    FitResult found = fit(known[i]);
                    scores[i] = SyntheticScore.Of(known[i].Truth, PlacedBody.Of(found.Person));
                    Vector2[] mesh = FittedPoints.Keypoints(model, found.Person);
                    errors[i] = Enumerable.Range(0, 17).Where(k => known[i].Label.States[k] == 2).Select(k => Vector2.Distance(mesh[k], known[i].Label.Places[k]) / known[i].Label.Height).DefaultIfEmpty(0).Average();
                }
                catch (InputException)
                {
                    // Too little to fit: left out of this variant's means.
                }
            });
            SyntheticScore[] all = [.. scores.OfType<SyntheticScore>()];
            double Mean(Func<SyntheticScore, float> of) => 1000 * all.Average(of);
            double[] aligned = [.. all.Select(s => 1000.0 * s.Aligned.Average()).Order()];
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-36}{Mean(s => s.Joints),7:F1}{Mean(s => s.Aligned.Average()),7:F1}{Mean(s => s.Vertices),9:F1}{Mean(s => s.Offsets.Average(o => MathF.Abs(o.Z))),8:F1}{Mean(s => s.Offsets.Average(o => new Vector2(o.X, o.Y).Length())),7:F1} |{aligned[aligned.Length / 2],7:F1}{100 * errors.Average(),7:F2}"));
        }
        FitResult Fit(Case c, Keypoints k, List<SurfaceObservation> s, BodyFitOptions o, bool focal = false) => BodyFit.Fit(model, k, s, size, size, focal ? c.Sample.Camera.FocalLength : null, o);

        Try("network", c => Fit(c, c.Look.ToKeypoints(), surface.Of(c.Look), With(c, plain)));
        Try("network, no estimate", c => Fit(c, c.Look.ToKeypoints(), surface.Of(c.Look), plain));
        Try("true focal", c => Fit(c, c.Look.ToKeypoints(), surface.Of(c.Look), With(c, plain), focal: true));
        Try("true shape", c => Fit(c, c.Look.ToKeypoints(), surface.Of(c.Look), With(c, plain) with { LikelyShape = new Shape([.. c.Sample.Shape]) }));
        Try("true landmarks", c => Fit(c, c.True(), surface.Of(c.Look), With(c, plain)));
        Try("true landmarks, true surface", c => Fit(c, c.True(), surface.Of(c.TrueLook()), With(c, plain)));
        Try("true landmarks, surface, focal", c => Fit(c, c.True(), surface.Of(c.TrueLook()), With(c, plain), focal: true));
        foreach (float d in (float[])[0, 0.03f, 0.05f, 0.12f, 0.2f]) Try($"depth {d}", c => Fit(c, c.Look.ToKeypoints(), surface.Of(c.Look), With(c, plain) with { DepthSpread = d }));
        foreach (float d in (float[])[0, 0.03f]) Try($"true landmarks, true surface, depth {d}", c => Fit(c, c.True(), surface.Of(c.TrueLook()), With(c, plain) with { DepthSpread = d }));
        Try("true start", c => Fit(c, c.Look.ToKeypoints(), surface.Of(c.Look), plain with { Estimate = c.TrueEstimate(), EstimateWeight = 0, EstimatePlaceWeight = 0 }));
        Try("true estimate", c => Fit(c, c.Look.ToKeypoints(), surface.Of(c.Look), plain with { Estimate = c.TrueEstimate() }));
        static Keypoints Capped(PersonLook look, float cap, bool concentrated = false) => new([.. look.Keypoints.Take(17).Select(k => new KeypointObservation(k.Position, k.Inside > 0.5f ? concentrated ? MathF.Sqrt(MathF.Max(0.05f, k.Concentration)) : 1 : 0, MathF.Min(k.Error, cap * look.Size)))]);
        foreach (float cap in (float[])[0.02f, 0.05f, 0.2f])
        {
            Try($"cap {cap}", c => Fit(c, Capped(c.Look, cap), surface.Of(c.Look), With(c, plain)));
            Try($"cap {cap}, estimate x4", c => Fit(c, Capped(c.Look, cap), surface.Of(c.Look), With(c, plain) with { EstimateWeight = 2, EstimatePlaceWeight = 2 }));
        }
        Try("cap 0.02, concentrated", c => Fit(c, Capped(c.Look, 0.02f, true), surface.Of(c.Look), With(c, plain)));
        Try("no gravity", c => Fit(c, c.Look.ToKeypoints(), surface.Of(c.Look), With(c, plain) with { Gravity = 0 }));
        Try("gravity 0.3", c => Fit(c, c.Look.ToKeypoints(), surface.Of(c.Look), With(c, plain) with { Gravity = 0.3f }));
        Try("prior 0.5", c => Fit(c, c.Look.ToKeypoints(), surface.Of(c.Look), With(c, plain) with { PosePrior = 0.5f }));
        Try("prior 0.25", c => Fit(c, c.Look.ToKeypoints(), surface.Of(c.Look), With(c, plain) with { PosePrior = 0.25f }));
        Try("prior 2", c => Fit(c, c.Look.ToKeypoints(), surface.Of(c.Look), With(c, plain) with { PosePrior = 2 }));
        Try("no surface", c => Fit(c, c.Look.ToKeypoints(), [], With(c, plain)));
        foreach (float w in (float[])[0.5f, 2, 4])
            Try($"surface x{w}", c => Fit(c, c.Look.ToKeypoints(), [.. surface.Of(c.Look).Select(o => o with { Weight = o.Weight * (o.Weight < 0.1f ? w : 1) })], With(c, plain)));
        Try("surface sigma /2", c => Fit(c, c.Look.ToKeypoints(), [.. surface.Of(c.Look).Select(o => o with { Sigma = o.Sigma * (o.Weight < 0.1f ? 0.5f : 1) })], With(c, plain)));
        Try("focal spread 0.6", c => Fit(c, c.Look.ToKeypoints(), surface.Of(c.Look), With(c, plain) with { FocalLengthSpread = 0.6f }));
        Try("height spread 0.05", c => Fit(c, c.Look.ToKeypoints(), surface.Of(c.Look), With(c, plain) with { HeightSpread = 0.05f }));
        Try("shape 16", c => Fit(c, c.Look.ToKeypoints(), surface.Of(c.Look), With(c, plain) with { ShapeComponents = 16 }));
        foreach (float w in (float[])[0.5f, 2, 4])
            Try($"turns x{w}", c => Fit(c, c.Look.ToKeypoints(), surface.Of(c.Look), With(c, plain) with { EstimateWeight = plain.EstimateWeight * w }));
        foreach (float w in (float[])[0.5f, 2, 4])
            Try($"places x{w}", c => Fit(c, c.Look.ToKeypoints(), surface.Of(c.Look), With(c, plain) with { EstimatePlaceWeight = plain.EstimatePlaceWeight * w }));
        foreach (float w in (float[])[0.5f, 2, 4, 8])
            Try($"estimate x{w}", c => Fit(c, c.Look.ToKeypoints(), surface.Of(c.Look), With(c, plain) with { EstimateWeight = plain.EstimateWeight * w, EstimatePlaceWeight = plain.EstimatePlaceWeight * w }));
    }

    private sealed record Case(Sample Sample, PersonLook Look, PhotoLabel Label, PlacedBody Truth)
    {
        public Keypoints True() => new([.. Label.Places.Select((p, k) => new KeypointObservation(p, Label.States[k] > 0 ? 1 : 0))]);

        public PersonLook TrueLook()
        {
            int side = Look.Maps.Side, plane = side * side, size = Sample.Size;
            var maps = new PersonMaps(side, new float[plane], side, new float[PersonNet.PartCount * plane], new float[3 * plane], new float[plane]);
            for (int i = 0; i < plane; i++)
            {
                Vector2 at = Look.Window.ToPhoto(new Vector2((i % side) + 0.5f, (i / side) + 0.5f) / side);
                if (at.X < 0 || at.Y < 0 || at.X >= size || at.Y >= size) continue;
                int pixel = ((int)at.Y * size) + (int)at.X;
                maps.Matte[i] = Sample.Alpha[pixel] / 255f;
                maps.Parts[(Sample.Parts[pixel] * plane) + i] = 1;
                for (int a = 0; a < 3; a++) maps.Surface[(a * plane) + i] = Sample.Surface[(a * size * size) + pixel] / 65535f;
                maps.Depth[i] = Sample.Depth[pixel] / 1000f;
            }
            return Look with
            {
                Maps = maps,
                Keypoints = [.. Look.Keypoints.Select((p, k) => new LookedKeypoint(new Vector2(Sample.Keypoints[3 * k], Sample.Keypoints[(3 * k) + 1]), 0.5f, Sample.Keypoints[(3 * k) + 2] > 0 ? 1 : 0, 1))],
            };
        }

        public PoseEstimate TrueEstimate()
        {
            Vector3 pelvis = new(Sample.Joints3D.AsSpan(0, 3));
            var rotations = Sample.Pose.Take(Joint.BodyCount).ToArray();
            rotations[0] = Quaternion.Normalize(Sample.Camera.Rotation * rotations[0]);
            return new PoseEstimate([.. rotations], [.. Enumerable.Repeat(new Vector3(0.05f), Joint.BodyCount)], [.. Enumerable.Repeat(0.02f, Joint.BodyCount)], new Shape([.. Sample.Shape]),
                Sample.Camera.PrincipalPoint + (new Vector2(pelvis.X, pelvis.Y) * (Sample.Camera.FocalLength / pelvis.Z)), Sample.Camera.FocalLength / pelvis.Z);
        }
    }
}

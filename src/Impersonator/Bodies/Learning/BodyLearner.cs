using System.Collections.Immutable;
using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace Impersonator.Bodies.Learning;

/// <summary>Learns the body model from MakeHuman's data: many drawn bodies, put into the T-pose, their principal components.</summary>
public static class BodyLearner
{
    private const int RegressionBodies = 500;
    private static readonly string[] KeptGroups = ["body", "helper-l-eye", "helper-r-eye"];

    /// <summary>Learns a model.</summary>
    /// <param name="makeHumanFolder">MakeHuman's data folder.</param>
    /// <param name="options">How many bodies and components.</param>
    /// <param name="report">Receives lines about the result, for people.</param>
    /// <param name="cancellationToken">Stops between bodies.</param>
    /// <exception cref="Files.InputException">The folder lacks something or holds something unreadable.</exception>
    public static BodyModel Learn(string makeHumanFolder, BodyLearnerOptions? options = null, Action<string>? report = null, CancellationToken cancellationToken = default)
    {
        options ??= new BodyLearnerOptions();
        var data = new MakeHumanData(makeHumanFolder);
        var sampler = new PhenotypeSampler(data);

        // Keep the vertices of the visible groups, in the base mesh's order.
        var quads = KeptGroups.SelectMany(g => data.Groups[g]).ToList();
        int[] kept = KeptVertices(data);
        var newIndex = new Dictionary<int, int>();
        for (int i = 0; i < kept.Length; i++) newIndex[kept[i]] = i;
        int[] keptTexcoords = [.. quads.SelectMany(q => q.Texcoords).Distinct().Order()];
        var newTexcoord = new Dictionary<int, int>();
        for (int i = 0; i < keptTexcoords.Length; i++) newTexcoord[keptTexcoords[i]] = i;
        JointWeights[] weights = Weights(data, kept);

        int[] heads = [.. RigMap.JointBones.Select(name => data.Bones.FindIndex(b => b.Name == name))];
        int[] tips = [.. Enumerable.Range(0, 10).Select(f => heads[Joint.LeftHand + (3 * f) + 2])];
        (Vector3[] Vertices, Vector3[] Joints) Posed(Vector3[] whole)
        {
            Vector3 Mean(int[] ends) => ends.Aggregate(Vector3.Zero, (sum, v) => sum + whole[v]) / ends.Length;
            Vector3[] joints = [.. heads.Select(b => Mean(data.Bones[b].Head))];
            Vector3[] fingertips = [.. tips.Select(b => Mean(data.Bones[b].Tail))];
            Vector3[] body = [.. kept.Select(v => whole[v])];
            (Vector3[] vertices, Vector3[] places) = TPose.Apply(body, joints, fingertips, weights);
            float lowest = vertices.Min(v => v.Y);
            for (int v = 0; v < vertices.Length; v++) vertices[v].Y -= lowest;
            for (int j = 0; j < places.Length; j++) places[j].Y -= lowest;
            return (vertices, places);
        }

        int total = options.Bodies + options.HeldOutBodies;
        var people = new (Vector3[] Vertices, Vector3[] Joints)[total];
        var phenotypes = new Phenotype[total];
        Parallel.For(0, total, new ParallelOptions { CancellationToken = cancellationToken }, n =>
        {
            (phenotypes[n], Vector3[] whole) = sampler.Draw(new Random(unchecked((options.Seed * 1_000_003) + n)));
            people[n] = Posed(whole);
        });
        var learned = people[..options.Bodies];
        var heldOut = people[options.Bodies..];

        var mean = new Vector3[kept.Length];
        foreach ((Vector3[] vertices, _) in learned)
            for (int v = 0; v < mean.Length; v++) mean[v] += vertices[v] / learned.Length;
        float[][] Centred((Vector3[] Vertices, Vector3[] Joints)[] set) => [.. set.Select(p =>
        {
            var row = new Vector3[mean.Length];
            for (int v = 0; v < row.Length; v++) row[v] = p.Vertices[v] - mean[v];
            return MemoryMarshal.Cast<Vector3, float>(row).ToArray();
        })];
        float[][] components = PrincipalComponents.Of(Centred(learned), options.Components, iterations: 6, new Random(options.Seed));
        foreach (int k in (int[])[16, options.Components])
            report?.Invoke($"{k} components explain {heldOut.Length} held-out bodies to a mean vertex error of {1000 * MeanVertexError(Centred(heldOut), components[..Math.Min(k, components.Length)]):F2} mm");

        int[] skin = [.. Enumerable.Range(0, kept.Length).Where(v => kept[v] < data.Groups["body"].Max(q => q.Vertices.Max()) + 1)];
        var regressors = new VertexBlend[Joint.Count];
        Parallel.For(0, Joint.Count, j => regressors[j] = JointRegression.Fit(j, learned[..Math.Min(RegressionBodies, learned.Length)], weights, skin));
        double jointError = heldOut.Average(p => Enumerable.Range(0, Joint.Count).Average(j => Vector3.Distance(regressors[j].Of(p.Vertices), p.Joints[j])));
        report?.Invoke($"joints regressed from vertices: mean error {1000 * jointError:F2} mm on held-out bodies");

        BodyPart[] parts = [.. weights.Select(w => RigMap.PartOf(w.Joint0))];
        var triangles = new List<int>();
        var texcoordTriangles = new List<int>();
        foreach ((int[] quad, int[] coordinates) in quads)
            for (int k = 2; k < quad.Length; k++)
                foreach (int c in (ReadOnlySpan<int>)[0, k - 1, k])
                {
                    triangles.Add(newIndex[quad[c]]);
                    texcoordTriangles.Add(newTexcoord[coordinates[c]]);
                }
        var template = new SkinnedMesh(mean, weights, parts, [.. triangles], [.. keptTexcoords.Select(t => data.Texcoords[t])], [.. texcoordTriangles]);
        float[][] scores = Scores(Centred(learned), components), heldOutScores = Scores(Centred(heldOut), components);
        PhenotypeMap phenotypeMap = PhenotypeRegression.Fit(phenotypes[..options.Bodies], scores);
        report?.Invoke($"traits read off held-out shapes, mean errors: {PhenotypeRegression.Errors(phenotypeMap, phenotypes[options.Bodies..], heldOutScores)}");
        int[] lips = [.. Enumerable.Range(0, kept.Length).Where(i => data.Weights[kept[i]].Any(w => w.Weight > 0.3f && data.Bones[w.Bone].Name.StartsWith("oris", StringComparison.Ordinal)))];
        int[] Kept(string group) => [.. data.Groups[group].SelectMany(q => q.Vertices).Distinct().Order().Select(v => newIndex[v])];
        return new BodyModel
        {
            Skeleton = Skeleton.SmplH,
            Template = template,
            Components = [.. components.Select(c => MemoryMarshal.Cast<float, Vector3>(c).ToArray())],
            JointRegressors = [.. regressors],
            Keypoints = Landmarks.Keypoints(template, regressors),
            Landmarks = Landmarks.Surface(template, regressors, lips, Kept("helper-l-eye"), Kept("helper-r-eye")),
            Phenotypes = phenotypeMap,
            Mirror = Landmarks.Mirror(data.Vertices, kept),
        };
    }

    /// <summary>[V] MakeHuman's vertices that the model keeps, in the model's order.</summary>
    internal static int[] KeptVertices(MakeHumanData data) => [.. KeptGroups.SelectMany(g => data.Groups[g]).SelectMany(q => q.Vertices).Distinct().Order()];

    /// <summary>Aggregates MakeHuman's bone weights to joints, keeps the four strongest and normalises.</summary>
    internal static JointWeights[] Weights(MakeHumanData data, int[] kept)
    {
        int[] jointOf = RigMap.JointOfBone(data.Bones);
        return [.. kept.Select(v =>
        {
            var sums = new SortedDictionary<int, float>();
            foreach ((int bone, float weight) in data.Weights[v])
                if (weight > 0) sums[jointOf[bone]] = sums.GetValueOrDefault(jointOf[bone]) + weight;
            if (sums.Count == 0) sums[Joint.Head] = 1; // eyeballs carry no weights
            var strongest = sums.OrderByDescending(s => s.Value).Take(JointWeights.Count).ToArray();
            float sum = strongest.Sum(s => s.Value);
            (ushort Joint, float Weight) At(int k) => k < strongest.Length ? ((ushort)strongest[k].Key, strongest[k].Value / sum) : ((ushort)strongest[0].Key, 0);
            return new JointWeights(At(0).Joint, At(1).Joint, At(2).Joint, At(3).Joint, At(0).Weight, At(1).Weight, At(2).Weight, At(3).Weight);
        })];
    }

    /// <summary>[N][K] least-squares coefficients of bodies in orthogonal components.</summary>
    private static float[][] Scores(float[][] rows, float[][] components)
    {
        float[] squares = [.. components.Select(c => TensorPrimitives.SumOfSquares<float>(c))];
        return [.. rows.Select(row => components.Select((c, k) => TensorPrimitives.Dot<float>(row, c) / squares[k]).ToArray())];
    }

    /// <summary>Mean distance between bodies and their least-squares reconstruction by orthogonal components, metres.</summary>
    private static double MeanVertexError(float[][] rows, float[][] components)
    {
        double[] squares = [.. components.Select(c => (double)TensorPrimitives.SumOfSquares<float>(c))];
        var errors = new double[rows.Length];
        Parallel.For(0, rows.Length, n =>
        {
            var rest = (float[])rows[n].Clone();
            for (int k = 0; k < components.Length; k++)
            {
                float score = (float)(TensorPrimitives.Dot<float>(rows[n], components[k]) / squares[k]);
                TensorPrimitives.MultiplyAdd<float>(components[k], -score, rest, rest);
            }
            double sum = 0;
            foreach (Vector3 v in MemoryMarshal.Cast<float, Vector3>(rest)) sum += v.Length();
            errors[n] = sum / (rest.Length / 3);
        });
        return errors.Average();
    }
}

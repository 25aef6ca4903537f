using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Impersonator.Bodies;
using Impersonator.Bodies.Learning;
using Impersonator.Files;

namespace Impersonator.Training.Synthesis.Packing;

/// <summary>MakeHuman's whole base mesh, helpers included, over many drawn people: in their rest pose and in the library's T-pose.</summary>
internal sealed class BaseBodies
{
    private readonly MakeHumanData _data;
    private readonly int[] _heads, _tips;
    private readonly Vector3[] _average;
    private readonly Vector3[][] _helpers;

    /// <summary>Draws people.</summary>
    /// <exception cref="InputException">The folder is not MakeHuman's, or its mesh is not the one that the body model was learned from.</exception>
    public BaseBodies(string makeHumanFolder, int people, CancellationToken cancellationToken)
    {
        _data = new MakeHumanData(makeHumanFolder);
        BodyModel model = BodyModel.Default;
        int[] kept = BodyLearner.KeptVertices(_data);
        if (kept.Length != model.Template.VertexCount || kept[Figure.FirstEyeVertex - 1] != Figure.FirstEyeVertex - 1)
            throw new InputException($"{makeHumanFolder}: its base mesh keeps {kept.Length} vertices, the body model has {model.Template.VertexCount}; use MakeHuman's hm08 base mesh.");
        Weights = BodyLearner.Weights(_data, [.. Enumerable.Range(0, _data.Vertices.Length)]);
        _heads = [.. RigMap.JointBones.Select(name => _data.Bones.FindIndex(b => b.Name == name))];
        _tips = [.. Enumerable.Range(0, 10).Select(f => _heads[Joint.LeftHand + (3 * f) + 2])];
        HelperVertices = [.. Enumerable.Range(0, _data.Vertices.Length).Except(kept)];
        Combined = new int[_data.Vertices.Length];
        for (int i = 0; i < kept.Length; i++) Combined[kept[i]] = i;
        for (int i = 0; i < HelperVertices.Length; i++) Combined[HelperVertices[i]] = kept.Length + i;

        var sampler = new PhenotypeSampler(_data);
        float[] squares = [.. model.Components.Select(c => TensorPrimitives.SumOfSquares<float>(MemoryMarshal.Cast<Vector3, float>(c)))];
        (People, Traits, _helpers) = (new float[people * squares.Length], new Traits[people], new Vector3[people][]);
        var sums = new Vector3[_data.Vertices.Length];
        Parallel.For(0, people, new ParallelOptions { CancellationToken = cancellationToken }, n =>
        {
            (Phenotype who, Vector3[] whole) = sampler.Draw(new Random(77_000 + n));
            Vector3[] posed = TPosed(whole, []);
            var row = new Vector3[kept.Length];
            for (int v = 0; v < kept.Length; v++) row[v] = posed[kept[v]] - model.Template.RestPositions[v];
            for (int k = 0; k < squares.Length; k++)
                People[(n * squares.Length) + k] = TensorPrimitives.Dot<float>(MemoryMarshal.Cast<Vector3, float>(row), MemoryMarshal.Cast<Vector3, float>(model.Components[k])) / squares[k];
            Traits[n] = new Traits(who.Gender, who.Age, who.Weight);
            _helpers[n] = [.. HelperVertices.Select(v => posed[v])];
        });
        // Not in the loop: the order of sums must not depend on threads.
        _average = new Vector3[_data.Vertices.Length];
        for (int n = 0; n < people; n += 5)
        {
            Vector3[] whole = sampler.Draw(new Random(77_000 + n)).Vertices;
            for (int v = 0; v < whole.Length; v++) _average[v] += whole[v] / ((people + 4) / 5);
        }
        AveragePosed = TPosed(_average, []);
    }

    /// <summary>[19158] weights of all base vertices.</summary>
    public JointWeights[] Weights { get; }

    /// <summary>[H] base vertices that are no skin.</summary>
    public int[] HelperVertices { get; }

    /// <summary>[19158] a base vertex's index in a <see cref="ShapedBody"/> that has all helpers.</summary>
    public int[] Combined { get; }

    /// <summary>[N·32] shapes.</summary>
    public float[] People { get; }

    /// <summary>[N] who they are.</summary>
    public Traits[] Traits { get; }

    /// <summary>[19158] the average of all in MakeHuman's rest pose.</summary>
    public Vector3[] Average => _average;

    /// <summary>[19158] the same in the T-pose.</summary>
    public Vector3[] AveragePosed { get; }

    /// <summary>Triangles of a group of the base mesh.</summary>
    public ushort[] Triangles(string group) => [.. _data.Groups[group].SelectMany(q => Enumerable.Range(2, q.Vertices.Length - 2).SelectMany(k => (ushort[])[(ushort)q.Vertices[0], (ushort)q.Vertices[k - 1], (ushort)q.Vertices[k]]))];

    /// <summary>Brings a body in MakeHuman's rest pose into the T-pose, and further vertices with it.</summary>
    /// <param name="whole">[19158] the body.</param>
    /// <param name="more">Further vertices and their weights.</param>
    public Vector3[] TPosed(Vector3[] whole, IReadOnlyList<(Vector3 Place, JointWeights Weights)> more)
    {
        Vector3 Mean(int[] ends) => ends.Aggregate(Vector3.Zero, (sum, v) => sum + whole[v]) / ends.Length;
        (Vector3[] vertices, _) = TPose.Apply([.. whole, .. more.Select(m => m.Place)], [.. _heads.Select(b => Mean(_data.Bones[b].Head))], [.. _tips.Select(b => Mean(_data.Bones[b].Tail))], [.. Weights, .. more.Select(m => m.Weights)]);
        float lowest = float.MaxValue;
        for (int v = 0; v < Figure.FirstEyeVertex; v++) lowest = MathF.Min(lowest, vertices[v].Y);
        for (int v = 0; v < vertices.Length; v++) vertices[v].Y -= lowest;
        return vertices;
    }

    /// <summary>Fits helpers as linear functions of the shape coefficients, by least squares over all people.</summary>
    /// <param name="kept">Indices into <see cref="HelperVertices"/>.</param>
    /// <param name="report">Receives the error.</param>
    public HelperBasis FitHelpers(int[] kept, Action<string> report)
    {
        int people = Traits.Length, k = People.Length / people, n = k + 1;
        var normal = new double[n * n];
        float Feature(int person, int i) => i < k ? People[(person * k) + i] : 1;
        for (int p = 0; p < people; p++)
            for (int i = 0; i < n; i++)
                for (int j = 0; j < n; j++) normal[(i * n) + j] += Feature(p, i) * (double)Feature(p, j);
        double[] inverse = Inverse(normal, n);
        var coefficients = new float[n][];
        for (int i = 0; i < n; i++) coefficients[i] = new float[3 * kept.Length];
        Parallel.For(0, n, i =>
        {
            for (int p = 0; p < people; p++)
            {
                double weight = 0;
                for (int j = 0; j < n; j++) weight += inverse[(i * n) + j] * Feature(p, j);
                for (int h = 0; h < kept.Length; h++)
                    for (int axis = 0; axis < 3; axis++) coefficients[i][(3 * h) + axis] += (float)(weight * _helpers[p][kept[h]][axis]);
            }
        });
        double error = 0;
        int tested = Math.Min(people, 50);
        for (int p = 0; p < tested; p++)
            for (int h = 0; h < kept.Length; h++)
            {
                Vector3 place = Vector3.Zero;
                for (int i = 0; i < n; i++) place += new Vector3(coefficients[i].AsSpan(3 * h, 3)) * Feature(p, i);
                error += Vector3.Distance(place, _helpers[p][kept[h]]);
            }
        report($"{kept.Length} helper vertices from {k} shape coefficients: mean error {1000 * error / tested / kept.Length:F2} mm");
        (byte[] joints, byte[] weights) = JointBytes.Of([.. kept.Select(h => Weights[HelperVertices[h]])]);
        return new HelperBasis { Mean = coefficients[k], Components = coefficients[..k], Joints = joints, Weights = weights };
    }

    /// <summary>Gauss and Jordan; the matrix is symmetric and positive.</summary>
    private static double[] Inverse(double[] matrix, int n)
    {
        var a = (double[])matrix.Clone();
        var inverse = new double[n * n];
        for (int i = 0; i < n; i++) inverse[(i * n) + i] = 1;
        for (int i = 0; i < n; i++)
        {
            double pivot = a[(i * n) + i];
            for (int j = 0; j < n; j++) (a[(i * n) + j], inverse[(i * n) + j]) = (a[(i * n) + j] / pivot, inverse[(i * n) + j] / pivot);
            for (int r = 0; r < n; r++)
            {
                double factor = a[(r * n) + i];
                if (r == i || factor == 0) continue;
                for (int j = 0; j < n; j++)
                {
                    a[(r * n) + j] -= factor * a[(i * n) + j];
                    inverse[(r * n) + j] -= factor * inverse[(i * n) + j];
                }
            }
        }
        return inverse;
    }
}

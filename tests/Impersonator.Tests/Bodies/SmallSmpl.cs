using System.Numerics;
using System.Runtime.InteropServices;
using Impersonator.Bodies;
using Impersonator.Files;
using Impersonator.Tests.Files;

namespace Impersonator.Tests.Bodies;

/// <summary>A stick figure in SMPL's layout: for each joint a vertex before and one behind it, and a few on head and feet.</summary>
internal sealed class SmallSmpl
{
    private const int Components = 3;
    private static readonly (float X, float Y)[] Body =
    [
        (0, 0), (0.1f, -0.1f), (-0.1f, -0.1f), (0, 0.1f), (0.1f, -0.5f), (-0.1f, -0.5f), (0, 0.2f), (0.1f, -0.9f), (-0.1f, -0.9f), (0, 0.3f), (0.1f, -0.95f), (-0.1f, -0.95f),
        (0, 0.5f), (0.08f, 0.45f), (-0.08f, 0.45f), (0, 0.6f), (0.2f, 0.45f), (-0.2f, 0.45f), (0.45f, 0.45f), (-0.45f, 0.45f), (0.7f, 0.45f), (-0.7f, 0.45f),
    ];

    public SmallSmpl(int joints = 24)
    {
        JointCount = joints;
        Joints = [.. Enumerable.Range(0, joints).Select(j => j < Joint.BodyCount ? Body[j] : Extra(j, joints))];
        var vertices = new List<Vector3>();
        var owners = new List<int>();
        for (int j = 0; j < joints; j++)
            foreach (float z in (ReadOnlySpan<float>)[0.04f, -0.04f])
            {
                vertices.Add(new Vector3(Joints[j].X, Joints[j].Y, z));
                owners.Add(j);
            }
        foreach ((Vector3 p, int owner) in (ReadOnlySpan<(Vector3, int)>)
        [
            (new(0, 0.6f, 0.12f), Joint.Head), (new(0, 0.75f, 0), Joint.Head), (new(0.07f, 0.65f, 0), Joint.Head), (new(-0.07f, 0.65f, 0), Joint.Head),
            (new(0.1f, -1, 0.15f), Joint.LeftFoot), (new(-0.1f, -1, 0.15f), Joint.RightFoot), (new(0.12f, -1, -0.08f), Joint.LeftAnkle), (new(-0.12f, -1, -0.08f), Joint.RightAnkle),
            (new(0.05f, 0.65f, 0.05f), Joint.Head), (new(-0.05f, 0.65f, 0.05f), Joint.Head), (new(0.15f, -0.98f, 0.1f), Joint.LeftFoot), (new(-0.15f, -0.98f, 0.1f), Joint.RightFoot),
        ])
        {
            vertices.Add(p);
            owners.Add(owner);
        }
        Vertices = [.. vertices];
        Owners = [.. owners];
    }

    private static (float X, float Y) Extra(int joint, int joints)
    {
        if (joints == 24) return (joint == 22 ? 0.8f : -0.8f, 0.45f);
        if (joints == 55 && joint < 25) return ((joint - 23.5f) * -0.06f, joint == 22 ? 0.57f : 0.62f);
        int finger = joint - (joints == 55 ? 25 : 22);
        return ((finger < 15 ? 1 : -1) * (0.75f + (0.01f * (finger % 15))), 0.45f);
    }

    public int JointCount { get; }

    public (float X, float Y)[] Joints { get; }

    public Vector3[] Vertices { get; }

    /// <summary>[V] the joint of the file with weight 0.7; its parent has the rest.</summary>
    public int[] Owners { get; }

    public int[] Triangles => [.. Enumerable.Range(0, Vertices.Length - 2).SelectMany(i => (int[])[i, i + 1, i + 2])];

    public double[] Template => [.. Vertices.SelectMany(v => (double[])[v.X, v.Y, v.Z])];

    /// <summary>Component k moves every vertex by (k + 1) cm along axis k.</summary>
    public double[] Directions
    {
        get
        {
            var values = new double[Vertices.Length * 3 * Components];
            for (int v = 0; v < Vertices.Length; v++)
                for (int k = 0; k < Components; k++) values[(((v * 3) + k) * Components) + k] = 0.01 * (k + 1);
            return values;
        }
    }

    public double[] Weights
    {
        get
        {
            var values = new double[Vertices.Length * JointCount];
            for (int v = 0; v < Vertices.Length; v++)
            {
                int parent = Math.Max(0, SmplJoints.ParentOf(Owners[v], JointCount));
                values[(v * JointCount) + Owners[v]] += 0.7;
                values[(v * JointCount) + parent] += 0.3;
            }
            return values;
        }
    }

    public double[] Regressor
    {
        get
        {
            var values = new double[JointCount * Vertices.Length];
            for (int j = 0; j < JointCount; j++) values[(j * Vertices.Length) + (2 * j)] = values[(j * Vertices.Length) + (2 * j) + 1] = 0.5;
            return values;
        }
    }

    /// <summary>[V·3·9(J−1)] small numbers, all different, if the file is to have pose blend shapes.</summary>
    public double[]? PoseDirections { get; init; }

    /// <summary>Numbers for <see cref="PoseDirections"/>.</summary>
    public double[] AnyPoseDirections() => [.. Enumerable.Range(0, Vertices.Length * 3 * 9 * (JointCount - 1)).Select(i => 0.02 * Math.Sin(i * 1.7))];

    /// <summary>Parents over numbers; the root's parent is 4294967295, as in SMPL.</summary>
    public uint[] Tree => [.. Enumerable.Range(0, JointCount).Select(j => (uint)SmplJoints.ParentOf(j, JointCount)), .. Enumerable.Range(0, JointCount).Select(j => (uint)j)];

    public void WriteNpz(string path, string? without = null, double[]? template = null, uint[]? tree = null)
    {
        using var file = File.Create(path);
        using var npz = new NpzWriter(file);
        if (without != "v_template") npz.Add<double>("v_template", template ?? Template, Vertices.Length, 3);
        if (without != "shapedirs") npz.Add<double>("shapedirs", Directions, Vertices.Length, 3, Components);
        if (without != "weights") npz.Add<double>("weights", Weights, Vertices.Length, JointCount);
        if (without != "J_regressor") npz.Add<double>("J_regressor", Regressor, JointCount, Vertices.Length);
        if (without != "kintree_table") npz.Add<uint>("kintree_table", tree ?? Tree, 2, JointCount);
        if (PoseDirections is not null) npz.Add<double>("posedirs", PoseDirections, Vertices.Length, 3, 9 * (JointCount - 1));
        if (without != "f") npz.Add<int>("f", Triangles, Triangles.Length / 3, 3);
    }

    /// <summary>As SMPL's own files: a chumpy array, a sparse regressor by columns, 64-bit numbers.</summary>
    public void WritePickle(string path)
    {
        int count = Vertices.Length;
        int[] rows = [.. Enumerable.Range(0, 2 * JointCount).Select(v => v / 2)], starts = [.. Enumerable.Range(0, count + 1).Select(v => Math.Min(v, 2 * JointCount))];
        byte[] sparse = Pickles.Object("scipy.sparse.csc", "csc_matrix", Pickles.Dictionary(
            ("_shape", Pickles.Tuple(Pickles.Int(JointCount), Pickles.Int(count))), ("indices", Pickles.Array<int>("i4", rows, rows.Length)),
            ("indptr", Pickles.Array<int>("i4", starts, starts.Length)), ("data", Pickles.Array<double>("f8", Enumerable.Repeat(0.5, rows.Length).ToArray(), rows.Length))));
        byte[] chumpy = Pickles.Object("chumpy.ch", "Ch", Pickles.Dictionary(("x", Pickles.Array<double>("f8", Directions, count, 3, Components))));
        File.WriteAllBytes(path, Pickles.File(Pickles.Dictionary(
            ("v_template", Pickles.Array<double>("f8", Template, count, 3)), ("shapedirs", chumpy), ("weights", Pickles.Array<double>("f8", Weights, count, JointCount)),
            ("J_regressor", sparse), ("kintree_table", Pickles.Array<long>("i8", Tree.Select(v => (long)v).ToArray(), 2, JointCount)),
            ("f", Pickles.Array<uint>("u4", MemoryMarshal.Cast<int, uint>(Triangles), Triangles.Length / 3, 3)), ("bs_style", Pickles.Text("lbs")))));
    }
}

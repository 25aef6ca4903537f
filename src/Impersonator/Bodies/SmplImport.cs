using System.Collections.Immutable;
using System.Numerics;
using System.Runtime.InteropServices;
using Impersonator.Bodies.Learning;
using Impersonator.Files;

namespace Impersonator.Bodies;

/// <summary>Reads body models of the SMPL family, which a user brings; nothing of SMPL ships with us.</summary>
/// <remarks>
/// The result is a <see cref="BodyModel"/> over the same 52 joints as our own, so every motion fits (<see cref="SmplJoints"/>).
/// Taken are template, shape components, joint regressor, the four strongest weights of each vertex, triangles and, where the
/// file has them, pose blend shapes (<see cref="PoseCorrectives"/>) and, in SMPL-X, texture coordinates.
/// Sources: Loper et al., "SMPL", SIGGRAPH Asia 2015; Romero et al. 2017 (SMPL-H); Pavlakos et al. 2019 (SMPL-X).
/// </remarks>
public static class SmplImport
{
    /// <summary>Most shape components taken, as many as our own model has; SMPL-X has 300 and expressions behind them.</summary>
    public const int MaxComponents = 32;

    private const int MaxVertices = ushort.MaxValue, MaxTriangles = 1 << 18;
    private const float Rounding = 0.02f;

    /// <summary>Reads a model file.</summary>
    /// <param name="path">A <c>.npz</c>, or a <c>.pkl</c> that is read without executing anything.</param>
    /// <param name="limits">What the file may cost; SMPL-X needs more than the default.</param>
    /// <exception cref="InputException">Missing, too large, damaged, unsafe, or not in SMPL's layout.</exception>
    public static BodyModel Read(string path, InputLimits? limits = null)
    {
        using SmplArrays file = SmplArrays.Open(path, limits ?? InputLimits.Default);
        NpyArray places = file.Get("v_template", -1, 3), influences = file.Get("weights", places.Shape[0], -1);
        (int vertices, int fileJoints) = (places.Shape[0], influences.Shape[1]);
        if (vertices > MaxVertices) throw new SmplFormatException(file.Name, $"has {vertices} vertices, at most {MaxVertices} are read");
        ImmutableArray<int> oursOf = SmplJoints.OursOf(fileJoints);
        if (oursOf.IsDefault) throw new SmplFormatException(file.Name, $"has {fileJoints} joints, known are 24, 52 and 55");
        CheckTree(file, fileJoints);

        Vector3[] positions = Vectors(file.Finite("v_template", places));
        float lowest = positions.Min(p => p.Y);
        for (int v = 0; v < vertices; v++) positions[v].Y -= lowest;
        JointWeights[] weights = Weights(file, file.Finite("weights", influences), fileJoints, oursOf);
        BodyPart[] parts = Array.ConvertAll(weights, w => RigMap.PartOf(w.Joint0));
        int[] triangles = Triangles(file, vertices);
        (Vector2[] texcoords, int[] texcoordTriangles) = SmplTexcoords.Of(file, positions, triangles);
        var template = new SkinnedMesh(positions, weights, parts, triangles, texcoords, texcoordTriangles) { Correctives = Correctives(file, vertices, fileJoints) };
        VertexBlend[] regressors = Regressors(file, vertices, fileJoints);
        try
        {
            return new BodyModel
            {
                Skeleton = Skeleton.SmplH,
                Template = template,
                Components = Components(file, vertices),
                JointRegressors = [.. regressors],
                Keypoints = Landmarks.Keypoints(template, regressors),
                Mirror = Landmarks.Mirror(positions, [.. Enumerable.Range(0, vertices)]),
            };
        }
        catch (InvalidOperationException)
        {
            throw new SmplFormatException(file.Name, "has no skin on the head or on a foot, or does not stand upright facing +Z");
        }
    }

    private static void CheckTree(SmplArrays file, int fileJoints)
    {
        int[] table = file.Get("kintree_table", 2, fileJoints).ToInt32s();
        for (int j = 0; j < fileJoints; j++)
            if (table[fileJoints + j] != j || table[j] != SmplJoints.ParentOf(j, fileJoints))
                throw new SmplFormatException(file.Name, $"its joint {j} hangs on {table[j]}, in a skeleton of {fileJoints} joints it hangs on {SmplJoints.ParentOf(j, fileJoints)}");
    }

    private static Vector3[] Vectors(float[] values) => MemoryMarshal.Cast<float, Vector3>(values).ToArray();

    private static int[] Triangles(SmplArrays file, int vertices)
    {
        NpyArray array = file.Get("f", -1, 3);
        if (array.Shape[0] > MaxTriangles) throw new SmplFormatException(file.Name, $"has {array.Shape[0]} triangles, at most {MaxTriangles} are read");
        int[] triangles = array.ToInt32s();
        foreach (int v in triangles)
            if ((uint)v >= (uint)vertices) throw new SmplFormatException(file.Name, $"a triangle names vertex {v} of {vertices}");
        return triangles;
    }

    private static JointWeights[] Weights(SmplArrays file, float[] given, int fileJoints, ImmutableArray<int> oursOf)
    {
        var weights = new JointWeights[given.Length / fileJoints];
        Span<float> ours = stackalloc float[Joint.Count];
        Span<ushort> joints = stackalloc ushort[JointWeights.Count];
        Span<float> strongest = stackalloc float[JointWeights.Count];
        for (int v = 0; v < weights.Length; v++)
        {
            ours.Clear();
            for (int j = 0; j < fileJoints; j++) ours[oursOf[j]] += MathF.Max(0, given[(v * fileJoints) + j]);
            for (int k = 0; k < JointWeights.Count; k++)
            {
                int best = 0;
                for (int j = 1; j < Joint.Count; j++)
                    if (ours[j] > ours[best]) best = j;
                (joints[k], strongest[k]) = ((ushort)best, ours[best]);
                ours[best] = 0;
            }
            float sum = strongest[0] + strongest[1] + strongest[2] + strongest[3];
            if (!(sum > 0) || !float.IsFinite(sum)) throw new SmplFormatException(file.Name, $"its vertex {v} follows no joint");
            weights[v] = new JointWeights(joints[0], joints[1], joints[2], joints[3], strongest[0] / sum, strongest[1] / sum, strongest[2] / sum, strongest[3] / sum);
        }
        return weights;
    }

    private static VertexBlend[] Regressors(SmplArrays file, int vertices, int fileJoints)
    {
        ILookup<int, (int Row, int Column, float Value)> rows = file.Matrix("J_regressor", fileJoints, vertices).ToLookup(e => e.Row);
        var regressors = new VertexBlend[Joint.Count];
        for (int j = 0; j < regressors.Length; j++)
        {
            (int Row, int Column, float Value)[] row = [.. rows[SmplJoints.PlaceOf(j, fileJoints)]];
            float sum = row.Sum(e => e.Value);
            if (!(MathF.Abs(sum - 1) <= Rounding)) throw new SmplFormatException(file.Name, $"the weights of its J_regressor for {Skeleton.SmplH.JointNames[j]} sum to {sum}, needed is 1");
            regressors[j] = new VertexBlend([.. row.Select(e => e.Column)], [.. row.Select(e => e.Value / sum)]);
        }
        return regressors;
    }

    /// <summary>Pose blend shapes of the joints that are ours too; the file's others never turn.</summary>
    private static PoseCorrectives? Correctives(SmplArrays file, int vertices, int fileJoints)
    {
        if (!file.Contains("posedirs")) return null;
        int given = PoseCorrectives.Entries * (fileJoints - 1);
        float[] values = file.Numbers("posedirs", vertices, 3, given);
        int[] joints = [.. Enumerable.Range(1, (fileJoints == 24 ? Joint.BodyCount : Joint.Count) - 1)];
        var directions = new Vector3[joints.Length * PoseCorrectives.Entries][];
        for (int d = 0; d < directions.Length; d++)
        {
            int at = (PoseCorrectives.Entries * (SmplJoints.PlaceOf(joints[d / PoseCorrectives.Entries], fileJoints) - 1)) + (d % PoseCorrectives.Entries);
            directions[d] = new Vector3[vertices];
            for (int v = 0; v < vertices; v++, at += 3 * given) directions[d][v] = new Vector3(values[at], values[at + given], values[at + (2 * given)]);
        }
        return new PoseCorrectives([.. joints], directions);
    }

    private static ImmutableArray<Vector3[]> Components(SmplArrays file, int vertices)
    {
        NpyArray directions = file.Get("shapedirs", vertices, 3, -1);
        float[] values = file.Finite("shapedirs", directions);
        int given = directions.Shape[2], count = Math.Min(given, MaxComponents);
        var components = ImmutableArray.CreateBuilder<Vector3[]>(count);
        for (int k = 0; k < count; k++)
        {
            var component = new Vector3[vertices];
            for (int v = 0; v < vertices; v++)
            {
                int at = (v * 3 * given) + k;
                component[v] = new Vector3(values[at], values[at + given], values[at + (2 * given)]);
            }
            components.Add(component);
        }
        return components.MoveToImmutable();
    }
}

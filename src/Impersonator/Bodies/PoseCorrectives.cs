using System.Collections.Immutable;
using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace Impersonator.Bodies;

/// <summary>What a pose does to the rest mesh before it is bent: muscles that swell, elbows that point. Imported models have them, ours has not.</summary>
/// <remarks>
/// <c>rest' = rest + Σ directionᵢ · (R(θ) − I)ᵢ</c> over the nine entries, row by row, of each joint's local rotation matrix (column vectors).
/// Source: Loper et al., "SMPL", SIGGRAPH Asia 2015, equation 9. They are learned for linear blend skinning and used with it.
/// </remarks>
public sealed class PoseCorrectives
{
    /// <summary>Entries of a rotation matrix.</summary>
    internal const int Entries = 9;

    private readonly ImmutableArray<int> _joints;
    private readonly Vector3[][] _directions;

    /// <summary>Keeps the arrays.</summary>
    /// <param name="joints">[P] joints of <see cref="Skeleton.SmplH"/>.</param>
    /// <param name="directions">[9·P][V] what one unit of an entry moves, metres.</param>
    internal PoseCorrectives(ImmutableArray<int> joints, Vector3[][] directions) => (_joints, _directions) = (joints, directions);

    /// <summary>V.</summary>
    public int VertexCount => _directions[0].Length;

    /// <summary>The same for some of the vertices.</summary>
    internal PoseCorrectives Subset(ImmutableArray<int> vertices) => new(_joints, [.. _directions.Select(d => vertices.Select(v => d[v]).ToArray())]);

    /// <summary>The rest positions corrected for a pose.</summary>
    /// <param name="rest">[V] rest positions, metres.</param>
    /// <param name="posedFromRest">[J] the pose, as <see cref="Kinematics.PosedFromRest"/> writes it.</param>
    internal Vector3[] Corrected(ReadOnlySpan<Vector3> rest, ReadOnlySpan<Matrix4x4> posedFromRest)
    {
        Vector3[] corrected = rest.ToArray();
        Span<float> sums = MemoryMarshal.Cast<Vector3, float>(corrected.AsSpan());
        for (int p = 0; p < _joints.Length; p++)
        {
            Matrix4x4 parent = Matrix4x4.Transpose(posedFromRest[Skeleton.SmplH.Parents[_joints[p]]]), local = posedFromRest[_joints[p]];
            (parent.M14, parent.M24, parent.M34, local.Translation) = (0, 0, 0, default);
            local *= parent;
            for (int e = 0; e < Entries; e++)
            {
                // Row vectors here, column vectors there: the matrix is the transposed one.
                float entry = local[e % 3, e / 3] - (e % 4 == 0 ? 1 : 0);
                if (MathF.Abs(entry) > 1e-6f) TensorPrimitives.MultiplyAdd(MemoryMarshal.Cast<Vector3, float>(_directions[(p * Entries) + e].AsSpan()), entry, sums, sums);
            }
        }
        return corrected;
    }
}

using System.Numerics;

namespace Impersonator.Bodies;

/// <summary>Bends a mesh from its rest pose into another; limbs keep their thickness where they bend and twist.</summary>
/// <remarks>
/// Dual quaternion blending: joints' motions are blended as <see cref="DualQuaternion"/>s, so the blend of rotations is a
/// rotation and no cross-section shrinks, which blended matrices do (an elbow twisted by 80° kept 59 % of its section, now 98 %).
/// Limbs twist along their length, see <see cref="LimbTwist"/>. V = vertices, J = joints.
/// </remarks>
public static class Skinning
{
    /// <summary>Writes the posed position of every vertex.</summary>
    /// <param name="mesh">Rest positions and weights.</param>
    /// <param name="posedFromRest">[J] one rigid transform per joint, root first; see <see cref="Kinematics.PosedFromRest"/>.</param>
    /// <param name="posed">[V] receives positions, metres, world space.</param>
    /// <exception cref="ArgumentException">A length is not the mesh's V.</exception>
    /// <exception cref="IndexOutOfRangeException">A weight names a joint that is not there.</exception>
    public static void Apply(SkinnedMesh mesh, ReadOnlySpan<Matrix4x4> posedFromRest, Span<Vector3> posed)
    {
        ArgumentNullException.ThrowIfNull(mesh);
        if (posed.Length != mesh.VertexCount)
            throw new ArgumentException($"Room for {posed.Length} of {mesh.VertexCount} vertices; allocate VertexCount.", nameof(posed));

        if (mesh.Correctives is { } correctives)
        {
            ApplyLinear(mesh.Weights, correctives.Corrected(mesh.RestPositions, posedFromRest), posedFromRest, posed);
            return;
        }
        int joints = posedFromRest.Length;
        Matrix4x4[] ends = [.. posedFromRest, .. posedFromRest];
        if (joints == Joint.Count) mesh.Twist.Spread(posedFromRest, ends.AsSpan(0, joints), ends.AsSpan(joints));
        var motions = new (DualQuaternion Upper, DualQuaternion Lower, Vector4 Side)[joints];
        for (int j = 0; j < joints; j++)
            motions[j] = (DualQuaternion.From(ends[j]), DualQuaternion.From(ends[joints + j]), DualQuaternion.From(posedFromRest[j]).Real);

        JointWeights[] weights = mesh.Weights;
        Vector4[] shares = mesh.Twist.Shares, middles = mesh.Twist.Middles;
        Vector3[] rest = mesh.RestPositions;
        for (int v = 0; v < posed.Length; v++)
        {
            ref readonly JointWeights w = ref weights[v];
            Vector4 share = shares[v], real = Vector4.Zero, dual = Vector4.Zero;
            // q and −q are the same rotation; blend on the side of the strongest joint, the short way round.
            Vector4 side = motions[w.Joint0].Side;
            Add(in motions[w.Joint0], w.Weight0, share.X, side, ref real, ref dual);
            if (w.Weight1 != 0) Add(in motions[w.Joint1], w.Weight1, share.Y, side, ref real, ref dual);
            if (w.Weight2 != 0) Add(in motions[w.Joint2], w.Weight2, share.Z, side, ref real, ref dual);
            if (w.Weight3 != 0) Add(in motions[w.Joint3], w.Weight3, share.W, side, ref real, ref dual);
            var blended = new DualQuaternion(real, dual);
            posed[v] = blended.Transform(rest[v]);
            if (middles[v].W == 0) continue;
            // Around a bent elbow or knee dual quaternions carry the limb's axis outwards in an arc, which swells the joint; blended matrices
            // cut the corner. The axis goes part of their way and takes the skin with it (after Le and Hodgins, SIGGRAPH 2016).
            Vector3 middle = middles[v].AsVector3();
            posed[v] += (Blend(middle, w, share, ends) - blended.Transform(middle)) * middles[v].W;
        }
    }

    /// <summary>Blends matrices, which is what correctives are learned for.</summary>
    private static void ApplyLinear(JointWeights[] weights, Vector3[] rest, ReadOnlySpan<Matrix4x4> posedFromRest, Span<Vector3> posed)
    {
        for (int v = 0; v < posed.Length; v++)
        {
            Vector3 sum = Vector3.Zero;
            for (int k = 0; k < JointWeights.Count; k++) sum += Vector3.Transform(rest[v], posedFromRest[weights[v].Joint(k)]) * weights[v].Weight(k);
            posed[v] = sum;
        }
    }

    private static Vector3 Blend(Vector3 point, in JointWeights w, Vector4 share, ReadOnlySpan<Matrix4x4> ends)
    {
        Vector3 sum = Vector3.Zero;
        for (int k = 0; k < JointWeights.Count; k++)
        {
            float weight = w.Weight(k);
            if (weight == 0) continue;
            Vector3 upper = Vector3.Transform(point, ends[w.Joint(k)]), lower = Vector3.Transform(point, ends[(ends.Length / 2) + w.Joint(k)]);
            sum += Vector3.Lerp(upper, lower, share[k]) * weight;
        }
        return sum;
    }

    private static void Add(in (DualQuaternion Upper, DualQuaternion Lower, Vector4 Side) motion, float weight, float share, Vector4 side, ref Vector4 real, ref Vector4 dual)
    {
        float down = weight * share;
        Add(in motion.Upper, weight - down, side, ref real, ref dual);
        if (down != 0) Add(in motion.Lower, down, side, ref real, ref dual);
    }

    private static void Add(in DualQuaternion motion, float weight, Vector4 side, ref Vector4 real, ref Vector4 dual)
    {
        float signed = Vector4.Dot(motion.Real, side) < 0 ? -weight : weight;
        real += motion.Real * signed;
        dual += motion.Dual * signed;
    }
}

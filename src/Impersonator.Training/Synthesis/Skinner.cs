using System.Numerics;
using Impersonator.Bodies;

namespace Impersonator.Training.Synthesis;

/// <summary>Bends many meshes into one pose exactly as <see cref="Skinning"/> does, without memory of its own per call.</summary>
internal sealed class Skinner
{
    private readonly Matrix4x4[] _ends = new Matrix4x4[2 * Joint.Count];
    private readonly Matrix4x4[] _transforms = new Matrix4x4[Joint.Count];
    private readonly Motion[] _motions = new Motion[Joint.Count];
    private (Vector3 Upper, Vector3 Lower)?[] _limbs = [];

    /// <summary>Takes a pose.</summary>
    /// <param name="restJoints">[52] of the body.</param>
    /// <param name="limbs">[8] ends of its limbs.</param>
    /// <param name="pose">Of SMPL-H's joints.</param>
    public void Take(ReadOnlySpan<Vector3> restJoints, (Vector3 Upper, Vector3 Lower)?[] limbs, Pose pose)
    {
        _limbs = limbs;
        Kinematics.PosedFromRest(Skeleton.SmplH, restJoints, pose, _transforms);
        _transforms.CopyTo(_ends, 0);
        _transforms.CopyTo(_ends, Joint.Count);
        LimbTwist.Spread(limbs, _transforms, _ends.AsSpan(0, Joint.Count), _ends.AsSpan(Joint.Count));
        for (int j = 0; j < Joint.Count; j++)
            _motions[j] = new Motion(DualQuaternion.From(_ends[j]), DualQuaternion.From(_ends[Joint.Count + j]), DualQuaternion.From(_transforms[j]).Real);
    }

    /// <summary>Writes posed places.</summary>
    /// <param name="binding">Weights.</param>
    /// <param name="shares">[4·V] from <see cref="SkinBinding.Shares"/>.</param>
    /// <param name="rest">[V] fitted rest places.</param>
    /// <param name="posed">[V] receives places in world space.</param>
    /// <param name="used">The vertices wanted, null for all.</param>
    public void Apply(SkinBinding binding, float[] shares, Vector3[] rest, Vector3[] posed, ushort[]? used)
    {
        int count = used?.Length ?? binding.BendLimb.Length;
        byte[] joints = binding.Joints;
        float[] weights = binding.Weights;
        for (int n = 0; n < count; n++)
        {
            int v = used == null ? n : used[n], at = 4 * v;
            ref readonly Motion first = ref _motions[joints[at]];
            Vector4 side = first.Side, real = Vector4.Zero, dual = Vector4.Zero;
            for (int k = 0; k < JointWeights.Count; k++)
            {
                float weight = weights[at + k];
                if (weight == 0) break;
                ref readonly Motion motion = ref _motions[joints[at + k]];
                float down = weight * shares[at + k];
                if (down != weight) Add(motion.Upper, weight - down, side, ref real, ref dual);
                if (down != 0) Add(motion.Lower, down, side, ref real, ref dual);
            }
            var blended = new DualQuaternion(real, dual);
            Vector3 place = blended.Transform(rest[v]);
            int limb = binding.BendLimb[v];
            if (limb >= 0 && _limbs[limb] is var (upper, lower))
            {
                Vector3 middle = upper + ((lower - upper) * shares[at]);
                place += (Blend(middle, joints.AsSpan(at, 4), weights.AsSpan(at, 4), shares.AsSpan(at, 4)) - blended.Transform(middle)) * LimbTwist.Corner;
            }
            posed[v] = place;
        }
    }

    private static void Add(in DualQuaternion motion, float weight, Vector4 side, ref Vector4 real, ref Vector4 dual)
    {
        float signed = Vector4.Dot(motion.Real, side) < 0 ? -weight : weight;
        real += motion.Real * signed;
        dual += motion.Dual * signed;
    }

    private Vector3 Blend(Vector3 point, ReadOnlySpan<byte> joints, ReadOnlySpan<float> weights, ReadOnlySpan<float> shares)
    {
        Vector3 sum = Vector3.Zero;
        for (int k = 0; k < JointWeights.Count && weights[k] != 0; k++)
        {
            Vector3 upper = Vector3.Transform(point, _ends[joints[k]]), lower = Vector3.Transform(point, _ends[Joint.Count + joints[k]]);
            sum += Vector3.Lerp(upper, lower, shares[k]) * weights[k];
        }
        return sum;
    }

    private readonly record struct Motion(DualQuaternion Upper, DualQuaternion Lower, Vector4 Side);
}

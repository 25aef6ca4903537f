using System.Numerics;

namespace Impersonator.Bodies;

/// <summary>Forward kinematics: from local joint rotations to places and transforms in world space.</summary>
public static class Kinematics
{
    /// <summary>Writes where each joint is and how it is turned.</summary>
    /// <param name="skeleton">The joints.</param>
    /// <param name="restJoints">[J] rest places, metres, body space.</param>
    /// <param name="pose">Local rotations and the pelvis' place.</param>
    /// <param name="rotations">[J] receives the rotation of each joint in world space.</param>
    /// <param name="places">[J] receives the place of each joint, metres, world space.</param>
    /// <exception cref="ArgumentException">A length is not J.</exception>
    public static void Forward(Skeleton skeleton, ReadOnlySpan<Vector3> restJoints, Pose pose, Span<Quaternion> rotations, Span<Vector3> places)
    {
        ArgumentNullException.ThrowIfNull(skeleton);
        ArgumentNullException.ThrowIfNull(pose);
        int count = skeleton.JointCount;
        if (restJoints.Length != count || pose.Rotations.Length != count || rotations.Length != count || places.Length != count)
            throw new ArgumentException($"{restJoints.Length} rest places, {pose.Rotations.Length} rotations, room for {rotations.Length} and {places.Length}; the skeleton has {count} joints.");
        for (int j = 0; j < count; j++)
        {
            int parent = skeleton.Parents[j];
            if (parent < 0)
            {
                (rotations[j], places[j]) = (pose.Rotations[j], pose.Root);
                continue;
            }
            rotations[j] = Quaternion.Normalize(rotations[parent] * pose.Rotations[j]);
            places[j] = places[parent] + Vector3.Transform(restJoints[j] - restJoints[parent], rotations[parent]);
        }
    }

    /// <summary>Writes the transform that carries each joint's surroundings from the rest pose into the pose (row vectors).</summary>
    /// <param name="skeleton">The joints.</param>
    /// <param name="restJoints">[J] rest places, metres, body space.</param>
    /// <param name="pose">Local rotations and the pelvis' place.</param>
    /// <param name="posedFromRest">[J] receives the transforms.</param>
    /// <exception cref="ArgumentException">A length is not J.</exception>
    public static void PosedFromRest(Skeleton skeleton, ReadOnlySpan<Vector3> restJoints, Pose pose, Span<Matrix4x4> posedFromRest)
    {
        ArgumentNullException.ThrowIfNull(skeleton);
        int count = skeleton.JointCount;
        if (posedFromRest.Length != count) throw new ArgumentException($"Room for {posedFromRest.Length} of {count} transforms.", nameof(posedFromRest));
        Span<Quaternion> rotations = count <= 128 ? stackalloc Quaternion[count] : new Quaternion[count];
        Span<Vector3> places = count <= 128 ? stackalloc Vector3[count] : new Vector3[count];
        Forward(skeleton, restJoints, pose, rotations, places);
        for (int j = 0; j < count; j++)
        {
            posedFromRest[j] = Matrix4x4.CreateFromQuaternion(rotations[j]);
            posedFromRest[j].Translation = places[j] - Vector3.Transform(restJoints[j], rotations[j]);
        }
    }
}

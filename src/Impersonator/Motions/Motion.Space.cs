using System.Collections.Immutable;
using System.Numerics;
using Impersonator.Bodies;

namespace Impersonator.Motions;

public sealed partial class Motion
{
    private static readonly int[] MirrorJoint = [.. Skeleton.SmplH.JointNames.Select(MirrorOf)];

    /// <summary>The motion seen in a mirror: what the left did, the right does.</summary>
    public Motion Mirror()
    {
        var poses = new Pose[FrameCount];
        for (int f = 0; f < poses.Length; f++)
        {
            ImmutableArray<Quaternion> source = Poses[f].Rotations;
            var rotations = ImmutableArray.CreateBuilder<Quaternion>(source.Length);
            for (int j = 0; j < source.Length; j++)
            {
                Quaternion q = source[MirrorJoint[j]];
                // Mirrored at the plane x = 0, an axis keeps x and turns the other way round: y and z change sign.
                rotations.Add(new Quaternion(q.X, -q.Y, -q.Z, q.W));
            }
            poses[f] = new Pose(rotations.MoveToImmutable(), Poses[f].Root * new Vector3(-1, 1, 1));
        }
        return With(poses);
    }

    /// <summary>The motion on the spot: the pelvis keeps its height and its turns but stays above one point.</summary>
    public Motion WithoutTravel()
    {
        Vector3 first = Poses[0].Root;
        return With([.. Poses.Select(p => p with { Root = new Vector3(first.X, p.Root.Y, first.Z) })]);
    }

    /// <summary>The motion turned and moved on the ground so that it starts above the origin, facing +Z.</summary>
    public Motion FromOrigin()
    {
        GroundMove move = GroundMove.Between(Poses[0], Pose.Rest(Skeleton.SmplH));
        return With([.. Poses.Select(move.Apply)]);
    }

    /// <summary>The motion for a body of another size: travel and heights scaled with the hip height.</summary>
    /// <param name="hipHeight">Height of that body's pelvis joint in the T-pose, metres.</param>
    public Motion ForHipHeight(float hipHeight)
    {
        if (hipHeight == HipHeight) return this;
        float scale = hipHeight / HipHeight;
        return new Motion(Name, FramesPerSecond, hipHeight, [.. Poses.Select(p => p with { Root = p.Root * scale })]);
    }

    /// <summary>The motion for a body of another shape: scaled to its hip height, feet that stand planted on its own legs.</summary>
    /// <param name="body">Who performs it.</param>
    /// <param name="cancellationToken">Stops between frames.</param>
    public Motion ForBody(Body body, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(body);
        Motion scaled = ForHipHeight(body.HipHeight);
        // Who stands when is judged on the body that motions are made for.
        var contacts = FootContacts.Of(Poses, BodyModel.Default.Create(Shape.Average).RestJoints, FramesPerSecond);
        return scaled.With(FootLock.Apply([.. scaled.Poses], contacts, body.RestJoints, FramesPerSecond, cancellationToken));
    }

    private static int MirrorOf(string name) => Skeleton.SmplH.IndexOf(
        name.StartsWith("left_", StringComparison.Ordinal) ? $"right_{name[5..]}" : name.StartsWith("right_", StringComparison.Ordinal) ? $"left_{name[6..]}" : name);
}

using System.Numerics;

namespace Impersonator.Bodies;

/// <summary>One body of a model: the rest mesh and rest joints of a shape. Immutable; posing is <see cref="Kinematics"/> and skinning.</summary>
public sealed class Body
{
    internal Body(BodyModel model, Shape shape, SkinnedMesh mesh, Vector3[] restJoints)
        => (Model, Shape, Mesh, RestJoints) = (model, shape, mesh, restJoints);

    /// <summary>Its family.</summary>
    public BodyModel Model { get; }

    /// <summary>Its shape.</summary>
    public Shape Shape { get; }

    /// <summary>Its rest mesh (T-pose, lowest point at y = 0).</summary>
    public SkinnedMesh Mesh { get; }

    /// <summary>[J] rest places of the joints, metres, body space.</summary>
    public Vector3[] RestJoints { get; }

    /// <summary>Height of the pelvis joint above the ground in the rest pose, metres.</summary>
    public float HipHeight => RestJoints[0].Y;

    /// <summary>Writes where every vertex of the mesh is in a pose.</summary>
    /// <param name="pose">Of the model's skeleton.</param>
    /// <param name="posed">[V] receives positions, metres, world space.</param>
    /// <exception cref="ArgumentException">The pose has another number of joints, or there is no room for V vertices.</exception>
    public void Pose(Pose pose, Span<Vector3> posed)
    {
        var transforms = new Matrix4x4[Model.Skeleton.JointCount];
        Kinematics.PosedFromRest(Model.Skeleton, RestJoints, pose, transforms);
        Skinning.Apply(Mesh, transforms, posed);
    }
}

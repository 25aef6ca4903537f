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
}

using System.Numerics;
using Impersonator.Bodies;
using Impersonator.Rendering;
using Impersonator.Subjects;

namespace Impersonator.Synthesis.Generation;

/// <summary>A subject's layers in a pose. Keeps its buffers from pose to pose and from subject to subject; belongs to one thread at a time.</summary>
internal sealed class PosedLayers
{
    private Matrix4x4[] _transforms = [];

    /// <summary>[J] posedFromRest of the last pose.</summary>
    public ReadOnlySpan<Matrix4x4> Transforms => _transforms;

    /// <summary>[layer][V] places, world space, metres.</summary>
    public Vector3[][] World { get; private set; } = [];

    /// <summary>Moves the layers.</summary>
    public void Pose(Subject subject, Pose pose)
    {
        Body body = subject.Body;
        if (_transforms.Length != body.RestJoints.Length) _transforms = new Matrix4x4[body.RestJoints.Length];
        Kinematics.PosedFromRest(body.Model.Skeleton, body.RestJoints, pose, _transforms);
        World = Sized(World, subject);
        for (int l = 0; l < World.Length; l++) Skinning.Apply(subject.Layers[l].Mesh, _transforms, World[l]);
    }

    /// <summary>What a renderer draws; layers that hang free of the body show both sides.</summary>
    public TexturedMesh[] Meshes(Subject subject, IReadOnlyList<Texture> textures)
        => [.. World.Select((posed, l) => new TexturedMesh(subject.Layers[l].Mesh, posed, textures[l]) { TwoSided = l > 0 })];

    /// <summary>Arrays with one value per vertex of each layer; those that fit already are kept.</summary>
    public static T[][] Sized<T>(T[][] arrays, Subject subject)
    {
        if (arrays.Length != subject.Layers.Length) Array.Resize(ref arrays, subject.Layers.Length);
        for (int l = 0; l < arrays.Length; l++)
            if (arrays[l]?.Length != subject.Layers[l].Mesh.VertexCount) arrays[l] = new T[subject.Layers[l].Mesh.VertexCount];
        return arrays;
    }
}

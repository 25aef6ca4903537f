using System.Collections.Immutable;
using System.Numerics;
using Impersonator.Bodies;
using Impersonator.Imaging;
using Impersonator.Rendering;
using Impersonator.Subjects;

namespace Impersonator.Synthesis;

/// <summary>Draws a subject in a pose before a camera. Keeps buffers; one per thread.</summary>
internal sealed class SubjectPainter
{
    private readonly Subject _subject;
    private readonly ImmutableArray<Texture> _textures;
    private readonly Matrix4x4[] _transforms;
    private readonly Vector3[][] _posed;
    private readonly TexturedRenderer _renderer = new();
    private readonly GroundShadow _shadow = new();

    /// <param name="subject">Whom to draw.</param>
    /// <param name="textures">One per layer; shared by painters, because mip levels are made once.</param>
    public SubjectPainter(Subject subject, ImmutableArray<Texture> textures)
    {
        (_subject, _textures) = (subject, textures);
        _transforms = new Matrix4x4[subject.Body.Model.Skeleton.JointCount];
        _posed = [.. subject.Layers.Select(l => new Vector3[l.Mesh.VertexCount])];
    }

    /// <summary>Mip levels of a subject's layers.</summary>
    public static ImmutableArray<Texture> Textures(Subject subject) => [.. subject.Layers.Select((l, i) => i > 0 && l.HasHoles ? Texture.WithHoles(l.Texture) : Texture.Opaque(l.Texture))];

    /// <summary>Draws over what the frame holds.</summary>
    /// <param name="frame">The background; receives the picture.</param>
    /// <param name="camera">Its size is the frame's.</param>
    /// <param name="pose">World space.</param>
    /// <param name="shadow">Darken the ground under the body.</param>
    public void Draw(Frame frame, Camera camera, Pose pose, bool shadow)
    {
        Kinematics.PosedFromRest(_subject.Body.Model.Skeleton, _subject.Body.RestJoints, pose, _transforms);
        var meshes = new TexturedMesh[_subject.Layers.Length];
        for (int l = 0; l < meshes.Length; l++)
        {
            Skinning.Apply(_subject.Layers[l].Mesh, _transforms, _posed[l]);
            meshes[l] = new TexturedMesh(_subject.Layers[l].Mesh, _posed[l], _textures[l]) { TwoSided = l > 0 };
        }
        if (shadow) _shadow.Draw(frame, camera, meshes);
        _renderer.Draw(frame, camera, meshes);
    }
}

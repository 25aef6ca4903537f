using System.Collections.Immutable;
using Impersonator.Bodies;
using Impersonator.Imaging;
using Impersonator.Rendering;
using Impersonator.Subjects;
using Impersonator.Synthesis.Generation;

namespace Impersonator.Synthesis;

/// <summary>Draws a subject's textured mesh.</summary>
/// <param name="subject">Whom to draw.</param>
/// <param name="textures">One per layer; shared by painters, because mip levels are made once.</param>
internal sealed class SubjectPainter(Subject subject, ImmutableArray<Texture> textures) : ISubjectPainter
{
    private readonly PosedLayers _posed = new();
    private readonly TexturedRenderer _renderer = new();
    private readonly GroundShadow _shadow = new();

    /// <summary>Mip levels of a subject's layers.</summary>
    public static ImmutableArray<Texture> Textures(Subject subject) => [.. subject.Layers.Select((l, i) => i > 0 && l.HasHoles ? Texture.WithHoles(l.Texture) : Texture.Opaque(l.Texture))];

    /// <inheritdoc/>
    public void Draw(Frame frame, Camera camera, Pose pose, bool shadow)
    {
        _posed.Pose(subject, pose);
        TexturedMesh[] meshes = _posed.Meshes(subject, textures);
        if (shadow) _shadow.Draw(frame, camera, meshes);
        _renderer.Draw(frame, camera, meshes);
    }
}

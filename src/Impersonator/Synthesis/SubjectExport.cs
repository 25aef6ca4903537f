using Impersonator.Bodies.Gltf;
using Impersonator.Imaging;
using Impersonator.Motions;
using Impersonator.Subjects;

namespace Impersonator.Synthesis;

/// <summary>A subject as a glTF body for games, viewers and modelling programs.</summary>
public static class SubjectExport
{
    /// <summary>Writes a textured, skinned <c>.glb</c>, with a motion as its animation if one is given.</summary>
    /// <exception cref="Files.OutputException">The file cannot be written.</exception>
    public static void Write(string path, Subject subject, Motion? motion = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(subject);
        GltfLayer[] layers = [.. subject.Layers.Select((l, i) => new GltfLayer(l.Name, l.Mesh, Png(l.Texture), TwoSided: i > 0, HasHoles: i > 0 && l.HasHoles))];
        GltfAnimation? animation = motion is null ? null : new GltfAnimation(motion.Name, motion.FramesPerSecond, motion.ForBody(subject.Body, cancellationToken).Poses);
        GltfExport.Write(path, subject.Body.Model.Skeleton, subject.Body.RestJoints, layers, animation, cancellationToken);
    }

    private static byte[] Png(Image image) => PictureEncoder.Encode(image.ToFrame().Rgba, image.Width, image.Height, PictureFormat.Png, ImageOptions.Default);
}

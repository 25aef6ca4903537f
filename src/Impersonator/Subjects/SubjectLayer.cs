using Impersonator.Bodies;
using Impersonator.Imaging;

namespace Impersonator.Subjects;

/// <summary>One surface of a subject: the clothed body, or a garment that hangs free of it.</summary>
/// <param name="Name"><c>body</c>, <c>skirt</c>, <c>hair</c>, …</param>
/// <param name="Mesh">Geometry in the T-pose, moved by the body's joints.</param>
/// <param name="Texture">Its colours, linear light, premultiplied; texture coordinates run over the whole image. Low alpha is a hole; the body has none.</param>
public sealed record SubjectLayer(string Name, SkinnedMesh Mesh, Image Texture)
{
    /// <summary>Whether the surface has holes: the tips of hair.</summary>
    internal bool HasHoles => Array.Exists(Texture.Pixels, p => p.W < 0.9f);
}

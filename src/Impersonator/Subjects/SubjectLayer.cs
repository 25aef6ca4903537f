using Impersonator.Bodies;
using Impersonator.Imaging;

namespace Impersonator.Subjects;

/// <summary>One surface of a subject: the clothed body, or a garment that hangs free of it.</summary>
/// <param name="Name"><c>body</c>, <c>skirt</c>, …</param>
/// <param name="Mesh">Geometry in the T-pose, moved by the body's joints.</param>
/// <param name="Texture">Its colours, linear light, opaque; texture coordinates run over the whole image.</param>
public sealed record SubjectLayer(string Name, SkinnedMesh Mesh, Image Texture);

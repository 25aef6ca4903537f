namespace Impersonator.Bodies.Gltf;

/// <summary>One surface to export: a body, a clothed body, a garment.</summary>
/// <param name="Name">Name of the mesh and its material.</param>
/// <param name="Mesh">Geometry in the T-pose and its weights.</param>
/// <param name="Texture">Its colours as the bytes of a PNG or JPEG file; empty for a plain grey.</param>
/// <param name="TwoSided">Whether its back is drawn too (a skirt).</param>
/// <param name="HasHoles">Whether low alpha in the texture cuts holes (the tips of hair).</param>
public sealed record GltfLayer(string Name, SkinnedMesh Mesh, ReadOnlyMemory<byte> Texture = default, bool TwoSided = false, bool HasHoles = false);

using System.Numerics;
using Impersonator.Bodies;
using Impersonator.Imaging;
using Impersonator.Rendering;

namespace Impersonator.Subjects;

/// <summary>Hands in pockets, behind a bag or misplaced took the colours of cloth: they get the face's skin instead.</summary>
internal static class HiddenHands
{
    private const float Darkest = 0.85f;

    /// <summary>Light that the sides of fingers and of the hand get, of what its back and palm get: without it a hand of one colour has no shape.</summary>
    private const float SideLight = 0.72f;

    /// <summary>The texture with hands of skin: texels whose hue is far from the face's take its tone, shaded as they were.</summary>
    /// <param name="layer">The body.</param>
    /// <param name="atlas">Of its mesh and its texture's size.</param>
    public static Image Mend(SubjectLayer layer, Atlas atlas)
    {
        SkinnedMesh mesh = layer.Mesh;
        Vector3 skin = SkinTone.Of(layer);
        var normals = new Vector3[mesh.VertexCount];
        MeshNormals.Compute(mesh.RestPositions, mesh.Triangles, normals);
        Image mended = layer.Texture.Copy();
        Parallel.For(0, atlas.Side, y =>
        {
            for (int x = 0; x < atlas.Side; x++)
            {
                int t = atlas.TriangleAt(x, y);
                if (t < 0 || mesh.Parts[mesh.Triangles[3 * t]] is not (BodyPart.LeftHand or BodyPart.RightHand)) continue;
                Vector4 seen = mended[x, y];
                // In the T-pose palms look down.
                Vector3 normal = Vector3.Normalize(atlas.Interpolate(normals, t, atlas.WeightsAt(x, y, t)));
                float light = float.Lerp(SideLight, 1, MathF.Abs(normal.Y));
                mended[x, y] = Vector4.Lerp(seen, SkinTone.Shaded(seen, skin * light, Darkest), SkinTone.Unlike(seen, skin));
            }
        });
        return mended;
    }
}

using System.Numerics;
using Impersonator.Bodies;
using Impersonator.Imaging;

namespace Impersonator.Subjects;

/// <summary>Hands in pockets, behind a bag or misplaced took the colours of cloth: they get the face's skin instead.</summary>
internal static class HiddenHands
{
    private const float Darkest = 0.85f;

    /// <summary>The texture with hands of skin: texels whose hue is far from the face's take its tone, shaded as they were.</summary>
    /// <param name="layer">The body.</param>
    /// <param name="atlas">Of its mesh and its texture's size.</param>
    public static Image Mend(SubjectLayer layer, Atlas atlas)
    {
        SkinnedMesh mesh = layer.Mesh;
        Vector3 skin = SkinTone.Of(layer);
        Image mended = layer.Texture.Copy();
        Parallel.For(0, atlas.Side, y =>
        {
            for (int x = 0; x < atlas.Side; x++)
            {
                int t = atlas.TriangleAt(x, y);
                if (t < 0 || mesh.Parts[mesh.Triangles[3 * t]] is not (BodyPart.LeftHand or BodyPart.RightHand)) continue;
                Vector4 seen = mended[x, y];
                mended[x, y] = Vector4.Lerp(seen, SkinTone.Shaded(seen, skin, Darkest), SkinTone.Unlike(seen, skin));
            }
        });
        return mended;
    }
}

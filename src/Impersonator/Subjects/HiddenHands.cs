using System.Numerics;
using Impersonator.Bodies;
using Impersonator.Imaging;

namespace Impersonator.Subjects;

/// <summary>Hands in pockets, behind a bag or misplaced took the colours of cloth: they get the face's skin instead.</summary>
internal static class HiddenHands
{
    /// <summary>The texture with hands of skin: texels whose hue is far from the face's take its tone, shaded as they were.</summary>
    public static Image Mend(SubjectLayer layer)
    {
        SkinnedMesh mesh = layer.Mesh;
        var atlas = new Atlas(mesh, layer.Texture.Width);
        Vector3 skin = SkinTone.Of(layer);
        float light = Luminance(skin);
        var mended = new Image(layer.Texture.Width, layer.Texture.Height);
        layer.Texture.Pixels.CopyTo(mended.Pixels, 0);
        Parallel.For(0, atlas.Side, y =>
        {
            for (int x = 0; x < atlas.Side; x++)
            {
                int t = atlas.TriangleAt(x, y);
                if (t < 0 || mesh.Parts[mesh.Triangles[3 * t]] is not (BodyPart.LeftHand or BodyPart.RightHand)) continue;
                Vector4 seen = mended[x, y];
                float cloth = TextureProjection.SmoothStep(0.06f, 0.14f, Vector2.Distance(SkinTone.Hue(seen), SkinTone.Hue(new Vector4(skin, 1))));
                float shade = Math.Clamp(Luminance(new Vector3(seen.X, seen.Y, seen.Z)) / MathF.Max(light, 0.01f), 0.85f, 1.1f);
                mended[x, y] = Vector4.Lerp(seen, new Vector4(skin * shade, 1), cloth);
            }
        });
        return mended;
    }

    private static float Luminance(Vector3 c) => (0.2126f * c.X) + (0.7152f * c.Y) + (0.0722f * c.Z);
}

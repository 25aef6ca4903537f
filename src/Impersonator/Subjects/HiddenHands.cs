using System.Numerics;
using Impersonator.Bodies;
using Impersonator.Imaging;
using Impersonator.Rendering;

namespace Impersonator.Subjects;

/// <summary>Hands in pockets, behind a bag or misplaced took the colours of cloth: they get the face's skin instead.</summary>
/// <remarks>Where the fingers are skin and the wrist is not, a sleeve reaches over the wrist, and stays.</remarks>
internal static class HiddenHands
{
    private const float Darkest = 0.85f;

    /// <summary>Light that the sides of fingers and of the hand get, of what its back and palm get: without it a hand of one colour has no shape.</summary>
    private const float SideLight = 0.72f;

    /// <summary>From wrist to fingertips: where fingers begin, and up to where a sleeve may reach.</summary>
    private const float Fingers = 0.5f, Sleeve = 0.6f;

    /// <summary>Share of the fingers that is unlike skin from which on the hand was not seen at all.</summary>
    private const float MostCloth = 0.5f;

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
        Hand left = Hand.Of(mesh, BodyPart.LeftHand), right = Hand.Of(mesh, BodyPart.RightHand);
        var (cloth, all) = (new float[2], new float[2]);
        for (int i = 0; i < atlas.Side * atlas.Side; i++)
        {
            (int x, int y) = (i % atlas.Side, i / atlas.Side);
            if (atlas.TriangleAt(x, y) is not (>= 0 and var t) || mesh.Parts[mesh.Triangles[3 * t]] is not (BodyPart.LeftHand or BodyPart.RightHand)) continue;
            int side = mesh.Parts[mesh.Triangles[3 * t]] == BodyPart.LeftHand ? 0 : 1;
            if ((side == 0 ? left : right).At(mesh.RestPositions[mesh.Triangles[3 * t]]) < Fingers) continue;
            (cloth[side], all[side]) = (cloth[side] + SkinTone.Unlike(layer.Texture[x, y], skin), all[side] + 1);
        }
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
                int side = mesh.Parts[mesh.Triangles[3 * t]] == BodyPart.LeftHand ? 0 : 1;
                float along = (side == 0 ? left : right).At(atlas.Interpolate(mesh.RestPositions, t, atlas.WeightsAt(x, y, t)));
                float share = cloth[side] < MostCloth * all[side] ? TextureProjection.SmoothStep(Fingers, Sleeve, along) : 1;
                mended[x, y] = Vector4.Lerp(seen, SkinTone.Shaded(seen, skin * light, Darkest), share * SkinTone.Unlike(seen, skin));
            }
        });
        return mended;
    }

    /// <summary>A hand in the T-pose.</summary>
    /// <param name="Wrist">Its nearest point to the body, metres to the side.</param>
    /// <param name="Tip">Its farthest.</param>
    private readonly record struct Hand(float Wrist, float Tip)
    {
        public static Hand Of(SkinnedMesh mesh, BodyPart part)
        {
            float[] aside = [.. Enumerable.Range(0, mesh.VertexCount).Where(v => mesh.Parts[v] == part).Select(v => MathF.Abs(mesh.RestPositions[v].X))];
            return new Hand(aside.Min(), aside.Max());
        }

        /// <summary>From 0 at the wrist to 1 at the fingertips.</summary>
        public float At(Vector3 place) => (MathF.Abs(place.X) - Wrist) / MathF.Max(Tip - Wrist, 1e-3f);
    }
}

using System.Numerics;
using Impersonator.Bodies;
using Impersonator.Imaging;

namespace Impersonator.Subjects;

/// <summary>Legs of a portrait: nothing tells what they wear, so they wear dark trousers and darker shoes rather than the shirt's colour.</summary>
/// <remarks>No picture of ours shows them; other programs that take the exported body do.</remarks>
internal static class HiddenLegs
{
    private const float Trousers = 0.035f, Footwear = 0.012f, Tint = 0.25f;

    /// <summary>The texture with trousers and shoes.</summary>
    /// <param name="texture">The body's, whole.</param>
    /// <param name="atlas">Of its mesh and its size.</param>
    public static Image Mend(Image texture, Atlas atlas)
    {
        SkinnedMesh mesh = atlas.Mesh;
        float[] shares = [.. mesh.Parts.Select(p => p >= BodyPart.LeftUpperLeg ? 1f : 0)];
        var mended = new Image(atlas.Side, atlas.Side);
        Parallel.For(0, atlas.Side, y =>
        {
            for (int x = 0; x < atlas.Side; x++)
            {
                int t = atlas.TriangleAt(x, y);
                if (t < 0) continue;
                Vector3 weights = atlas.WeightsAt(x, y, t);
                int a = mesh.Triangles[3 * t];
                float share = (shares[a] * weights.X) + (shares[mesh.Triangles[(3 * t) + 1]] * weights.Y) + (shares[mesh.Triangles[(3 * t) + 2]] * weights.Z);
                float light = mesh.Parts[a] >= BodyPart.LeftFoot ? Footwear : Trousers;
                Vector3 own = texture[x, y].AsVector3();
                // A trace of the colours above keeps it a person's clothes and not a shadow.
                Vector3 cloth = Vector3.Lerp(new Vector3(light), own * (light / MathF.Max(Srgb.Luminance(own), 0.01f)), Tint);
                mended[x, y] = Vector4.Lerp(texture[x, y], new Vector4(cloth, 1), share);
            }
        });
        // Beyond the charts' borders it is dark too.
        return ForegroundColours.Filled(mended);
    }
}

using System.Numerics;
using Impersonator.Bodies;
using Impersonator.Imaging;
using Impersonator.Recovery;

namespace Impersonator.Subjects;

/// <summary>The colour of a subject's skin.</summary>
internal static class SkinTone
{
    /// <summary>Between these shares of a face's places, from the darkest on, lies its skin in full light.</summary>
    private const float Darker = 0.45f, Brighter = 0.85f;

    /// <summary>Red and green as shares of the whole.</summary>
    public static Vector2 Hue(Vector4 colour) => new Vector2(colour.X, colour.Y) / MathF.Max(0.01f, colour.X + colour.Y + colour.Z);

    /// <summary>How surely a colour is not this skin, [0, 1]: by hue, whatever the light on it.</summary>
    public static float Unlike(Vector4 colour, Vector3 skin) => TextureProjection.SmoothStep(0.06f, 0.14f, Vector2.Distance(Hue(colour), Hue(new Vector4(skin, 1))));

    /// <summary>The skin in the light that falls on a colour, within what skin shows.</summary>
    /// <param name="colour">Whose light it is.</param>
    /// <param name="skin">The skin's tone.</param>
    /// <param name="darkest">Of the tone, what skin in shadow keeps.</param>
    public static Vector4 Shaded(Vector4 colour, Vector3 skin, float darkest = 0.7f) =>
        new(skin * Math.Clamp(Srgb.Luminance(colour.AsVector3()) / MathF.Max(Srgb.Luminance(skin), 0.01f), darkest, 1.1f), 1);

    /// <summary>Whether a colour may be that skin, in other light.</summary>
    public static bool IsSkin(Vector4 colour, Vector3 skin)
    {
        const float HueReach = 0.04f, Darkest = 0.35f, Brightest = 2.2f;
        float light = (colour.X + colour.Y + colour.Z) / MathF.Max(0.01f, skin.X + skin.Y + skin.Z);
        return light is > Darkest and < Brightest && Vector2.Distance(Hue(colour), Hue(new Vector4(skin, 1))) < HueReach;
    }

    /// <summary>The colour of the face in a photo, around the nose: the median by channel; null where the nose cannot be seen.</summary>
    /// <param name="posed">The body as it stands in the photo.</param>
    /// <param name="photo">Linear light; of the photo's shape.</param>
    public static Vector3? OfFace(PosedBody posed, Image photo)
    {
        KeypointObservation nose = posed.Person.Keypoints[Keypoint.Nose];
        if (nose.Confidence < 0.9f) return null;
        float fine = (float)photo.Width / posed.Person.Camera.Width;
        Vector2 at = nose.Position * fine;
        float reach = MathF.Max(1, 0.012f * posed.Person.Keypoints.PersonHeight * fine);
        var near = new List<Vector4>();
        for (int y = Math.Max(0, (int)(at.Y - reach)); y <= Math.Min(photo.Height - 1, at.Y + reach); y++)
            for (int x = Math.Max(0, (int)(at.X - reach)); x <= Math.Min(photo.Width - 1, at.X + reach); x++) near.Add(photo[x, y]);
        return near.Count == 0 ? null : Median(near);
    }

    /// <summary>The colour of the face, around the nose: of what is a little brighter than most there, because beards, brows and glasses are darker.</summary>
    public static Vector3 Of(SubjectLayer layer)
    {
        SkinnedMesh mesh = layer.Mesh;
        var near = new List<Vector4>();
        int[] head = [.. Enumerable.Range(0, mesh.VertexCount).Where(v => mesh.Parts[v] == BodyPart.Head)];
        float top = head.Max(v => mesh.RestPositions[v].Y), front = head.Max(v => mesh.RestPositions[v].Z);
        for (int i = 0; i < mesh.Triangles.Length; i++)
        {
            Vector3 p = mesh.RestPositions[mesh.Triangles[i]];
            if (mesh.Parts[mesh.Triangles[i]] != BodyPart.Head || p.Z < front - 0.06f || top - p.Y is < 0.11f or > 0.19f) continue;
            Vector2 uv = mesh.Texcoords[mesh.TexcoordTriangles[i]];
            near.Add(layer.Texture.Sample(uv.X * layer.Texture.Width, uv.Y * layer.Texture.Height));
        }
        if (near.Count == 0) return new Vector3(0.4f, 0.25f, 0.2f);
        Vector4[] byLight = [.. near.OrderBy(c => Srgb.Luminance(c.AsVector3()))];
        return Median([.. byLight[(int)(Darker * byLight.Length)..Math.Max(1, (int)(Brighter * byLight.Length))]]);
    }

    private static Vector3 Median(List<Vector4> colours)
    {
        float Middle(Func<Vector4, float> channel) => colours.Select(channel).Order().ElementAt(colours.Count / 2);
        return new Vector3(Middle(c => c.X), Middle(c => c.Y), Middle(c => c.Z));
    }
}

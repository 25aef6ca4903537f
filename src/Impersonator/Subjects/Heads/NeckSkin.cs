using System.Numerics;
using Impersonator.Bodies;
using Impersonator.Imaging;

namespace Impersonator.Subjects.Heads;

/// <summary>Where the photo does not show them, ears, jaw and nape are of skin down to the collar, and the back below it is of cloth.</summary>
/// <remarks>Colours that spread over the surface do not know where a collar is: hair would run down a neck, and a shirt up it.</remarks>
internal sealed class NeckSkin
{
    // Metres: collars are higher behind; how softly skin ends there; how thick one row of the search is.
    private const float HigherBehind = 0.05f, Soft = 0.012f, Row = 0.01f;

    private const int FewestTexels = 60;

    private readonly Atlas _atlas;
    private readonly Body _body;
    private readonly HeadMeasures _head;
    private readonly Vector3 _skin;
    private readonly float _collar, _neck;

    private NeckSkin(Atlas atlas, Body body, TextureProjection projection, Vector3 skin)
    {
        (_atlas, _body, _head, _skin, _neck) = (atlas, body, HeadMeasures.Of(body), skin, body.RestJoints[Joint.Neck].Y);
        _collar = Collar(projection);
    }

    /// <summary>Looks at a person's skin and collar; null where the photo shows no face.</summary>
    /// <param name="atlas">The body's texture layout.</param>
    /// <param name="body">The naked body.</param>
    /// <param name="projection">What the photo gave.</param>
    public static NeckSkin? Find(Atlas atlas, Body body, TextureProjection projection)
    {
        var head = HeadMeasures.Of(body);
        List<Vector4> face = [];
        for (int y = 0; y < atlas.Side; y += 2)
            for (int x = 0; x < atlas.Side; x += 2)
            {
                int t = atlas.TriangleAt(x, y), v = t < 0 ? -1 : atlas.Mesh.Triangles[3 * t];
                if (v >= 0 && projection.Seen[x, y] > 0.4f && atlas.Mesh.Parts[v] == BodyPart.Head && head.IsFace(body.Mesh.RestPositions[v])) face.Add(projection.Colours[x, y]);
            }
        if (face.Count < FewestTexels) return null;
        float Median(Func<Vector4, float> channel) => face.Select(channel).Order().ElementAt(face.Count / 2);
        return new NeckSkin(atlas, body, projection, new Vector3(Median(c => c.X), Median(c => c.Y), Median(c => c.Z)));
    }

    /// <summary>What a photo gave, but a bare chest or throat does not shine through to a clothed back.</summary>
    public TextureProjection Clothed(TextureProjection projection)
    {
        var through = new Matte(_atlas.Side, _atlas.Side);
        projection.Through.Values.CopyTo(through.Values, 0);
        (int bare, int all) = (0, 0);
        var isBare = new bool[through.Values.Length];
        for (int i = 0; i < isBare.Length; i++)
        {
            int t = _atlas.TriangleAt(i % _atlas.Side, i / _atlas.Side);
            if (t < 0 || through.Values[i] <= 0 || _atlas.Mesh.Parts[_atlas.Mesh.Triangles[3 * t]] != BodyPart.Torso) continue;
            all++;
            if (!(isBare[i] = SkinTone.Unlike(projection.Colours.Pixels[i], _skin) < 0.3f)) continue;
            bare++;
        }
        if (bare > all / 2) return projection;
        for (int i = 0; i < isBare.Length; i++) if (isBare[i]) through.Values[i] = 0;
        return projection with { Through = through };
    }

    /// <summary>The completed texture with skin where it belongs.</summary>
    /// <param name="texture">Of the body.</param>
    /// <param name="seen">What of it the photo shows.</param>
    public Image Mend(Image texture, Matte seen)
    {
        const float Dark = 0.45f;
        var mended = new Image(texture.Width, texture.Height);
        texture.Pixels.CopyTo(mended.Pixels, 0);
        float light = Luminance(_skin);
        Parallel.For(0, _atlas.Side, y =>
        {
            for (int x = 0; x < _atlas.Side; x++)
            {
                int t = _atlas.TriangleAt(x, y);
                if (t < 0 || _atlas.Mesh.Parts[_atlas.Mesh.Triangles[3 * t]] is not (BodyPart.Head or BodyPart.Torso)) continue;
                Vector3 rest = _atlas.Interpolate(_body.Mesh.RestPositions, t, _atlas.WeightsAt(x, y, t)), at = _head.InHeads(rest);
                float behind = TextureProjection.SmoothStep(-0.45f, -0.75f, at.Z);
                float collar = MathF.Max(_collar + (HigherBehind * behind), _neck - Soft);
                float bare = TextureProjection.SmoothStep(-Soft, Soft, rest.Y - collar) * TextureProjection.SmoothStep(-0.4f, -0.55f, at.Z) * (1 - TextureProjection.SmoothStep(0.0f, 0.1f, _head.AboveHairline(rest)));
                bare *= 1 - TextureProjection.SmoothStep(0.15f, 0.45f, seen[x, y]);
                if (bare <= 0) continue;
                Vector4 colour = mended[x, y];
                float other = MathF.Max(SkinTone.Unlike(colour, _skin), 1 - TextureProjection.SmoothStep(Dark * light, 0.8f * light, Luminance(new Vector3(colour.X, colour.Y, colour.Z))));
                mended[x, y] = Vector4.Lerp(colour, SkinTone.Shaded(colour, _skin), bare * other);
            }
        });
        return mended;
    }

    /// <summary>The height in front where the photo's skin ends, metres in the rest pose: from the chin down to the first row that is mostly cloth.</summary>
    private float Collar(TextureProjection projection)
    {
        float chin = _head.Nose.Y - (0.55f * _head.Size);
        int rows = Math.Max(1, (int)((chin - _neck + 0.06f) / Row));
        var (cloth, skin) = (new int[rows], new int[rows]);
        for (int i = 0; i < projection.Seen.Values.Length; i++)
        {
            int t = _atlas.TriangleAt(i % _atlas.Side, i / _atlas.Side);
            if (t < 0 || projection.Seen.Values[i] < 0.3f || projection.Own.Values[i] == 0 || _atlas.Mesh.Parts[_atlas.Mesh.Triangles[3 * t]] is not (BodyPart.Head or BodyPart.Torso)) continue;
            Vector3 rest = _body.Mesh.RestPositions[_atlas.Mesh.Triangles[3 * t]];
            int row = (int)((chin - rest.Y) / Row);
            if (rest.Y > chin || row >= rows || MathF.Abs(rest.X) > 0.07f) continue;
            if (SkinTone.Unlike(projection.Colours.Pixels[i], _skin) > 0.5f) cloth[row]++;
            else skin[row]++;
        }
        for (int row = 0; row < rows; row++)
            if (cloth[row] > skin[row]) return chin - (row * Row);
        return _neck - HigherBehind;
    }

    private static float Luminance(Vector3 c) => (0.2126f * c.X) + (0.7152f * c.Y) + (0.0722f * c.Z);
}

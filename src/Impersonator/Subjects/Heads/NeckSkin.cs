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

    // Metres: the width of a collar's own band; how far down a neckline may reach.
    private const float Band = 0.03f, Deepest = 0.2f;

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
        // The front's collar with it: behind, it would hang far too low.
        for (int i = 0; i < isBare.Length; i++) if (isBare[i] || IsCollar(i)) through.Values[i] = 0;
        return projection with { Through = through };
    }

    private bool IsCollar(int texel)
    {
        int t = _atlas.TriangleAt(texel % _atlas.Side, texel / _atlas.Side);
        if (t < 0) return false;
        Vector3 rest = _body.Mesh.RestPositions[_atlas.Mesh.Triangles[3 * t]];
        return MathF.Abs(rest.X) < 0.11f && rest.Y > _collar - Band;
    }

    /// <summary>The completed texture with skin where it belongs.</summary>
    /// <param name="texture">Of the body.</param>
    /// <param name="projection">What the photo gave.</param>
    public Image Mend(Image texture, TextureProjection projection)
    {
        const float Dark = 0.45f;
        Image mended = texture.Copy();
        float light = Srgb.Luminance(_skin);
        Func<Vector3, Vector4> cloth = Cloth(texture, projection);
        Parallel.For(0, _atlas.Side, y =>
        {
            for (int x = 0; x < _atlas.Side; x++)
            {
                int t = _atlas.TriangleAt(x, y);
                if (t < 0) mended[x, y] = Vector4.Zero;
                if (t < 0 || _atlas.Mesh.Parts[_atlas.Mesh.Triangles[3 * t]] is not (BodyPart.Head or BodyPart.Torso)) continue;
                Vector3 rest = _atlas.Interpolate(_body.Mesh.RestPositions, t, _atlas.WeightsAt(x, y, t)), at = _head.InHeads(rest);
                float behind = TextureProjection.SmoothStep(-0.45f, -0.75f, at.Z);
                float collar = MathF.Max(_collar + (HigherBehind * behind), _neck - Soft);
                float bare = TextureProjection.SmoothStep(-Soft, Soft, rest.Y - collar) * TextureProjection.SmoothStep(-0.4f, -0.55f, at.Z) * (1 - TextureProjection.SmoothStep(0.0f, 0.1f, _head.AboveHairline(rest)));
                float unseen = 1 - TextureProjection.SmoothStep(0.15f, 0.45f, projection.Seen[x, y]);
                bare *= unseen;
                Vector4 colour = mended[x, y];
                // Just below the collar, where nothing is known, skin has run into the cloth.
                float unknown = 1 - TextureProjection.SmoothStep(0.02f, 0.2f, MathF.Max(projection.Seen[x, y], projection.Through[x, y]));
                float yoke = behind * unknown * TextureProjection.SmoothStep(_neck - Deepest, _neck - (0.8f * Deepest), rest.Y) * TextureProjection.SmoothStep(Soft, -Soft, rest.Y - collar);
                if (yoke > 0) mended[x, y] = colour = Vector4.Lerp(colour, cloth(rest), yoke);
                if (bare <= 0) continue;
                float other = MathF.Max(SkinTone.Unlike(colour, _skin), 1 - TextureProjection.SmoothStep(Dark * light, 0.8f * light, Srgb.Luminance(colour.AsVector3())));
                mended[x, y] = Vector4.Lerp(colour, SkinTone.Shaded(colour, _skin), bare * other);
            }
        });
        // Over the charts' borders, as in TextureCompletion.
        return ForegroundColours.Filled(mended);
    }

    /// <summary>Cloth for the back below the collar: the strip below the front's collar, reflected to and fro; its median where there is none.</summary>
    private Func<Vector3, Vector4> Cloth(Image texture, TextureProjection projection)
    {
        const float Cell = 0.004f, Strip = 0.03f;
        float middle = _collar - Band - (3 * Cell);
        var back = new Dictionary<(int, int), Vector4>();
        for (int y = 0; y < _atlas.Side; y++)
            for (int x = 0; x < _atlas.Side; x++)
            {
                int t = _atlas.TriangleAt(x, y);
                if (t < 0 || projection.Through[x, y] <= 0.02f || _atlas.Mesh.Parts[_atlas.Mesh.Triangles[3 * t]] != BodyPart.Torso) continue;
                Vector3 rest = _atlas.Interpolate(_body.Mesh.RestPositions, t, _atlas.WeightsAt(x, y, t));
                if (rest.Y < middle && rest.Y > middle - (2 * Strip) && _head.InHeads(rest).Z < -0.75f) back.TryAdd(((int)MathF.Round(rest.X / Cell), (int)MathF.Round(rest.Y / Cell)), texture[x, y]);
            }
        if (back.Count == 0) return _ => new Vector4(_skin, 1);
        float Median(Func<Vector4, float> channel) => back.Values.Select(channel).Order().ElementAt(back.Count / 2);
        var usual = new Vector4(Median(c => c.X), Median(c => c.Y), Median(c => c.Z), 1);
        return rest =>
        {
            float above = MathF.Abs(rest.Y - middle) % (2 * Strip);
            (int column, int row) = ((int)MathF.Round(rest.X / Cell), (int)MathF.Round((middle - MathF.Min(above, (2 * Strip) - above)) / Cell));
            for (int k = 0; k < 9; k++)
                if (back.TryGetValue((column + (k % 3) - 1, row + (k / 3) - 1), out Vector4 colour)) return colour;
            return usual;
        };
    }

    /// <summary>The height in front where the photo's skin ends, metres in the rest pose: from the chin down to the first row that is mostly cloth.</summary>
    private float Collar(TextureProjection projection)
    {
        float chin = _head.Nose.Y - (0.55f * _head.Size);
        int rows = Math.Max(1, (int)((chin - _neck + Deepest) / Row));
        var (cloth, skin) = (new int[rows], new int[rows]);
        for (int i = 0; i < projection.Seen.Values.Length; i++)
        {
            int t = _atlas.TriangleAt(i % _atlas.Side, i / _atlas.Side);
            if (t < 0 || projection.Seen.Values[i] < 0.3f || projection.Own.Values[i] == 0 || _atlas.Mesh.Parts[_atlas.Mesh.Triangles[3 * t]] is not (BodyPart.Head or BodyPart.Torso)) continue;
            Vector3 rest = _body.Mesh.RestPositions[_atlas.Mesh.Triangles[3 * t]];
            int row = (int)((chin - rest.Y) / Row);
            if (rest.Y > chin || row >= rows || MathF.Abs(rest.X) > 0.05f) continue;
            if (SkinTone.Unlike(projection.Colours.Pixels[i], _skin) > 0.5f) cloth[row]++;
            else skin[row]++;
        }
        for (int row = 0; row < rows; row++)
        {
            // A lock of hair or a shadow is no collar: cloth goes on.
            int last = Math.Min(row + 3, rows), dressed = cloth[row..last].Sum(), bare = skin[row..last].Sum();
            if (cloth[row] > skin[row] && dressed > 2 * bare && dressed > 20) return chin - (row * Row);
        }

        return chin - (rows * Row);
    }
}

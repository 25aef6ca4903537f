using System.Numerics;
using Impersonator.Bodies;
using Impersonator.Imaging;
using Impersonator.Recovery;

namespace Impersonator.Subjects.Heads;

/// <summary>Makes the hair of a subject: shape and texture.</summary>
internal static class HairLayer
{
    // Rows around the crown.
    private const float Crown = 5;

    /// <summary>The layer, or null where hair cannot be brought into the rest pose.</summary>
    /// <param name="wearer">The clothed body as it stands in the photo.</param>
    /// <param name="body">The naked body.</param>
    /// <param name="mask">Which pixels are hair.</param>
    /// <param name="foreground">The person's colours, opaque everywhere; of the photo's shape.</param>
    /// <param name="matte">The person's alpha, same size as <paramref name="foreground"/>.</param>
    /// <param name="textureSide">Columns and rows of the texture.</param>
    /// <param name="cancellationToken">Stops between steps.</param>
    public static SubjectLayer? Create(PosedBody wearer, Body body, HairMask mask, Image foreground, Matte matte, int textureSide, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (HairShell.Build(wearer, body, mask) is not { } shape) return null;
        var atlas = new Atlas(shape.Mesh, textureSide);
        var posed = new PosedBody(shape.Mesh, body, wearer.Person);
        FaceOutwards(posed, HeadMeasures.Of(body).Centre);
        TextureProjection shown = TextureProjection.Of(atlas, posed, foreground, matte, wearer);
        cancellationToken.ThrowIfCancellationRequested();
        Image texture = HairTexture.Complete(HairTexture.OnlyHair(shown, atlas, posed, wearer, body, mask, shape), Mean(mask, wearer.Person, foreground), shape.ShareOf(Crown), Shade(atlas, posed));
        HairEdge.Cut(texture, shape, atlas, posed, wearer, mask);
        return new SubjectLayer(HairShell.Name, shape.Mesh, texture);
    }

    /// <summary>Gives hair the normals of the star that it is: where columns end beside longer ones, its own have no meaning.</summary>
    private static void FaceOutwards(PosedBody posed, Vector3 restCentre)
    {
        Vector3 centre = Vector3.Transform(restCentre, posed.Transforms[Joint.Head]);
        for (int v = 0; v < posed.Normals.Length; v++)
        {
            Vector3 away = posed.Positions[v] - centre;
            posed.Normals[v] = Vector3.Normalize(away with { Y = MathF.Max(away.Y, 0.15f * -away.Length()) });
        }
    }

    /// <summary>[V] true where a garment or hair of its own hides the body, so that its silhouette says nothing; null for nowhere.</summary>
    /// <param name="body">The naked body.</param>
    /// <param name="person">Its pose and camera.</param>
    /// <param name="mask">Which pixels are hair, or null.</param>
    /// <param name="covered">What else hides it, or null.</param>
    public static bool[]? Covered(Body body, Person person, HairMask? mask, bool[]? covered)
    {
        if (mask is null) return covered;
        const float Beyond = 0.012f;
        var head = HeadMeasures.Of(body);
        var posed = new PosedBody(body.Mesh, body, person);
        return [.. posed.Positions.Select((p, v) => (covered?[v] ?? false) || body.Mesh.Parts[v] switch
        {
            BodyPart.Head => head.InHeads(body.Mesh.RestPositions[v]).Z < -0.5f || head.AboveHairline(body.Mesh.RestPositions[v]) > -0.1f || mask.At(p + (posed.Normals[v] * Beyond)),
            BodyPart.Torso => mask.At(p + (posed.Normals[v] * Beyond)),
            _ => false,
        })];
    }

    /// <summary>What a photo gave to the body, without hair that hangs before it: such colours stay where they are, and do not show at the back.</summary>
    /// <param name="projection">Of the body.</param>
    /// <param name="atlas">The body's texture layout.</param>
    /// <param name="posed">The clothed body as it stands in the photo.</param>
    /// <param name="mask">Which pixels are hair.</param>
    public static TextureProjection Without(TextureProjection projection, Atlas atlas, PosedBody posed, HairMask mask)
    {
        var (own, through) = (new Matte(atlas.Side, atlas.Side), new Matte(atlas.Side, atlas.Side));
        Parallel.For(0, atlas.Side, y =>
        {
            for (int x = 0; x < atlas.Side; x++)
            {
                int t = atlas.TriangleAt(x, y);
                if (t < 0) continue;
                bool hair = posed.Mesh.Parts[posed.Mesh.Triangles[3 * t]] != BodyPart.Head && mask.At(atlas.Interpolate(posed.Positions, t, atlas.WeightsAt(x, y, t)));
                (own[x, y], through[x, y]) = hair ? (0, 0) : (projection.Own[x, y], projection.Through[x, y]);
            }
        });
        return projection with { Own = own, Through = through };
    }

    /// <summary>The body's texture with hair on the unseen scalp below a hat, in the colour that shows under it in front.</summary>
    /// <param name="texture">Completed.</param>
    /// <param name="seen">What of it the photo shows.</param>
    /// <param name="atlas">Its layout.</param>
    /// <param name="body">The naked body.</param>
    /// <param name="mask">The hat.</param>
    public static Image UnderHat(Image texture, Matte seen, Atlas atlas, Body body, HairMask mask)
    {
        if (mask.UnderHat is not { } colour) return texture;
        var hair = new Vector4(Srgb.ToLinear(colour.X), Srgb.ToLinear(colour.Y), Srgb.ToLinear(colour.Z), 1);
        var head = HeadMeasures.Of(body);
        var grown = new Image(texture.Width, texture.Height);
        Parallel.For(0, atlas.Side, y =>
        {
            for (int x = 0; x < atlas.Side; x++)
            {
                grown[x, y] = texture[x, y];
                int t = atlas.TriangleAt(x, y);
                if (t < 0 || atlas.Mesh.Parts[atlas.Mesh.Triangles[3 * t]] != BodyPart.Head) continue;
                Vector3 rest = atlas.Interpolate(body.Mesh.RestPositions, t, atlas.WeightsAt(x, y, t));
                float share = TextureProjection.SmoothStep(-0.03f, 0.03f, head.AboveHairline(rest)) * TextureProjection.SmoothStep(-0.3f, -0.5f, head.InHeads(rest).Z) * (1 - TextureProjection.SmoothStep(0.15f, 0.45f, seen[x, y]));
                grown[x, y] = Vector4.Lerp(grown[x, y], hair, share);
            }
        });
        return grown;
    }

    /// <summary>Light from above: the unseen side is as its height has it where it is steep, darker below.</summary>
    private static Matte Shade(Atlas atlas, PosedBody posed)
    {
        const float Strength = 0.22f;
        var shade = new Matte(atlas.Side, atlas.Side);
        Parallel.For(0, atlas.Side, y =>
        {
            for (int x = 0; x < atlas.Side; x++)
            {
                int t = atlas.TriangleAt(x, y);
                shade[x, y] = t < 0 ? 1 : 1 + (Strength * Math.Clamp(Vector3.Normalize(atlas.Interpolate(posed.Normals, t, atlas.WeightsAt(x, y, t))).Y, -1, 1));
            }
        });
        return shade;
    }

    private static Vector4 Mean(HairMask mask, Person person, Image foreground)
    {
        float scale = person.Camera.FocalLength / mask.Camera.FocalLength, fine = (float)foreground.Width / person.Camera.Width;
        Vector4 sum = Vector4.Zero;
        for (int y = 0; y < mask.Camera.Height; y++)
            for (int x = 0; x < mask.Camera.Width; x++)
            {
                var pixel = new Vector2(x + 0.5f, y + 0.5f);
                if (!mask.At(pixel)) continue;
                Vector2 at = (person.Camera.PrincipalPoint + ((pixel - mask.Camera.PrincipalPoint) * scale)) * fine;
                sum += foreground.Sample(at.X, at.Y) with { W = 1 };
            }
        return sum / sum.W;
    }
}

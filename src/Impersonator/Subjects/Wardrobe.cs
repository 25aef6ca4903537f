using System.Numerics;
using Impersonator.Bodies;
using Impersonator.Imaging;
using Impersonator.Subjects.Heads;

namespace Impersonator.Subjects;

/// <summary>Puts the clothes of one subject on another: texture, and how far the cloth stands off the body.</summary>
/// <remarks>
/// Head, hair, hat and hands stay the wearer's. Where the giver is bare, its skin takes the wearer's tone. A collar or scarf that the wearer
/// takes off leaves a bare neck.
/// </remarks>
public static class Wardrobe
{
    private const float WaistSpread = 0.02f, NeckSpread = 0.04f;

    /// <summary>A subject in (some of) the clothes of another.</summary>
    /// <param name="wearer">Keeps body, pose, head, hands and background.</param>
    /// <param name="giver">Gives the clothes; of the same body model.</param>
    /// <param name="parts">Which.</param>
    /// <exception cref="ArgumentException">The subjects are of different body models.</exception>
    public static Subject Wearing(this Subject wearer, Subject giver, WearParts parts)
    {
        ArgumentNullException.ThrowIfNull(wearer);
        ArgumentNullException.ThrowIfNull(giver);
        SubjectLayer mine = wearer.Layers[0], theirs = giver.Layers[0];
        if (mine.Mesh.VertexCount != theirs.Mesh.VertexCount) throw new ArgumentException("The two subjects are of different body models.", nameof(giver));

        float[] worn = Worn(wearer.Body, parts), bared = parts == WearParts.Lower ? new float[worn.Length] : Neck(wearer.Body);
        Vector3 skin = SkinTone.Of(mine);
        float[] collar = Collar(mine, bared, skin);
        Vector3[] myNormals = Normals(wearer.Body), theirNormals = Normals(giver.Body);
        var positions = new Vector3[worn.Length];
        for (int v = 0; v < positions.Length; v++)
        {
            float standOff = Vector3.Dot(theirs.Mesh.RestPositions[v] - giver.Body.Mesh.RestPositions[v], theirNormals[v]);
            Vector3 own = Vector3.Lerp(mine.Mesh.RestPositions[v], wearer.Body.Mesh.RestPositions[v], collar[v]);
            positions[v] = Vector3.Lerp(own, wearer.Body.Mesh.RestPositions[v] + (myNormals[v] * standOff), worn[v]);
        }
        SkinnedMesh mesh = mine.Mesh.WithRestPositions(positions);
        Image texture = Mixed(mesh, mine.Texture, theirs.Texture, worn, bared, skin, SkinTone.Of(theirs));
        Subject dressed = wearer with
        {
            Layers = [new SubjectLayer(mine.Name, mesh, texture), .. Garments(parts == WearParts.Upper ? wearer : giver).Select(l => parts == WearParts.Upper ? l : l with { Mesh = Resized(l.Mesh, giver.Body, wearer.Body) }), .. wearer.Layers.Where(l => l.Name == HairShell.Name)],
        };
        // No photo shows the wearer in these clothes.
        return dressed with { Source = wearer.Source is null ? null : SubjectSource.Drawn(dressed), MoreSources = [] };
    }

    /// <summary>What hangs free of a body and is put on and off: everything but its hair or hat.</summary>
    private static IEnumerable<SubjectLayer> Garments(Subject subject) => subject.Layers.Skip(1).Where(l => l.Name != HairShell.Name);

    /// <summary>[V] how much of each vertex is worn, [0, 1].</summary>
    private static float[] Worn(Body body, WearParts parts)
    {
        Vector3[] at = body.Model.Template.RestPositions;
        Vector3 Joint(int j) => body.Model.JointRegressors[j].Of(at);
        float waist = Joint(Bodies.Joint.Spine1).Y, neck = Joint(Bodies.Joint.Neck).Y;
        float wristLeft = Joint(Bodies.Joint.LeftWrist).X;
        return [.. Enumerable.Range(0, at.Length).Select(v =>
        {
            BodyPart part = body.Mesh.Parts[v];
            if (part is BodyPart.Head or BodyPart.LeftHand or BodyPart.RightHand) return 0f;
            float covered = TextureProjection.SmoothStep(-NeckSpread, NeckSpread, neck - 0.03f - at[v].Y);
            bool arm = part is BodyPart.LeftUpperArm or BodyPart.RightUpperArm or BodyPart.LeftLowerArm or BodyPart.RightLowerArm;
            if (arm) covered = TextureProjection.SmoothStep(0, 0.03f, wristLeft - MathF.Abs(at[v].X));
            float upper = arm ? 1 : TextureProjection.SmoothStep(-WaistSpread, WaistSpread, at[v].Y - waist);
            return covered * (parts switch { WearParts.Upper => upper, WearParts.Lower => 1 - upper, _ => 1 });
        })];
    }

    /// <summary>[V] how much of each vertex is neck, where the wearer's own collar would otherwise stay, [0, 1].</summary>
    private static float[] Neck(Body body)
    {
        Vector3[] at = body.Model.Template.RestPositions;
        float head = body.Model.JointRegressors[Joint.Head].Of(at).Y, chest = body.Model.JointRegressors[Joint.Spine3].Of(at).Y;
        return [.. Enumerable.Range(0, at.Length).Select(v => body.Mesh.Parts[v] is BodyPart.Head or BodyPart.Torso
            ? TextureProjection.SmoothStep(chest - 0.02f, chest + 0.02f, at[v].Y) * (1 - TextureProjection.SmoothStep(head - 0.02f, head + 0.01f, at[v].Y)) : 0)];
    }

    /// <summary>[V] how much of each vertex is the wearer's own collar around the bared neck, [0, 1].</summary>
    private static float[] Collar(SubjectLayer layer, float[] bared, Vector3 skin)
    {
        var collar = new float[bared.Length];
        SkinnedMesh mesh = layer.Mesh;
        for (int i = 0; i < mesh.Triangles.Length; i++)
        {
            int v = mesh.Triangles[i];
            if (bared[v] == 0) continue;
            Vector2 uv = mesh.Texcoords[mesh.TexcoordTriangles[i]];
            collar[v] = bared[v] * SkinTone.Unlike(layer.Texture.Sample(uv.X * layer.Texture.Width, uv.Y * layer.Texture.Height), skin);
        }
        return collar;
    }

    /// <summary>A garment that hangs free, from one body's hips to another's: as much longer and wider as legs and hips are.</summary>
    private static SkinnedMesh Resized(SkinnedMesh garment, Body from, Body to)
    {
        float wider = HipWidth(to) / HipWidth(from);
        var scale = new Vector3(wider, to.HipHeight / from.HipHeight, wider);
        return garment.WithRestPositions([.. garment.RestPositions.Select(p => to.RestJoints[Joint.Pelvis] + ((p - from.RestJoints[Joint.Pelvis]) * scale))]);
    }

    private static float HipWidth(Body body)
    {
        float width = 0;
        for (int v = 0; v < body.Mesh.VertexCount; v++)
        {
            Vector3 p = body.Mesh.RestPositions[v];
            if (body.Mesh.Parts[v] is BodyPart.Torso or BodyPart.LeftUpperLeg && MathF.Abs(p.Y - body.HipHeight) < 0.08f) width = MathF.Max(width, p.X);
        }
        return width;
    }

    private static Vector3[] Normals(Body body)
    {
        var normals = new Vector3[body.Mesh.VertexCount];
        Rendering.MeshNormals.Compute(body.Mesh.RestPositions, body.Mesh.Triangles, normals);
        return normals;
    }

    private static Image Mixed(SkinnedMesh mesh, Image mine, Image theirs, float[] worn, float[] bared, Vector3 mySkin, Vector3 theirSkin)
    {
        int side = mine.Width;
        var atlas = new Atlas(mesh, side);
        var mixed = new Image(side, side);
        Vector3[] shares = [.. worn.Select((w, v) => new Vector3(w, bared[v], 0))];
        float theirLight = MathF.Max(Srgb.Luminance(theirSkin), 0.01f);
        Parallel.For(0, side, y =>
        {
            for (int x = 0; x < side; x++)
            {
                int t = atlas.TriangleAt(x, y);
                if (t < 0) continue;
                Vector3 share = atlas.Interpolate(shares, t, atlas.WeightsAt(x, y, t));
                Vector4 other = theirs[x, y];
                // Skin is a matter of hue, whatever the light on it.
                float skin = 1 - TextureProjection.SmoothStep(0.035f, 0.08f, Vector2.Distance(SkinTone.Hue(other), SkinTone.Hue(new Vector4(theirSkin, 1))));
                // The wearer's hue in the light that falls on the giver: ratios by channel would carry over how legs differ from a face.
                other = Vector4.Lerp(other, new Vector4(mySkin * Math.Clamp(Srgb.Luminance(other.AsVector3()) / theirLight, 0.2f, 1.5f), 1), skin);
                float bare = share.Y * SkinTone.Unlike(mine[x, y], mySkin);
                mixed[x, y] = Vector4.Lerp(Vector4.Lerp(mine[x, y], SkinTone.Shaded(mine[x, y], mySkin), bare), other, share.X);
            }
        });
        return ForegroundColours.Filled(mixed);
    }
}

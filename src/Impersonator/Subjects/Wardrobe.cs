using System.Numerics;
using Impersonator.Bodies;
using Impersonator.Imaging;

namespace Impersonator.Subjects;

/// <summary>Puts the clothes of one subject on another: texture, and how far the cloth stands off the body.</summary>
/// <remarks>Head and hands stay the wearer's. Where the giver is bare, its skin takes the wearer's tone.</remarks>
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

        float[] worn = Worn(wearer.Body, parts);
        Vector3[] myNormals = Normals(wearer.Body), theirNormals = Normals(giver.Body);
        var positions = new Vector3[worn.Length];
        for (int v = 0; v < positions.Length; v++)
        {
            float standOff = Vector3.Dot(theirs.Mesh.RestPositions[v] - giver.Body.Mesh.RestPositions[v], theirNormals[v]);
            positions[v] = Vector3.Lerp(mine.Mesh.RestPositions[v], wearer.Body.Mesh.RestPositions[v] + (myNormals[v] * standOff), worn[v]);
        }
        SkinnedMesh mesh = mine.Mesh.WithRestPositions(positions);
        Image texture = Mixed(mesh, mine.Texture, theirs.Texture, worn, SkinTone.Of(mine), SkinTone.Of(theirs));
        return wearer with
        {
            Layers = [new SubjectLayer(mine.Name, mesh, texture), .. parts == WearParts.Upper ? wearer.Layers.Skip(1) : giver.Layers.Skip(1).Select(l => l with { Mesh = Resized(l.Mesh, giver.Body, wearer.Body) })],
        };
    }

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

    private static Image Mixed(SkinnedMesh mesh, Image mine, Image theirs, float[] worn, Vector3 mySkin, Vector3 theirSkin)
    {
        int side = mine.Width;
        var atlas = new Atlas(mesh, side);
        var mixed = new Image(side, side);
        Vector3[] shares = [.. worn.Select(w => new Vector3(w))];
        Vector3 tone = mySkin / Vector3.Max(theirSkin, new Vector3(0.01f));
        Parallel.For(0, side, y =>
        {
            for (int x = 0; x < side; x++)
            {
                int t = atlas.TriangleAt(x, y);
                if (t < 0) continue;
                float share = atlas.Interpolate(shares, t, atlas.WeightsAt(x, y, t)).X;
                Vector4 other = theirs[x, y];
                // Skin is a matter of hue, whatever the light on it.
                float skin = 1 - TextureProjection.SmoothStep(0.035f, 0.08f, Vector2.Distance(SkinTone.Hue(other), SkinTone.Hue(new Vector4(theirSkin, 1))));
                other *= new Vector4(Vector3.Lerp(Vector3.One, tone, skin), 1);
                mixed[x, y] = Vector4.Lerp(mine[x, y], other, share);
            }
        });
        return ForegroundColours.Filled(mixed);
    }
}

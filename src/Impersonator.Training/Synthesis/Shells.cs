using Impersonator.Bodies;

namespace Impersonator.Training.Synthesis;

/// <summary>Regions of the body's own skin as meshes that cloth is cut from.</summary>
internal static class Shells
{
    /// <summary>Everything but head, hands and feet: for packs without MakeHuman's tights.</summary>
    public static Garment Tights() => Region("tights", Slot.Tights, v => BodyModel.Default.Template.Parts[v] is not (BodyPart.Head or BodyPart.LeftHand or BodyPart.RightHand or BodyPart.LeftFoot or BodyPart.RightFoot));

    /// <summary>Head, neck and shoulders, for caps, hoods and scarves.</summary>
    public static Garment Head()
    {
        SkinnedMesh template = BodyModel.Default.Template;
        float chest = BodyModel.Default.JointRegressors[Joint.Spine3].Of(template.RestPositions).Y + 0.05f;
        return Region("head", Slot.HeadShell, v => template.Parts[v] is BodyPart.Head or BodyPart.Torso && template.RestPositions[v].Y > chest);
    }

    private static Garment Region(string name, Slot slot, Func<int, bool> within)
    {
        SkinnedMesh template = BodyModel.Default.Template;
        int skin = Figure.FirstEyeVertex;
        int[] corners = template.Triangles;
        ushort[] kept = [.. Enumerable.Range(0, corners.Length / 3).Where(t => Enumerable.Range(3 * t, 3).All(i => corners[i] < skin && within(corners[i]))).SelectMany(t => corners[(3 * t)..((3 * t) + 3)]).Select(v => (ushort)v)];
        ushort[] used = [.. kept.Distinct().Order()];
        var place = used.Select((v, i) => (v, i)).ToDictionary(x => x.v, x => (ushort)x.i);
        return FromVertices(name, slot, used, TriangleSet.Plain([.. kept.Select(v => place[v])]), v => template.Weights[v], used);
    }

    /// <summary>A garment that is some vertices of the body or its helpers.</summary>
    /// <param name="name">For people.</param>
    /// <param name="slot">What it is.</param>
    /// <param name="vertices">[V] the vertices.</param>
    /// <param name="triangles">Over them.</param>
    /// <param name="weights">Weights of a body or helper vertex.</param>
    /// <param name="below">[V] the skin vertex below each.</param>
    public static Garment FromVertices(string name, Slot slot, ushort[] vertices, TriangleSet triangles, Func<int, JointWeights> weights, ushort[] below)
    {
        (byte[] joints, byte[] bytes) = JointBytes.Of([.. vertices.Select(v => weights(v))]);
        return new Garment
        {
            Name = name,
            Slot = slot,
            Anchors = [.. vertices.SelectMany(v => (ushort[])[v, v, v])],
            AnchorWeights = [.. vertices.SelectMany(_ => (float[])[1, 0, 0])],
            Offsets = new float[vertices.Length * 3],
            Joints = joints,
            JointBytes = bytes,
            Below = below,
            Triangles = triangles,
        };
    }
}

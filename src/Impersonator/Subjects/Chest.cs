using System.Numerics;
using Impersonator.Bodies;
using Impersonator.Rendering;
using Impersonator.Subjects.Heads;

namespace Impersonator.Subjects;

/// <summary>Flattens the bust that an average of men and women has, where nothing in the photo shows a woman.</summary>
/// <remarks>
/// A photo from before does not show how deep a chest is, so that the fit leaves it average. What shows from the side is in the matte, and
/// drawing the body to it brings it back.
/// </remarks>
internal static class Chest
{
    /// <summary>How far a flat chest swells beside the breastbone, and how much of a bust remains, metres.</summary>
    private const float Swell = 0.005f, Remains = 0.003f;

    /// <summary>From the middle outwards: where a bust is, and where the side of the trunk begins, metres.</summary>
    private const float Full = 0.12f, Side = 0.17f;

    /// <summary>Half the width of the breastbone, and the step of its profile, metres.</summary>
    private const float Bone = 0.02f, Step = 0.01f;

    /// <summary>Heads beside and below the nose: where hair falls on shoulders, and which share of that it covers when it is long.</summary>
    private static readonly float[] Beside = [0.4f, 0.5f, 0.6f, 0.7f, 0.8f], Under = [-0.75f, -0.9f, -1.05f, -1.2f];
    private const float Depth = -0.7f, LongHair = 0.07f;

    /// <summary>Where a skirt ends at the lowest, shares of the knee's height: what reaches further down is a coat.</summary>
    private const float LowestHem = 0.6f;

    /// <summary>Whether a bust is to be left: of who wears a skirt or long hair.</summary>
    /// <param name="posed">The naked body as it stands in the photo.</param>
    /// <param name="body">Whose it is.</param>
    /// <param name="hair">Which pixels are hair, or null.</param>
    /// <param name="skirt">What hangs free of the body, or null.</param>
    public static bool IsLeft(PosedBody posed, Body body, HairMask? hair, Skirt? skirt)
    {
        if (skirt is not null && skirt.Mesh.RestPositions.Min(p => p.Y) > LowestHem * body.RestJoints[Joint.LeftKnee].Y) return true;
        if (hair is null || hair.IsHat) return false;
        var head = HeadMeasures.Of(body);
        float Covered(float side) => Beside.SelectMany(_ => Under, (x, y) => hair.At(Vector3.Transform(head.Nose + (new Vector3(side * x, y, Depth) * head.Size), posed.Transforms[Joint.Head])) ? 1f : 0).Average();
        return MathF.Max(Covered(1), Covered(-1)) > LongHair;
    }

    /// <summary>The same body with a chest that is level with its breastbone.</summary>
    public static Body Flat(Body body)
    {
        SkinnedMesh mesh = body.Mesh;
        float bottom = body.RestJoints[Joint.Spine2].Y, top = body.RestJoints[Joint.Neck].Y, middle = body.RestJoints[Joint.Pelvis].X;
        float[] profile = Profile(mesh, middle, bottom, top);
        var normals = new Vector3[mesh.VertexCount];
        MeshNormals.Compute(mesh.RestPositions, mesh.Triangles, normals);
        var positions = new Vector3[mesh.VertexCount];
        for (int v = 0; v < positions.Length; v++)
        {
            Vector3 p = positions[v] = mesh.RestPositions[v];
            float aside = MathF.Abs(p.X - middle), at = (p.Y - bottom) / Step;
            if (mesh.Parts[v] != BodyPart.Torso || aside >= Side || at < 0 || at >= profile.Length - 1 || normals[v].Z <= 0) continue;
            float bone = float.Lerp(profile[(int)at], profile[(int)at + 1], at - (int)at), over = p.Z - bone - Swell;
            if (over <= 0) continue;
            // Less and less the higher it swells, so that no edge is left.
            float flat = over / (1 + (over / Remains)), share = 1 - TextureProjection.SmoothStep(Full, Side, aside);
            positions[v].Z -= share * (over - flat);
        }
        return new Body(body.Model, body.Shape, mesh.WithRestPositions(positions), body.RestJoints);
    }

    /// <summary>How far forwards the breastbone lies, a step apart from bottom to top.</summary>
    private static float[] Profile(SkinnedMesh mesh, float middle, float bottom, float top)
    {
        var bone = new float[Math.Max(2, (int)((top - bottom) / Step))];
        Array.Fill(bone, float.NaN);
        for (int v = 0; v < mesh.VertexCount; v++)
        {
            Vector3 p = mesh.RestPositions[v];
            int at = (int)MathF.Round((p.Y - bottom) / Step);
            if (mesh.Parts[v] == BodyPart.Torso && MathF.Abs(p.X - middle) < Bone && p.Z > 0 && (uint)at < (uint)bone.Length) bone[at] = float.IsNaN(bone[at]) ? p.Z : MathF.Max(bone[at], p.Z);
        }
        (int from, float known) = (-1, bone.FirstOrDefault(z => !float.IsNaN(z)));
        for (int i = 0; i <= bone.Length; i++)
        {
            if (i < bone.Length && float.IsNaN(bone[i])) continue;
            float to = i < bone.Length ? bone[i] : known;
            for (int k = from + 1; k < i; k++) bone[k] = float.Lerp(known, to, (float)(k - from) / (i - from));
            (from, known) = (i, to);
        }
        return bone;
    }
}

using System.Numerics;
using Impersonator.Bodies;

namespace Impersonator.Subjects.Heads;

/// <summary>Where things are on a body's head, in the rest pose; distances are counted in heads, so that they hold for any body.</summary>
/// <param name="Nose">Its tip, metres.</param>
/// <param name="Size">One head: from the nose up to the top of the skull, metres.</param>
internal readonly record struct HeadMeasures(Vector3 Nose, float Size)
{
    /// <summary>How high the hairline is at the back, heads above the nose.</summary>
    public const float Nape = -0.37f;

    /// <summary>Measures a body.</summary>
    public static HeadMeasures Of(Body body)
    {
        Vector3 nose = body.Model.Keypoints[(int)Keypoint.Nose].Rest.Of(body.Mesh.RestPositions), top = body.Model.Keypoints[(int)Keypoint.HeadTop].Rest.Of(body.Mesh.RestPositions);
        return new HeadMeasures(nose with { X = 0 }, MathF.Max(top.Y - nose.Y, 0.05f));
    }

    /// <summary>Inside the skull, between the ears: the skull is a star seen from here.</summary>
    public Vector3 Centre => Nose + new Vector3(0, 0.17f, -0.70f) * Size;

    /// <summary>A rest place in heads from the nose: to the left, up, forwards.</summary>
    public Vector3 InHeads(Vector3 rest) => (rest - Nose) / Size;

    /// <summary>How far above the usual hairline a rest place is, heads: a plane from the forehead to the nape.</summary>
    public float AboveHairline(Vector3 rest)
    {
        Vector3 at = InHeads(rest);
        const float Slope = (0.53f - Nape) / (1.27f - 0.16f);
        return at.Y - (Nape + (Slope * (at.Z + 1.27f)));
    }

    /// <summary>Whether a rest place is in the middle of the face, where no hair grows.</summary>
    public bool IsFace(Vector3 rest)
    {
        Vector3 at = InHeads(rest);
        return at.Z > -0.5f && MathF.Abs(at.X) < 0.32f && at.Y is < 0.28f and > -0.5f;
    }
}

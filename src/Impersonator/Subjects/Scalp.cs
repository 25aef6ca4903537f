using System.Numerics;
using Impersonator.Bodies;

namespace Impersonator.Subjects;

/// <summary>The part of the head that hair covers: above a plane from the hairline at the forehead to the nape.</summary>
internal static class Scalp
{
    /// <summary>[V] true on the scalp.</summary>
    public static bool[] Of(BodyModel model)
    {
        Vector3[] at = model.Template.RestPositions;
        Vector3 nose = model.Keypoints[(int)Keypoint.Nose].Rest.Of(at), top = model.Keypoints[(int)Keypoint.HeadTop].Rest.Of(at);
        // Measured in heads (nose to top of the skull), so that it holds for any template.
        float head = top.Y - nose.Y;
        Vector2 hairline = new(nose.Z - (0.16f * head), nose.Y + (0.53f * head)), nape = new(nose.Z - (1.27f * head), nose.Y - (0.37f * head));
        float slope = (hairline.Y - nape.Y) / (hairline.X - nape.X);
        return [.. Enumerable.Range(0, at.Length).Select(v => model.Template.Parts[v] == BodyPart.Head && at[v].Y > nape.Y + (slope * (at[v].Z - nape.X)))];
    }
}

using System.Numerics;
using Impersonator.Bodies;

namespace Impersonator.Subjects.Heads;

/// <summary>What moves hair below the ears: close to the neck and the back it goes with them, loose hair with the head.</summary>
internal static class HairWeights
{
    /// <summary>Weights of a place.</summary>
    /// <param name="place">World space.</param>
    /// <param name="wearer">The body that wears it.</param>
    public static JointWeights At(Vector3 place, PosedBody wearer)
    {
        (int nearest, float least) = (-1, float.PositiveInfinity);
        for (int v = 0; v < wearer.Positions.Length; v++)
        {
            if (wearer.Mesh.Parts[v] is not (BodyPart.Head or BodyPart.Torso)) continue;
            float distance = Vector3.DistanceSquared(wearer.Positions[v], place);
            if (distance < least) (nearest, least) = (v, distance);
        }
        if (nearest < 0) return new JointWeights(Joint.Head, 0, 0, 0, 1, 0, 0, 0);
        JointWeights w = wearer.Mesh.Weights[nearest];
        (float head, float neck) = (0, 0);
        for (int k = 0; k < JointWeights.Count; k++)
        {
            if (w.Joint(k) == Joint.Head) head += w.Weight(k);
            else if (w.Joint(k) == Joint.Neck) neck += w.Weight(k);
        }
        float loose = 0.7f * TextureProjection.SmoothStep(0.02f, 0.07f, MathF.Sqrt(least));
        (head, neck) = (head + ((1 - head) * loose), neck * (1 - loose));
        return new JointWeights(Joint.Head, Joint.Neck, Joint.Spine3, 0, head, neck, MathF.Max(0, 1 - head - neck), 0);
    }
}

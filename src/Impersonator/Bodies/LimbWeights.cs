namespace Impersonator.Bodies;

/// <summary>Which vertices the limbs' ends and lengths concern: what <see cref="LimbTwist"/> needs of the weights alone, found once for all shapes of a mesh.</summary>
internal sealed class LimbWeights
{
    /// <summary>Finds them.</summary>
    /// <param name="weights">[V].</param>
    public LimbWeights(JointWeights[] weights)
    {
        var (ends, uses) = (new List<End>(), new List<Use>());
        for (int v = 0; v < weights.Length; v++)
        {
            ref readonly JointWeights w = ref weights[v];
            for (int a = 0; a < JointWeights.Count; a++)
            {
                int joint = w.Joint(a);
                if (w.Weight(a) <= 0 || joint >= Joint.Count) continue;
                if (Array.FindIndex(LimbTwist.Limbs, l => l.Upper == joint) is >= 0 and var limb) uses.Add(new Use(v, a, limb, a == 0 && LimbTwist.BendsWithNext(w, LimbTwist.Limbs[limb])));
                for (int b = 0; b < JointWeights.Count; b++)
                    if (w.Weight(b) > 0 && w.Joint(b) == Skeleton.SmplH.Parents[joint]) ends.Add(new End(v, joint, w.Weight(a) * w.Weight(b)));
            }
        }
        (Ends, Uses) = ([.. ends], [.. uses]);
    }

    /// <summary>Vertices that a joint and its parent both move.</summary>
    public End[] Ends { get; }

    /// <summary>Vertices that limbs move.</summary>
    public Use[] Uses { get; }

    /// <summary>A vertex that a joint and its parent both move.</summary>
    /// <param name="Vertex">Its number.</param>
    /// <param name="Joint">The lower of the two.</param>
    /// <param name="Weight">Product of both weights.</param>
    public readonly record struct End(int Vertex, int Joint, float Weight);

    /// <summary>A vertex that a limb moves.</summary>
    /// <param name="Vertex">Its number.</param>
    /// <param name="Influence">Which of the vertex's joints the limb's is.</param>
    /// <param name="Limb">Number in <see cref="LimbTwist.Limbs"/>.</param>
    /// <param name="Bends">The elbow or knee at one of its ends bends the vertex, too.</param>
    public readonly record struct Use(int Vertex, int Influence, int Limb, bool Bends);
}

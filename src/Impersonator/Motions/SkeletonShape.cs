using System.Numerics;
using Impersonator.Files;

namespace Impersonator.Motions;

/// <summary>Finds legs, arms and head of a skeleton with unknown names by the shape of its tree.</summary>
/// <remarks>
/// Bone lengths do not change with the pose. Seen from the root, the first joint with two branches of equal reach and a third
/// that has such a pair again is the pelvis; the second pair are the arms, what remains above them is the head. Within a
/// limb the two longest bones in a row are its two segments.
/// </remarks>
internal static class SkeletonShape
{
    /// <summary>Shorter reach over longer one that still counts as left and right of the same limb.</summary>
    private const float PairLikeness = 0.85f;

    public static SkeletonAnchors Find(SkeletonClip clip)
    {
        var tree = new Tree(clip);
        for (int j = 0; j < tree.Count; j++)
        {
            if (tree.Pair(j) is not { } legs || tree.Limb(legs.A) is not { } legA || tree.Limb(legs.B) is not { } legB) continue;
            for (int c = 0; c < tree.Count; c++)
            {
                if (c == j || clip.IsDescendant(c, legs.A) || clip.IsDescendant(c, legs.B) || !clip.IsDescendant(c, j)) continue;
                if (tree.Pair(c) is not { } arms || tree.Limb(arms.A) is not { } armA || tree.Limb(arms.B) is not { } armB) continue;
                if (tree.Reach[arms.A] < 0.3f * tree.Reach[legs.A]) continue;
                int head = tree.Children[c].Where(k => k != arms.A && k != arms.B).OrderByDescending(k => tree.Reach[k]).FirstOrDefault(-1);
                // The first joint above the chest is the neck if another follows.
                if (head >= 0 && tree.Farthest(head) is { } above) head = above;
                return Sided(clip, legA, legB, armA, armB, c, head);
            }
            throw Unknown(clip, "legs were found but no pair of arms");
        }
        throw Unknown(clip, "no joint has two legs of equal length");
    }

    private static SkeletonAnchors Sided(SkeletonClip clip, int[] legA, int[] legB, int[] armA, int[] armB, int chest, int head)
    {
        JointFrame[] first = clip.Frames[0];
        Vector3 hips = (first[legA[0]].Place + first[legB[0]].Place) / 2;
        Vector3 up = Vector3.Normalize(first[chest].Place - hips), forward = default;
        foreach (int[] leg in (int[][])[legA, legB])
            if (leg.Length > 3) forward += first[leg[3]].Place - first[leg[2]].Place;
        if (forward.LengthSquared() < 1e-12f) forward = Vector3.UnitZ;
        Vector3 left = Vector3.Cross(up, forward);
        if (Vector3.Dot(first[legA[0]].Place - first[legB[0]].Place, left) < 0) (legA, legB) = (legB, legA);
        // Arms hang at shoulders on the legs' sides.
        if (Vector3.Dot(first[armA[0]].Place - first[armB[0]].Place, first[legA[0]].Place - first[legB[0]].Place) < 0) (armA, armB) = (armB, armA);
        return new SkeletonAnchors("unknown names, matched by shape")
        {
            Hip = [legA[0], legB[0]],
            Knee = [legA[1], legB[1]],
            Ankle = [legA[2], legB[2]],
            Toe = [legA.ElementAtOrDefault(3, -1), legB.ElementAtOrDefault(3, -1)],
            Shoulder = [armA[0], armB[0]],
            Elbow = [armA[1], armB[1]],
            Wrist = [armA[2], armB[2]],
            Head = head,
        };
    }

    private static int ElementAtOrDefault(this int[] values, int index, int otherwise) => index < values.Length ? values[index] : otherwise;

    private static InputException Unknown(SkeletonClip clip, string missing)
        => new($"{clip.Source}: not the skeleton of a person ({missing}; {clip.JointNames.Length} joints: {string.Join(", ", clip.JointNames.Take(4))}{(clip.JointNames.Length > 4 ? ", …" : "")}); "
            + "export a human armature, or name its joints as Mixamo or Unreal do.");

    private sealed class Tree
    {
        private readonly float[] _length;

        public Tree(SkeletonClip clip)
        {
            Count = clip.Parents.Length;
            Children = [.. Enumerable.Range(0, Count).Select(_ => new List<int>())];
            (_length, Reach) = (new float[Count], new float[Count]);
            for (int j = 0; j < Count; j++)
            {
                if (clip.Parents[j] < 0) continue;
                Children[clip.Parents[j]].Add(j);
                _length[j] = Vector3.Distance(clip.Frames[0][j].Place, clip.Frames[0][clip.Parents[j]].Place);
            }
            for (int j = Count - 1; j >= 0; j--) Reach[j] = _length[j] + (Children[j].Count == 0 ? 0 : Children[j].Max(c => Reach[c]));
        }

        public int Count { get; }
        public List<int>[] Children { get; }

        /// <summary>[J] longest way from a joint's parent to a leaf through the joint.</summary>
        public float[] Reach { get; }

        public int? Farthest(int joint) => Children[joint].Count == 0 ? null : Children[joint].MaxBy(c => Reach[c]);

        /// <summary>The two children whose branches are most alike, if they are alike at all.</summary>
        public (int A, int B)? Pair(int joint)
        {
            (int A, int B)? best = null;
            float likeness = PairLikeness;
            // More than a dozen branches are hair or fingers: the longest decide.
            int[] children = [.. Children[joint].OrderByDescending(c => Reach[c]).Take(12)];
            for (int a = 0; a < children.Length; a++)
                for (int b = a + 1; b < children.Length; b++)
                {
                    float longer = MathF.Max(Reach[children[a]], Reach[children[b]]), shorter = MathF.Min(Reach[children[a]], Reach[children[b]]);
                    if (longer <= 0 || shorter / longer < likeness || Limb(children[a]) is null || Limb(children[b]) is null) continue;
                    (best, likeness) = ((children[a], children[b]), shorter / longer);
                }
            return best;
        }

        /// <summary>Start, middle, end of the two longest bones in a row on the way to the farthest leaf, and the joint after them; null if there are no two.</summary>
        public int[]? Limb(int joint)
        {
            var path = new List<int> { joint };
            while (Farthest(path[^1]) is { } next)
            {
                // Joints on the same spot split one bone's turn: the lower one stands for both.
                if (_length[next] <= 1e-4f * Reach[joint]) path[^1] = next;
                else path.Add(next);
            }
            int best = -1;
            float longest = 0;
            for (int k = 0; k + 2 < path.Count; k++)
            {
                float sum = _length[path[k + 1]] + _length[path[k + 2]], shorter = MathF.Min(_length[path[k + 1]], _length[path[k + 2]]);
                if (sum > longest && shorter > 0.25f * sum) (best, longest) = (k, sum);
            }
            return best < 0 ? null : [.. path.Skip(best).Take(4)];
        }
    }
}

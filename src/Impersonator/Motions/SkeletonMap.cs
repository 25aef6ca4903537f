using Impersonator.Bodies;
using Impersonator.Files;

namespace Impersonator.Motions;

/// <summary>Which joint of a foreign skeleton drives which of our 52.</summary>
internal sealed class SkeletonMap
{
    private static readonly string[][] FingerWords = [["index", "pointer", "finger2"], ["mid", "finger3"], ["pinky", "little", "finger5"], ["ring", "finger4"], ["thumb", "finger1"]];

    private SkeletonMap(SkeletonAnchors anchors) => Anchors = anchors;

    /// <summary>The limbs.</summary>
    public SkeletonAnchors Anchors { get; }

    /// <summary>[52] the joint whose turn ours follows, −1 if ours follows its parent or its neighbours.</summary>
    public int[] Carrier { get; } = Filled();

    /// <summary>[52] the joint that stands where ours does, −1 if unknown.</summary>
    public int[] Place { get; } = Filled();

    /// <summary>Whether fingers move in the file.</summary>
    public bool HasFingers { get; private set; }

    /// <summary>Maps a clip's joints, by names if they are known, else by the shape of the tree.</summary>
    /// <exception cref="InputException">It is not the skeleton of a person; says what was not found.</exception>
    public static SkeletonMap Of(SkeletonClip clip)
    {
        SkeletonAnchors anchors = SkeletonNames.Find(clip) ?? SkeletonShape.Find(clip);
        var map = new SkeletonMap(anchors);
        int pelvis = CommonAncestor(clip, anchors.Hip[0], anchors.Hip[1]);
        int chest = CommonAncestor(clip, anchors.Shoulder[0], anchors.Shoulder[1]);
        if (pelvis < 0 || chest < 0) throw new InputException($"{clip.Source}: its {(pelvis < 0 ? "legs" : "arms")} do not belong to one skeleton; export the whole armature.");
        map.Set(Joint.Pelvis, pelvis, pelvis);

        // The spine: what lies between where legs and arms branch off.
        int fork = CommonAncestor(clip, pelvis, chest);
        int[] spine = Between(clip, fork, chest, including: true);
        if (spine.Length > 0)
        {
            map.Set(Joint.Spine3, spine[^1], spine[^1]);
            if (spine.Length > 1) map.Set(Joint.Spine1, spine[0], spine[0]);
            if (spine.Length > 2) map.Set(Joint.Spine2, spine[(spine.Length - 1) / 2], spine[(spine.Length - 1) / 2]);
        }
        if (anchors.Head >= 0 && clip.IsDescendant(anchors.Head, chest))
        {
            int[] neck = Between(clip, chest, anchors.Head, including: false);
            map.Set(Joint.Head, anchors.Head, anchors.Head);
            if (neck.Length > 0) map.Set(Joint.Neck, neck[^1], neck[0]);
        }
        for (int side = 0; side < 2; side++)
        {
            map.SetLimb(clip, Joint.LeftHip + side, anchors.Hip[side], anchors.Knee[side]);
            map.SetLimb(clip, Joint.LeftKnee + side, anchors.Knee[side], anchors.Ankle[side]);
            map.Set(Joint.LeftAnkle + side, anchors.Ankle[side], anchors.Ankle[side]);
            int toe = anchors.Toe[side] >= 0 ? anchors.Toe[side] : clip.Parents.IndexOf(anchors.Ankle[side]);
            if (toe >= 0 && clip.IsDescendant(toe, anchors.Ankle[side])) map.Set(Joint.LeftFoot + side, toe, toe);
            int[] collar = Between(clip, chest, anchors.Shoulder[side], including: false);
            if (collar.Length > 0) map.Set(Joint.LeftCollar + side, collar[^1], collar[^1]);
            map.SetLimb(clip, Joint.LeftShoulder + side, anchors.Shoulder[side], anchors.Elbow[side]);
            map.SetLimb(clip, Joint.LeftElbow + side, anchors.Elbow[side], anchors.Wrist[side]);
            map.Set(Joint.LeftWrist + side, anchors.Wrist[side], anchors.Wrist[side]);
            map.SetFingers(clip, side);
        }
        return map;
    }

    private static int[] Filled() => [.. Enumerable.Repeat(-1, Joint.Count)];

    private void Set(int joint, int carrier, int place) => (Carrier[joint], Place[joint]) = (carrier, place);

    /// <summary>A limb may be split into twist bones: the last before the next anchor carries the whole turn.</summary>
    private void SetLimb(SkeletonClip clip, int joint, int from, int to)
        => Set(joint, clip.IsDescendant(to, from) ? clip.Parents[to] : from, from);

    private void SetFingers(SkeletonClip clip, int side)
    {
        int wrist = Anchors.Wrist[side], first = side == 0 ? Joint.LeftHand : Joint.RightHand;
        var chains = new List<int>[5];
        for (int finger = 0; finger < 5; finger++)
        {
            chains[finger] = [];
            for (int j = 0; j < clip.Parents.Length; j++)
            {
                string core = JointName.Of(clip.JointNames[j]).Core;
                if (j == wrist || !clip.IsDescendant(j, wrist) || !FingerWords[finger].Any(core.Contains)) continue;
                if (core.Contains("inhand") || core.Contains("metacarpal") || core.EndsWith("end") || clip.JointNames[j].StartsWith("__", StringComparison.Ordinal)) continue;
                // One chain per finger: only joints below the ones already taken.
                if (chains[finger].Count == 0 || clip.IsDescendant(j, chains[finger][^1])) chains[finger].Add(j);
            }
        }
        // A lone index joint (CMU) stands for all fingers and says nothing about one.
        if (chains.Take(4).All(c => c.Count < 2)) return;
        for (int finger = 0; finger < 5; finger++)
            for (int k = 0; k < Math.Min(3, chains[finger].Count); k++)
                Set(first + (finger * 3) + k, chains[finger][k], chains[finger][k]);
        HasFingers = true;
    }

    private static int CommonAncestor(SkeletonClip clip, int a, int b)
    {
        while (a >= 0 && !clip.IsDescendant(b, a)) a = clip.Parents[a];
        return a;
    }

    /// <summary>Joints on the way down from an ancestor (left out) to a joint.</summary>
    private static int[] Between(SkeletonClip clip, int ancestor, int joint, bool including)
    {
        var path = new List<int>();
        for (int j = including ? joint : clip.Parents[joint]; j >= 0 && j != ancestor; j = clip.Parents[j]) path.Insert(0, j);
        return [.. path];
    }
}

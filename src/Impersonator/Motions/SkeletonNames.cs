namespace Impersonator.Motions;

/// <summary>Finds the limbs of a skeleton by the names that common programs and data sets give.</summary>
internal static class SkeletonNames
{
    /// <summary>What one family calls the joints of a limb; alternatives are divided by a bar.</summary>
    private sealed record Words(string Hip, string Knee, string Ankle, string Toe, string Shoulder, string Elbow, string Wrist, string Head = "head");

    private static readonly Words ByLimb = new("upleg", "leg", "foot", "toebase|toe", "arm", "forearm", "hand");
    private static readonly Words ByJoint = new("hip", "knee", "ankle", "toe|foot", "shoulder", "elbow", "wrist");
    private static readonly Words Poser = new("thigh|thighbend", "shin", "foot", "toe|toes", "shldr|shldrbend", "forearm|forearmbend", "hand");
    private static readonly Words Engine = new("thigh", "calf", "foot", "ball|toe0|toe", "upperarm", "lowerarm|forearm", "hand");
    private static readonly Words Plain = new("upperleg", "lowerleg", "foot", "toes|toe|toe11", "upperarm", "lowerarm|forearm", "wrist|hand|palm2|palm");

    /// <summary>Families; the first whose mark occurs in a name of the file and whose limbs are all there is taken. A mark after = is a whole name.</summary>
    private static readonly (string Family, string Mark, Words Words)[] Families =
    [
        ("SMPL", "left_hip", ByJoint),
        ("Mixamo", "mixamorig", ByLimb),
        ("Acclaim", "=lfemur", new("femur", "tibia", "foot", "toes", "humerus", "radius", "wrist|hand")),
        ("CMU", "lhipjoint", ByLimb),
        ("CMU, named by joint", "lhipjoint", ByJoint),
        ("Rokoko", "inhandindex", ByLimb),
        ("LaFAN1", "=lefttoe", ByLimb),
        ("named by limb", "leftupleg", ByLimb),
        ("named by joint", "leftknee", ByJoint),
        ("Daz / Poser", "shldr", Poser),
        ("Unreal", "calf_l", Engine),
        ("3ds Max Biped", "bip0", Engine),
        ("game engine", "calf", Engine),
        ("Rigify", "thigh", new("thigh", "shin", "foot", "toe", "upperarm", "forearm", "hand")),
        ("MakeHuman", "upperleg01", new("upperleg01", "lowerleg01", "foot", "toe11", "upperarm01", "lowerarm01", "wrist")),
        ("MakeHuman 1.0", "loleg", new("upleg", "loleg", "foot", "toe", "uparm", "loarm", "hand")),
        ("low / up names", "lowleg", new("upleg", "lowleg", "foot", "toe", "uparm", "lowarm", "hand")),
        ("Bandai Namco", "joint_root", Plain),
        ("Unity / VRM", "lowerleg", Plain),
        ("Bitmoji", "legupper", new("legupper", "leglower", "foot", "toe", "armupper", "armlower", "hand")),
    ];

    /// <summary>The anchors, or null if no family fits.</summary>
    public static SkeletonAnchors? Find(SkeletonClip clip)
    {
        JointName[] names = [.. clip.JointNames.Select(name => Twin(name, clip) ?? JointName.Of(name))];
        foreach ((string family, string mark, Words words) in Families)
        {
            if (!clip.JointNames.Any(n => Bears(n, mark))) continue;
            var anchors = new SkeletonAnchors(family)
            {
                Hip = Sides(words.Hip),
                Knee = Sides(words.Knee),
                Ankle = Sides(words.Ankle),
                Toe = Sides(words.Toe),
                Shoulder = Sides(words.Shoulder),
                Elbow = Sides(words.Elbow),
                Wrist = Sides(words.Wrist),
                Head = Named(words.Head, -1),
            };
            if (new[] { anchors.Hip, anchors.Knee, anchors.Ankle, anchors.Shoulder, anchors.Elbow, anchors.Wrist }.All(pair => pair[0] >= 0 && pair[1] >= 0)) return anchors;
        }
        return null;

        // lfemur and rfemur: a first letter is a side only if the other side is there.
        static JointName? Twin(string name, SkeletonClip clip)
            => name.Length > 2 && char.ToLowerInvariant(name[0]) is 'l' or 'r' && JointName.Of(name).Side < 0 && clip.JointNames.Contains((char)(name[0] ^ 'l' ^ 'r') + name[1..])
                ? new JointName(char.ToLowerInvariant(name[0]) == 'l' ? 0 : 1, name[1..].ToLowerInvariant()) : null;

        static bool Bears(string name, string mark) => mark[0] == '='
            ? name.Equals(mark[1..], StringComparison.OrdinalIgnoreCase) : name.Contains(mark, StringComparison.OrdinalIgnoreCase);

        int[] Sides(string alternatives) => [Named(alternatives, 0), Named(alternatives, 1)];

        int Named(string alternatives, int side)
        {
            foreach (string word in alternatives.Split('|'))
                for (int j = 0; j < names.Length; j++)
                    // MakeHuman 1.0 writes a helper "__UpLeg_L" before each "UpLeg_L".
                    if (names[j].Side == side && names[j].Core == word && !clip.JointNames[j].StartsWith("__", StringComparison.Ordinal)) return j;
            return -1;
        }
    }
}

using System.Collections.Immutable;
using System.Numerics;

namespace Impersonator.Bodies.Learning;

/// <summary>Finds named points and mirror partners on the template by geometry.</summary>
internal static class Landmarks
{
    private static readonly (string Name, int Joint)[] JointKeypoints =
    [
        ("nose", -1), ("head_top", -1), ("neck", Joint.Neck), ("right_shoulder", Joint.RightShoulder), ("right_elbow", Joint.RightElbow), ("right_wrist", Joint.RightWrist),
        ("left_shoulder", Joint.LeftShoulder), ("left_elbow", Joint.LeftElbow), ("left_wrist", Joint.LeftWrist), ("right_hip", Joint.RightHip), ("right_knee", Joint.RightKnee),
        ("right_ankle", Joint.RightAnkle), ("left_hip", Joint.LeftHip), ("left_knee", Joint.LeftKnee), ("left_ankle", Joint.LeftAnkle), ("right_toe", -1), ("left_toe", -1),
    ];

    /// <summary>How far towards the skin above it a shoulder is marked, and a neck towards the chest: people point at the limb's outer form.</summary>
    private const float ShoulderToSkin = 0.55f, NeckToChest = 0.055f;

    /// <summary>How far from the middle of both hip joints towards its own a hip is marked: people mark hips closer together than their joints lie.</summary>
    private const float HipFromMiddle = 0.82f;

    /// <summary>
    /// The 17 keypoints: joints where they are joints, extreme vertices for nose, skull and big toes. Shoulders, neck and hips lie where
    /// people mark them in photos: 2.5 cm above the shoulder's joint, carried by the collar; 1.7 cm below the neck's; closer together than
    /// the hips' joints, carried by the pelvis.
    /// </summary>
    public static ImmutableArray<Landmark> Keypoints(SkinnedMesh template, VertexBlend[] joints)
    {
        Vector3[] at = template.RestPositions;
        IEnumerable<int> On(BodyPart part) => Enumerable.Range(0, at.Length).Where(v => template.Parts[v] == part);
        int top = On(BodyPart.Head).MaxBy(v => at[v].Y - MathF.Abs(at[v].X));
        float height = at[top].Y;
        int nose = On(BodyPart.Head).Where(v => at[v].Y > height - (0.14f * height) && at[v].Y < height - (0.05f * height) && MathF.Abs(at[v].X) < 0.01f).MaxBy(v => at[v].Z);
        // The big toe is the inner one.
        int Toe(BodyPart foot, int joint, float side) => On(foot).MaxBy(v => at[v].Z - (0.35f * side * at[v].X));
        VertexBlend Single(int v) => new([v], [1]);
        Landmark Shoulder(string name, int shoulder, int collar)
        {
            Vector3 joint = joints[shoulder].Of(at);
            // The highest vertex above the joint; how far beside it lies counts thrice, so that meshes of any density have one.
            int skin = Enumerable.Range(0, at.Length).MaxBy(v => at[v].Y - (3 * MathF.Abs(at[v].X - joint.X)) - (3 * MathF.Abs(at[v].Z - joint.Z)));
            return new Landmark(name, collar, Mix(joints[shoulder], Single(skin), ShoulderToSkin));
        }
        return [.. JointKeypoints.Select(k => k.Name switch
        {
            "neck" => new Landmark(k.Name, k.Joint, Mix(joints[k.Joint], joints[Joint.Spine3], NeckToChest)),
            // The middle lies halfway to the other hip's joint.
            "left_hip" => new Landmark(k.Name, Joint.Pelvis, Mix(joints[Joint.LeftHip], joints[Joint.RightHip], (1 - HipFromMiddle) / 2)),
            "right_hip" => new Landmark(k.Name, Joint.Pelvis, Mix(joints[Joint.RightHip], joints[Joint.LeftHip], (1 - HipFromMiddle) / 2)),
            "left_shoulder" => Shoulder(k.Name, k.Joint, Joint.LeftCollar),
            "right_shoulder" => Shoulder(k.Name, k.Joint, Joint.RightCollar),
            _ when k.Joint >= 0 => new Landmark(k.Name, k.Joint, joints[k.Joint]),
            "nose" => new Landmark(k.Name, Joint.Head, Single(nose)),
            "head_top" => new Landmark(k.Name, Joint.Head, Single(top)),
            "right_toe" => new Landmark(k.Name, Joint.RightFoot, Single(Toe(BodyPart.RightFoot, Joint.RightFoot, -1))),
            _ => new Landmark(k.Name, Joint.LeftFoot, Single(Toe(BodyPart.LeftFoot, Joint.LeftFoot, 1))),
        })];
    }

    /// <summary>The point between two, a share of the way from the first.</summary>
    private static VertexBlend Mix(VertexBlend from, VertexBlend to, float share) =>
        new([.. from.Vertices, .. to.Vertices], [.. from.Weights.Select(w => w * (1 - share)), .. to.Weights.Select(w => w * share)]);

    /// <summary>Further points, for both sides: eyes, ears, mouth corners, wrists, knuckles, fingertips, small and big toes, heels.</summary>
    /// <param name="template">The average body.</param>
    /// <param name="joints">[52] joint regressors.</param>
    /// <param name="lips">Vertices of the lips.</param>
    /// <param name="leftEye">Vertices of the left eyeball.</param>
    /// <param name="rightEye">Vertices of the right eyeball.</param>
    public static ImmutableArray<Landmark> Surface(SkinnedMesh template, VertexBlend[] joints, int[] lips, int[] leftEye, int[] rightEye)
    {
        Vector3[] at = template.RestPositions;
        var found = ImmutableArray.CreateBuilder<Landmark>();
        foreach (int right in (ReadOnlySpan<int>)[0, 1])
        {
            string side = right == 0 ? "left" : "right";
            float outwards = right == 0 ? 1 : -1;
            int[] eye = right == 0 ? leftEye : rightEye;
            void Add(string name, int joint, VertexBlend blend) => found.Add(new Landmark($"{side}_{name}", joint, blend));
            void Extreme(string name, int joint, IEnumerable<int> among, Func<Vector3, float> score) => Add(name, joint, new VertexBlend([among.MaxBy(v => score(at[v]))], [1]));
            IEnumerable<int> On(BodyPart part) => Enumerable.Range(0, at.Length).Where(v => template.Parts[v] == part);

            Extreme("eye", Joint.Head, eye, p => p.Z);
            float eyeHeight = eye.Average(v => at[v].Y);
            Extreme("ear", Joint.Head, On(BodyPart.Head).Where(v => MathF.Abs(at[v].Y - eyeHeight) < 0.04f), p => outwards * p.X);
            Extreme("mouth_corner", Joint.Head, lips, p => outwards * p.X);
            Add("wrist", Joint.LeftWrist + right, joints[Joint.LeftWrist + right]);
            int hand = right == 0 ? Joint.LeftHand : Joint.RightHand;
            foreach ((string finger, int f) in (ReadOnlySpan<(string, int)>)[("index", 0), ("middle", 1), ("pinky", 2), ("ring", 3), ("thumb", 4)])
            {
                int first = hand + (3 * f), last = first + 2;
                Vector3 knuckle = joints[first].Of(at), along = joints[last].Of(at) - knuckle;
                Add($"{finger}_knuckle", first, joints[first]);
                Extreme($"{finger}_tip", last, Enumerable.Range(0, at.Length).Where(v => template.Weights[v].Joint0 == last), p => Vector3.Dot(p - knuckle, along));
            }
            BodyPart foot = right == 0 ? BodyPart.LeftFoot : BodyPart.RightFoot;
            Extreme("big_toe", Joint.LeftFoot + right, On(foot), p => p.Z - (0.35f * outwards * p.X));
            Extreme("small_toe", Joint.LeftFoot + right, On(foot).Where(v => template.Weights[v].Joint0 == Joint.LeftFoot + right), p => (0.35f * p.Z) + (outwards * p.X));
            Extreme("heel", Joint.LeftAnkle + right, On(foot).Where(v => at[v].Y < 0.04f), p => -p.Z);
        }
        return found.ToImmutable();
    }

    /// <summary>[kept] the kept vertex at the mirrored place of MakeHuman's symmetric base mesh.</summary>
    public static int[] Mirror(Vector3[] baseVertices, int[] kept)
    {
        static (int, int, int) Cell(Vector3 p) => ((int)MathF.Floor(p.X * 200), (int)MathF.Floor(p.Y * 200), (int)MathF.Floor(p.Z * 200));
        ILookup<(int, int, int), int> cells = Enumerable.Range(0, kept.Length).ToLookup(i => Cell(baseVertices[kept[i]]));
        var mirror = new int[kept.Length];
        for (int i = 0; i < kept.Length; i++)
        {
            Vector3 wanted = baseVertices[kept[i]] * new Vector3(-1, 1, 1);
            (int x, int y, int z) = Cell(wanted);
            (int best, float distance) = (i, float.MaxValue);
            for (int dx = -1; dx <= 1; dx++)
                for (int dy = -1; dy <= 1; dy++)
                    for (int dz = -1; dz <= 1; dz++)
                        foreach (int other in cells[(x + dx, y + dy, z + dz)])
                        {
                            float d = Vector3.DistanceSquared(baseVertices[kept[other]], wanted);
                            if (d < distance) (best, distance) = (other, d);
                        }
            mirror[i] = best;
        }
        return mirror;
    }
}

using System.Numerics;
using Impersonator.Bodies;
using Impersonator.Recovery;

namespace Impersonator.Subjects.Matting;

/// <summary>How far from a body's bones hair and clothes may reach: wide skirts, coats, hair; little at hands and feet.</summary>
internal sealed class Reach
{
    // Bone, and the reach around it in heights of the person. Includes the limb's own thickness.
    private static readonly (Keypoint From, Keypoint To, float Heights)[] Bones =
    [
        (Keypoint.HeadTop, Keypoint.Neck, 0.13f), (Keypoint.RightShoulder, Keypoint.LeftShoulder, 0.12f),
        (Keypoint.RightHip, Keypoint.LeftHip, 0.20f), (Keypoint.RightShoulder, Keypoint.RightHip, 0.14f),
        (Keypoint.LeftShoulder, Keypoint.LeftHip, 0.14f), (Keypoint.RightShoulder, Keypoint.RightElbow, 0.10f),
        (Keypoint.LeftShoulder, Keypoint.LeftElbow, 0.10f), (Keypoint.RightElbow, Keypoint.RightWrist, 0.09f),
        (Keypoint.LeftElbow, Keypoint.LeftWrist, 0.09f), (Keypoint.RightHip, Keypoint.RightKnee, 0.18f),
        (Keypoint.LeftHip, Keypoint.LeftKnee, 0.18f), (Keypoint.RightKnee, Keypoint.LeftKnee, 0.16f),
        (Keypoint.RightKnee, Keypoint.RightAnkle, 0.09f), (Keypoint.LeftKnee, Keypoint.LeftAnkle, 0.09f),
        (Keypoint.RightAnkle, Keypoint.RightToe, 0.06f), (Keypoint.LeftAnkle, Keypoint.LeftToe, 0.06f),
    ];

    // Half the thickness of a limb's surest pixels, heights.
    private const float Core = 0.008f;

    // A hand goes on where the forearm ends, for 8 % of a height.
    private static readonly (Keypoint Elbow, Keypoint Wrist)[] Forearms = [(Keypoint.RightElbow, Keypoint.RightWrist), (Keypoint.LeftElbow, Keypoint.LeftWrist)];

    private readonly (Vector2 Middle, float Radius)? _head;
    private readonly List<(Vector2 From, Vector2 To, float Reach)> _bones = [];
    private readonly List<(Vector2 From, Vector2 To)> _limbs = [];

    /// <summary>Around the keypoints that are known.</summary>
    /// <exception cref="ArgumentException">Fewer than two places are known.</exception>
    public Reach(Keypoints keypoints)
    {
        Height = HeightOf(keypoints);
        if (Height <= 0) throw new ArgumentException("Fewer than two keypoints are known.", nameof(keypoints));
        foreach ((Keypoint from, Keypoint to, float heights) in Bones)
        {
            if (keypoints[from].Confidence <= 0 || keypoints[to].Confidence <= 0) continue;
            _bones.Add((keypoints[from].Position, keypoints[to].Position, heights * Height));
            if (IsLimb(from, to)) _limbs.Add((keypoints[from].Position, keypoints[to].Position));
        }
        if (keypoints[Keypoint.HeadTop].Confidence > 0 && keypoints[Keypoint.Neck].Confidence > 0)
        {
            // From the crown 45 % of the way to the neck lies the middle of the head.
            Vector2 crown = keypoints[Keypoint.HeadTop].Position;
            _head = (Vector2.Lerp(crown, keypoints[Keypoint.Neck].Position, 0.45f), 0.11f * Height);
        }
        foreach ((Keypoint elbow, Keypoint wrist) in Forearms)
        {
            if (keypoints[elbow].Confidence <= 0 || keypoints[wrist].Confidence <= 0) continue;
            Vector2 at = keypoints[wrist].Position, along = at - keypoints[elbow].Position;
            Vector2 tip = at + (along * (0.08f * Height / MathF.Max(along.Length(), 0.08f * Height)));
            _bones.Add((at, tip, 0.08f * Height));
        }
    }

    /// <summary>The person's height were it standing, pixels.</summary>
    public float Height { get; }

    /// <summary>Distance to the nearest bone in units of its reach: 0 on a bone, 1 where it ends.</summary>
    public float At(Vector2 place)
    {
        float least = float.PositiveInfinity;
        foreach ((Vector2 from, Vector2 to, float reach) in _bones)
            least = MathF.Min(least, DistanceSquared(place, from, to) / (reach * reach));
        return MathF.Sqrt(least);
    }

    /// <summary>On a bone as good as certainly: thin limbs and feet have no pixel deep inside the body.</summary>
    public bool IsCore(Vector2 place)
    {
        foreach ((Vector2 from, Vector2 to) in _limbs)
            if (DistanceSquared(place, from, to) < Core * Core * Height * Height) return true;
        return false;
    }

    /// <summary>Inside the usual outline of a head with hair: 1 in its middle, 0 outside.</summary>
    public float HairAt(Vector2 place)
    {
        if (_head is not { } head) return 0;
        float away = Vector2.Distance(place, head.Middle) / head.Radius;
        return Math.Clamp(2 * (1 - away), 0, 1);
    }

    /// <summary>The box that holds all of it, pixels.</summary>
    public (Vector2 Low, Vector2 High) Box
    {
        get
        {
            Vector2 low = new(float.PositiveInfinity), high = new(float.NegativeInfinity);
            foreach ((Vector2 from, Vector2 to, float reach) in _bones)
                (low, high) = (Vector2.Min(low, Vector2.Min(from, to) - new Vector2(reach)), Vector2.Max(high, Vector2.Max(from, to) + new Vector2(reach)));
            return (low, high);
        }
    }

    private static bool IsLimb(Keypoint from, Keypoint to) => (from, to) is
        (Keypoint.RightKnee, Keypoint.RightAnkle) or (Keypoint.LeftKnee, Keypoint.LeftAnkle) or (Keypoint.RightAnkle, Keypoint.RightToe) or (Keypoint.LeftAnkle, Keypoint.LeftToe) or
        (Keypoint.RightElbow, Keypoint.RightWrist) or (Keypoint.LeftElbow, Keypoint.LeftWrist);

    private static float DistanceSquared(Vector2 place, Vector2 from, Vector2 to)
    {
        Vector2 along = to - from;
        float t = Math.Clamp(Vector2.Dot(place - from, along) / MathF.Max(along.LengthSquared(), 1e-6f), 0, 1);
        return Vector2.DistanceSquared(place, from + (along * t));
    }

    // Crouching or cut off by the frame, a person is higher than its keypoints: the head with neck is 18 % of a height.
    private static float HeightOf(Keypoints keypoints)
    {
        float height = keypoints.PersonHeight;
        if (keypoints[Keypoint.HeadTop].Confidence <= 0 || keypoints[Keypoint.Neck].Confidence <= 0) return height;
        float head = Vector2.Distance(keypoints[Keypoint.HeadTop].Position, keypoints[Keypoint.Neck].Position);
        return Math.Clamp(head / 0.18f, height, 2 * height);
    }
}

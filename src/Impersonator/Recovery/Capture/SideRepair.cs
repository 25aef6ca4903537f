using System.Numerics;
using Impersonator.Bodies;

namespace Impersonator.Recovery.Capture;

/// <summary>Gives back to the left what a frame calls right: limbs do not change sides from one frame to the next.</summary>
/// <remarks>
/// For arms and legs each, of the two ways to name the sides in every frame, the way through the clip that moves least and doubts the
/// network least (Viterbi, 1967). Sides that turn or cross move little whichever way they are named; then the network is believed.
/// </remarks>
internal static class SideRepair
{
    /// <summary>What it costs to doubt the network in one frame, and the way of a limb in a second that costs little, in heights of the person.</summary>
    private const double Doubt = 0.7, Speed = 1.2;

    private static readonly (Keypoint Left, Keypoint Right)[] Arms =
        [(Keypoint.LeftShoulder, Keypoint.RightShoulder), (Keypoint.LeftElbow, Keypoint.RightElbow), (Keypoint.LeftWrist, Keypoint.RightWrist)];

    private static readonly (Keypoint Left, Keypoint Right)[] Legs =
        [(Keypoint.LeftHip, Keypoint.RightHip), (Keypoint.LeftKnee, Keypoint.RightKnee), (Keypoint.LeftAnkle, Keypoint.RightAnkle), (Keypoint.LeftToe, Keypoint.RightToe)];

    /// <summary>[F] the frames with their sides repaired; what else was seen is dropped where the keypoints' sides were wrong.</summary>
    public static SeenFrame?[] Apply(IReadOnlyList<SeenFrame?> frames, float framesPerSecond)
    {
        SeenFrame?[] repaired = [.. frames];
        int[] seen = [.. Enumerable.Range(0, repaired.Length).Where(f => repaired[f] is not null)];
        foreach ((Keypoint Left, Keypoint Right)[] limbs in ((Keypoint, Keypoint)[][])[Arms, Legs])
        {
            bool[] swapped = Swapped(seen, frames, limbs, framesPerSecond);
            for (int i = 0; i < seen.Length; i++)
                if (swapped[i]) repaired[seen[i]] = Swap(repaired[seen[i]]!, limbs);
        }
        return repaired;
    }

    private static bool[] Swapped(int[] seen, IReadOnlyList<SeenFrame?> frames, (Keypoint, Keypoint)[] limbs, float framesPerSecond)
    {
        var swapped = new bool[seen.Length];
        if (seen.Length == 0) return swapped;
        var from = new int[seen.Length, 2];
        double[] cost = [0, Doubt];
        for (int i = 1; i < seen.Length; i++)
        {
            Keypoints before = frames[seen[i - 1]]!.Keypoints, now = frames[seen[i]]!.Keypoints;
            double reach = Speed * before.PersonHeight * (seen[i] - seen[i - 1]) / framesPerSecond, same = Way(before, now, limbs, false, reach), other = Way(before, now, limbs, true, reach);
            var next = new double[2];
            for (int s = 0; s < 2; s++)
            {
                (double stays, double changes) = (cost[s] + same, cost[1 - s] + other);
                from[i, s] = stays <= changes ? s : 1 - s;
                next[s] = Math.Min(stays, changes) + (s * Doubt);
            }
            cost = next;
        }
        int at = cost[0] <= cost[1] ? 0 : 1;
        for (int i = seen.Length - 1; i >= 0; at = from[i--, at]) swapped[i] = at == 1;
        return swapped;
    }

    private static double Way(Keypoints before, Keypoints now, (Keypoint, Keypoint)[] limbs, bool crossed, double reach)
    {
        double sum = 0;
        foreach ((Keypoint left, Keypoint right) in limbs)
        {
            Add(before[left], crossed ? now[right] : now[left]);
            Add(before[right], crossed ? now[left] : now[right]);
        }
        return sum;

        void Add(KeypointObservation a, KeypointObservation b)
        {
            if (a.Confidence <= 0 || b.Confidence <= 0) return;
            double r = Vector2.Distance(a.Position, b.Position) / reach;
            sum += Math.Log(1 + (r * r));
        }
    }

    private static SeenFrame Swap(SeenFrame frame, (Keypoint Left, Keypoint Right)[] limbs)
    {
        KeypointObservation[] keypoints = [.. frame.Keypoints.Observations];
        foreach ((Keypoint left, Keypoint right) in limbs) (keypoints[(int)left], keypoints[(int)right]) = (keypoints[(int)right], keypoints[(int)left]);
        return frame with { Keypoints = new Keypoints([.. keypoints]), Surface = [], Estimate = null };
    }
}

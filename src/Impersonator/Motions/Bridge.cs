using System.Numerics;

namespace Impersonator.Motions;

/// <summary>Carries a correction that is known in some frames over the frames between, without a jump.</summary>
internal static class Bridge
{
    /// <summary>Fills the gaps of a track: from the end of one known run to the begin of the next; across long gaps by way of zero.</summary>
    /// <remarks>
    /// It eases in and out of every gap, and the speed that the correction has at a run's end dies away within a few frames: a foot
    /// that is let go soon has its own speed and does not creep along the floor, and a straight knee, which multiplies jolts, does not pop.
    /// </remarks>
    /// <param name="track">[F] values; those not known are written.</param>
    /// <param name="known">Which are known.</param>
    /// <param name="settle">Frames in which the speed at a run's end dies away.</param>
    /// <param name="fade">Frames in which a correction fades where nothing follows or precedes soon.</param>
    public static void Fill(Vector3[] track, Func<int, bool> known, int fade, int settle)
    {
        foreach ((int first, int last) in FootContacts.Runs(track.Length, f => !known(f)).ToArray())
        {
            Vector3 before = first > 0 ? track[first - 1] : default, after = last < track.Length - 1 ? track[last + 1] : default;
            Vector3 leaving = first > 1 && known(first - 2) ? before - track[first - 2] : default, arriving = last < track.Length - 2 && known(last + 2) ? after - track[last + 2] : default;
            int length = last - first + 2;
            bool near = length <= 2 * fade && first > 0 && last < track.Length - 1;
            for (int f = first; f <= last; f++)
            {
                int since = f - first + 1, until = last + 1 - f;
                track[f] = near ? Vector3.Lerp(before, after, PoseInterpolation.Ease((float)since / length))
                    : (before * PoseInterpolation.Ease(MathF.Max(0, 1 - ((float)since / fade)))) + (after * PoseInterpolation.Ease(MathF.Max(0, 1 - ((float)until / fade))));
                track[f] += (leaving * Dying(since, Math.Min(settle, length))) + (arriving * Dying(until, Math.Min(settle, length)));
            }
        }
    }

    /// <summary>Way of something that starts with speed 1 and comes back to rest where it was.</summary>
    private static float Dying(int frames, int settle)
    {
        float share = MathF.Min(1, (float)frames / settle);
        return settle * share * (1 - share) * (1 - share);
    }
}

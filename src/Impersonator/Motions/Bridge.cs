using System.Numerics;

namespace Impersonator.Motions;

/// <summary>Carries a correction that is known in some frames over the frames between, without a jump.</summary>
internal static class Bridge
{
    /// <summary>Fills the gaps of a track: from the end of one known run to the begin of the next; across long gaps by way of zero.</summary>
    /// <remarks>It eases in and out of every gap: a foot that is let go has its own speed at once and does not creep along the floor.</remarks>
    /// <param name="track">[F] values; those not known are written.</param>
    /// <param name="known">Which are known.</param>
    /// <param name="fade">Frames in which a correction fades where nothing follows or precedes soon.</param>
    public static void Fill(Vector3[] track, Func<int, bool> known, int fade)
    {
        foreach ((int first, int last) in FootContacts.Runs(track.Length, f => !known(f)).ToArray())
        {
            Vector3 before = first > 0 ? track[first - 1] : default, after = last < track.Length - 1 ? track[last + 1] : default;
            int length = last - first + 2;
            bool near = length <= 2 * fade && first > 0 && last < track.Length - 1;
            for (int f = first; f <= last; f++)
            {
                int since = f - first + 1, until = last + 1 - f;
                track[f] = near ? Vector3.Lerp(before, after, PoseInterpolation.Ease((float)since / length))
                    : (before * PoseInterpolation.Ease(MathF.Max(0, 1 - ((float)since / fade)))) + (after * PoseInterpolation.Ease(MathF.Max(0, 1 - ((float)until / fade))));
            }
        }
    }
}

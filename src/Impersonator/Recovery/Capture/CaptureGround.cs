using System.Numerics;
using Impersonator.Bodies;
using Impersonator.Motions;
using Impersonator.Motions.Library;

namespace Impersonator.Recovery.Capture;

/// <summary>How high the ground is under a body in each frame: it stands on it, unless it flies, and who flies falls.</summary>
/// <remarks>
/// One eye that misjudges how far somebody is, or that wanders, also misjudges how high; what a body stands on does not change by that. A flight
/// is told from a floating body by the centre of mass, which falls freely in it while the feet are off the ground.
/// </remarks>
internal static class CaptureGround
{
    /// <summary>Longest and shortest flight that is believed, seconds.</summary>
    private const float LongestFlight = 1, ShortestFlight = 0.15f;

    /// <summary>What a centre of mass that flies is accelerated by, m/s²: gravity, measured badly.</summary>
    private const float LeastFall = 5, MostFall = 17;

    /// <summary>A body flies when its lowest point is this much higher than where it left and where it lands, metres.</summary>
    private const float OffGround = 0.04f;

    /// <summary>Time over which the ground may change, seconds.</summary>
    private const float Settle = 0.1f;

    /// <summary>[F] heights of the ground, metres.</summary>
    /// <param name="poses">[F] of one body.</param>
    /// <param name="rest">[52] its rest places.</param>
    /// <param name="framesPerSecond">Their rate.</param>
    public static float[] Under(IReadOnlyList<Pose> poses, Vector3[] rest, float framesPerSecond)
    {
        var body = new GroundContact(rest);
        (float[] lowest, float[] centre) = (new float[poses.Count], new float[poses.Count]);
        for (int f = 0; f < poses.Count; f++)
        {
            body.Set(poses[f]);
            (lowest[f], centre[f]) = (body.Lowest(), MotionSketch.CentreOfMass(body.Places).Y);
        }
        float[] ground = [.. lowest];
        for (int f = 0; f < ground.Length; f++)
        {
            int last = FlightFrom(f, lowest, centre, framesPerSecond);
            for (int k = f + 1; k < last; k++) ground[k] = lowest[f] + ((lowest[last] - lowest[f]) * (k - f) / (last - f));
            f = Math.Max(f, last - 1);
        }
        int reach = (int)MathF.Round(Settle * framesPerSecond);
        return [.. ground.Select((_, f) => ground[Math.Max(0, f - reach)..Math.Min(ground.Length, f + reach + 1)].Average())];
    }

    /// <summary>The frame in which a body that leaves the ground at one lands; -1 if it does not leave it.</summary>
    private static int FlightFrom(int first, float[] lowest, float[] centre, float rate)
    {
        for (int last = Math.Min(lowest.Length - 1, first + (int)(LongestFlight * rate)); last >= first + 2 && (last - first) / rate >= ShortestFlight; last--)
        {
            float ends = MathF.Max(lowest[first], lowest[last]);
            if (lowest.AsSpan(first + 1, last - first - 1).ContainsAnyExceptInRange(ends, float.MaxValue)) continue;
            if (lowest[(first + last) / 2] < ends + OffGround) continue;
            if (-Acceleration(centre.AsSpan(first, last - first + 1), rate) is > LeastFall and < MostFall) return last;
        }
        return -1;
    }

    /// <summary>Of the parabola through heights with the least squares.</summary>
    private static float Acceleration(ReadOnlySpan<float> heights, float rate)
    {
        // On times t about the middle, t² minus its mean is orthogonal to 1 and t.
        (double middle, double mean, double over, double under) = ((heights.Length - 1) / 2.0, 0, 0, 0);
        for (int i = 0; i < heights.Length; i++) mean += (i - middle) * (i - middle) / heights.Length;
        for (int i = 0; i < heights.Length; i++)
        {
            double basis = ((i - middle) * (i - middle)) - mean;
            over += basis * heights[i];
            under += basis * basis;
        }
        return (float)(2 * over / under * rate * rate);
    }
}

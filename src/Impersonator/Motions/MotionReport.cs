using System.Numerics;
using Impersonator.Bodies;

namespace Impersonator.Motions;

/// <summary>Figures by which a motion can be judged without looking.</summary>
/// <param name="MeanRootHeight">Mean height of the pelvis, metres.</param>
/// <param name="FootSlide">Way of a foot's ball on the ground while it stands, mean over all stands, metres.</param>
/// <param name="LargestFootSlide">The largest of them, metres.</param>
/// <param name="Stands">How often a foot stood.</param>
/// <param name="LowestPoint">Lowest point of the body over all frames, metres; negative = in the ground.</param>
/// <param name="HighestFlight">Largest height of the body's lowest point over all frames, metres.</param>
public sealed record MotionReport(float MeanRootHeight, float FootSlide, float LargestFootSlide, int Stands, float LowestPoint, float HighestFlight)
{
    /// <summary>A ball of the foot this low and this slow stands: metres, metres per second.</summary>
    private const float ContactHeight = 0.03f, ContactSpeed = 0.5f;

    /// <summary>Shorter stands are chance, seconds.</summary>
    private const float ShortestStand = 0.1f;

    /// <summary>Measures a motion on a body.</summary>
    /// <param name="motion">The motion.</param>
    /// <param name="body">The body; the average one by default.</param>
    public static MotionReport Of(Motion motion, Body? body = null)
    {
        ArgumentNullException.ThrowIfNull(motion);
        body ??= BodyModel.Default.Create(Shape.Average);
        motion = motion.ForHipHeight(body.HipHeight);
        var contact = new GroundContact(body.RestJoints);
        var slides = new List<float>();
        var stand = new List<Vector2>[] { [], [] };
        var before = new Vector3[2];
        float lowest = float.PositiveInfinity, highest = float.NegativeInfinity;
        for (int f = 0; f < motion.FrameCount; f++)
        {
            contact.Set(motion.Poses[f]);
            lowest = MathF.Min(lowest, contact.Lowest());
            highest = MathF.Max(highest, contact.Lowest());
            for (int side = 0; side < 2; side++)
            {
                Vector3 ball = contact.Sole(side, 1);
                bool stands = ball.Y < ContactHeight && (f == 0 || Vector3.Distance(ball, before[side]) * motion.FramesPerSecond < ContactSpeed);
                before[side] = ball;
                if (stands) stand[side].Add(new Vector2(ball.X, ball.Z));
                if (!stands || f == motion.FrameCount - 1) End(stand[side]);
            }
        }
        return new MotionReport(motion.Poses.Average(p => p.Root.Y), slides.Count == 0 ? 0 : slides.Average(), slides.Count == 0 ? 0 : slides.Max(), slides.Count, lowest, highest);

        void End(List<Vector2> places)
        {
            if (places.Count > ShortestStand * motion.FramesPerSecond)
            {
                Vector2 middle = places.Aggregate((a, b) => a + b) / places.Count;
                slides.Add(2 * places.Max(p => Vector2.Distance(p, middle)));
            }
            places.Clear();
        }
    }
}

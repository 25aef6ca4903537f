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
    /// <summary>Measures a motion on a body.</summary>
    /// <param name="motion">The motion.</param>
    /// <param name="body">The body; the average one by default.</param>
    public static MotionReport Of(Motion motion, Body? body = null)
    {
        ArgumentNullException.ThrowIfNull(motion);
        body ??= BodyModel.Default.Create(Shape.Average);
        motion = motion.ForHipHeight(body.HipHeight);
        var contact = new GroundContact(body.RestJoints);
        float lowest = float.PositiveInfinity, highest = float.NegativeInfinity;
        for (int f = 0; f < motion.FrameCount; f++)
        {
            contact.Set(motion.Poses[f]);
            lowest = MathF.Min(lowest, contact.Lowest());
            highest = MathF.Max(highest, contact.Lowest());
        }
        FootSlide slide = Motions.FootSlide.Of(motion.Poses, body.RestJoints, FootContacts.Of(motion.Poses, body.RestJoints, motion.FramesPerSecond));
        return new MotionReport(motion.Poses.Average(p => p.Root.Y), slide.Mean, slide.Largest, slide.Contacts, lowest, highest);
    }
}

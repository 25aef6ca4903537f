using System.Collections.Immutable;
using System.Globalization;
using Impersonator.Bodies;
using Impersonator.Motions;
using Impersonator.Rendering;

namespace Impersonator.Recovery.Capture;

/// <summary>What was taken from a video.</summary>
/// <param name="Motion">From the first frame that shows the person to the last, at the video's rate, for the average body; starts above the origin, facing +Z.</param>
/// <param name="Shape">The person's shape.</param>
/// <param name="Cameras">[F] the video's camera in one place, as it turned and zoomed; the ground is y = 0.</param>
/// <param name="Poses">[F] of the person's own body, as the camera sees them.</param>
/// <param name="FirstFrame">Number of the motion's first frame in the video.</param>
/// <param name="FramesLost">[≤ F] which frames of the motion did not show the person and were filled in, from 0.</param>
public sealed record CapturedMotion(Motion Motion, Shape Shape, ImmutableArray<Camera> Cameras, ImmutableArray<Pose> Poses, int FirstFrame, ImmutableArray<int> FramesLost)
{
    /// <summary>How many frames at the beginning and at the end of the part that was watched did not show the person and were left out.</summary>
    public int FramesLeftOut { get; init; }

    /// <summary>A line for people about frames that were filled in or left out; null if the person was seen in every frame.</summary>
    public string? Warning
    {
        get
        {
            string? filled = FramesLost.IsEmpty ? null : string.Create(CultureInfo.InvariantCulture, $"{FramesLost.Length} of {Motion.FrameCount} frames without the person were filled in");
            string? left = FramesLeftOut == 0 ? null : string.Create(CultureInfo.InvariantCulture, $"{FramesLeftOut} frames before and after the person is seen were left out");
            string[] said = [.. new[] { filled, left }.OfType<string>()];
            return said.Length == 0 ? null : $"{Motion.Name}: {string.Join(", ", said)}";
        }
    }
}

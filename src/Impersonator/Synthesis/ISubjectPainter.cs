using Impersonator.Bodies;
using Impersonator.Imaging;
using Impersonator.Rendering;

namespace Impersonator.Synthesis;

/// <summary>Draws a subject in a pose before a camera. Keeps buffers; one per thread.</summary>
internal interface ISubjectPainter
{
    /// <summary>Draws over what the frame holds.</summary>
    /// <param name="frame">The background; receives the picture.</param>
    /// <param name="camera">Its size is the frame's.</param>
    /// <param name="pose">World space.</param>
    /// <param name="shadow">Darken the ground under the body.</param>
    void Draw(Frame frame, Camera camera, Pose pose, bool shadow);
}

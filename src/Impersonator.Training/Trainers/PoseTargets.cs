using Impersonator.Bodies;
using Impersonator.Training.Augmentations;
using static TorchSharp.torch;

namespace Impersonator.Training.Trainers;

/// <summary>What PoseNet should answer for B windows, and the cameras that they were seen by.</summary>
/// <param name="Local">[B, 22, 3, 3] local rotations; the root's is cameraFromBody for a camera that looks through the window's middle.</param>
/// <param name="Shape">[B, 32] coefficients.</param>
/// <param name="Place">[B, 3] the pelvis in the window, and the logarithm of half a side of the window at its depth, metres.</param>
/// <param name="Camera">Of the samples, as the windows see through it.</param>
internal sealed record PoseTargets(Tensor Local, Tensor Shape, Tensor Place, PoseCamera Camera)
{
    private const float LeastDepth = 0.2f;

    /// <summary>The truth about windows into samples. What is seen mirrored is a body with its sides exchanged.</summary>
    public static PoseTargets Of(ViewWarp view, StoredBodies bodies)
    {
        var camera = new PoseCamera(view, bodies);
        Tensor turns = Rotations.OfQuaternions(bodies.Rotations);
        Device device = turns.device;
        Tensor other = tensor(Enumerable.Range(0, Joint.BodyCount).Select(j => (long)Recovery.LimbPrior.MirrorOf(j)).ToArray(), device: device);
        // F · R · F with F = diag(−1, 1, 1).
        Tensor signs = tensor(new float[] { 1, -1, -1, -1, 1, 1, -1, 1, 1 }, [1, 1, 3, 3]).to(device), flip = tensor(new float[] { -1, 1, 1 }, [1, 1, 3]).to(device);
        Tensor root = camera.WindowFromCamera.matmul(turns.select(1, 0));
        Tensor local = where(view.Mirrored(4), turns.index_select(1, other) * signs, turns);
        root = where(view.Mirrored(3), root * flip, root);
        local = cat([root.unsqueeze(1), local.narrow(1, 1, Joint.BodyCount - 1)], 1);

        Tensor pelvis = bodies.Pelvis, depth = pelvis.select(1, 2).clamp_min(LeastDepth);
        Tensor window = camera.WindowFromPixel(((bodies.Focal.unsqueeze(1) * pelvis.narrow(1, 0, 2) / depth.unsqueeze(1)) + bodies.Principal).unsqueeze(1)).squeeze(1);
        Tensor size = log(depth) - camera.Lens;
        return new PoseTargets(local, bodies.Shape, cat([window.clamp(-4, 4), size.unsqueeze(1)], 1), camera);
    }
}

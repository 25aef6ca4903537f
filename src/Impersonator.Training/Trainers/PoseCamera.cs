using Impersonator.Training.Augmentations;
using static TorchSharp.torch;

namespace Impersonator.Training.Trainers;

/// <summary>How B windows see: each lies somewhere in its sample, turned, mirrored and a little stretched, and the sample is a crop of a photo itself.</summary>
internal sealed class PoseCamera
{
    private const float LeastDepth = 0.1f;
    private readonly Tensor _focal, _principal, _centre, _matrix;

    public PoseCamera(ViewWarp view, StoredBodies bodies)
    {
        (_focal, _principal, _centre, _matrix) = (bodies.Focal, bodies.Principal, view.Centre, view.Matrix);
        Lens = log(_focal / view.Half);
        Tensor middle = (_centre - _principal) / _focal.unsqueeze(1);
        WindowFromCamera = view.Turn.matmul(Rotations.ToAxis(middle.select(1, 0), middle.select(1, 1)));
    }

    /// <summary>[B] logarithm of the focal length in half sides of the window.</summary>
    public Tensor Lens { get; }

    /// <summary>[B, 3, 3] from the camera's directions to those of one that looks through the middle of the window; a reflection where the view is mirrored.</summary>
    public Tensor WindowFromCamera { get; }

    /// <summary>[B, N, 2] places in the windows of pixels [B, N, 2] of the samples.</summary>
    public Tensor WindowFromPixel(Tensor pixels)
    {
        Tensor d = pixels - _centre.unsqueeze(1);
        (Tensor a, Tensor b, Tensor c, Tensor e) = (Entry(0, 0), Entry(0, 1), Entry(1, 0), Entry(1, 1));
        Tensor determinant = (a * e) - (b * c), x = d.select(2, 0), y = d.select(2, 1);
        return stack([((e * x) - (b * y)) / determinant, ((a * y) - (c * x)) / determinant], 2);
    }

    /// <summary>[B, P, 2] where points are seen in the windows.</summary>
    /// <param name="points">[B, P, 3] relative to the pelvis, window directions, metres.</param>
    /// <param name="place">[B, 3] of the pelvis, see <see cref="PoseTargets"/>.</param>
    public Tensor Project(Tensor points, Tensor place)
    {
        Tensor depth = exp((place.select(1, 2) + Lens).clamp(-2, 5)).unsqueeze(1);
        Tensor pixel = _centre + _matrix.matmul(place.narrow(1, 0, 2).unsqueeze(2)).squeeze(2);
        Tensor pelvis = cat([(pixel - _principal) / _focal.unsqueeze(1) * depth, depth], 1);
        // Rows: X_camera = Wᵀ X_window.
        Tensor seen = points.matmul(WindowFromCamera) + pelvis.unsqueeze(1);
        Tensor z = seen.narrow(2, 2, 1).clamp_min(LeastDepth);
        return WindowFromPixel((seen.narrow(2, 0, 2) / z * _focal.view(-1, 1, 1)) + _principal.unsqueeze(1));
    }

    private Tensor Entry(int row, int column) => _matrix.select(1, row).select(1, column).unsqueeze(1);
}

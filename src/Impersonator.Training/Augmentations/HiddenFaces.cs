using Impersonator.Training.Synthesis;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Impersonator.Training.Augmentations;

/// <summary>Faces made unknown, as published pictures of strangers have them: a mosaic or a heavy blur over a seen face.</summary>
/// <remarks>A network that knows no such pictures takes the flat skin for the back of a head, and then the whole person for seen from behind.</remarks>
internal sealed class HiddenFaces(Chance chance, ScalarType type)
{
    // Squares of a mosaic, pixels of the picture that they are looked up in, and how much a blur takes together.
    private const long Looked = 4, Blurred = 16;

    private static readonly (int Nose, int Top, int Neck, int LeftMouth, int RightMouth) Points = (Index("nose"), Index("head_top"), Index("neck"), Index("left_mouth_corner"), Index("right_mouth_corner"));

    /// <summary>Hides the faces of a run of the batch where they are seen; in place.</summary>
    /// <param name="rgb">[n, 3, P, P] sRGB.</param>
    /// <param name="x">[n, K] keypoints, −1..1 from the left.</param>
    /// <param name="y">[n, K] keypoints, −1..1 from the top.</param>
    /// <param name="state">[n, K] 2 seen, 1 hidden.</param>
    /// <param name="share">Of the batch.</param>
    public void Put(Tensor rgb, Tensor x, Tensor y, Tensor state, double share)
    {
        (long first, long m) = chance.Run(rgb.shape[0], share);
        if (m == 0) return;
        Tensor here = rgb.narrow(0, first, m), points = stack([x, y], 2).narrow(0, first, m);
        Tensor Point(int i) => points.select(1, i);
        Tensor seen = state.narrow(0, first, m).select(1, Points.Nose) > 1.5;
        Tensor length = (Point(Points.Top) - Point(Points.Neck)).norm(1);
        Tensor middle = (Point(Points.Nose) + ((Point(Points.LeftMouth) + Point(Points.RightMouth)) * 0.5f) + (Point(Points.Nose) + (0.35f * (Point(Points.Top) - Point(Points.Nose))))) / 3;

        long size = rgb.shape[3];
        Tensor unit = ((arange(size, ScalarType.Float32, chance.Device) + 0.5f) * (2f / size)) - 1;
        Tensor across = unit.view(1, 1, -1).expand(m, size, size), down = unit.view(1, -1, 1).expand(m, size, size);
        Tensor V(Tensor perPicture) => perPicture.view(m, 1, 1);
        Tensor dx = (across - V(middle.select(1, 0))) / V(length * chance.Even(m, 0.3, 0.5)), dy = (down - V(middle.select(1, 1))) / V(length * chance.Even(m, 0.35, 0.6));
        Tensor face = where(V(chance.Sometimes(m, 0.5)) > 0, (dx * dx) + (dy * dy), maximum(dx.abs(), dy.abs())) < 1;

        Tensor square = V(length * chance.Even(m, 0.08, 0.3)).clamp_min(2f * Looked / size);
        Tensor Centre(Tensor at) => ((at / square).floor() + 0.5f) * square;
        Tensor mosaic = F.grid_sample(F.avg_pool2d(here, [Looked, Looked]).to_type(ScalarType.Float32), stack([Centre(across), Centre(down)], 3), GridSampleMode.Bilinear, GridSamplePaddingMode.Border, false);
        Tensor blur = F.interpolate(F.avg_pool2d(here, [Blurred, Blurred]), size: [size, size], mode: InterpolationMode.Bilinear, align_corners: false);
        Tensor cover = where(chance.Sometimes(m, 0.65).view(m, 1, 1, 1) > 0, mosaic.to_type(type), blur);
        here.copy_(where(logical_and(face, V(seen)).unsqueeze(1), cover, here));
    }

    private static int Index(string name) => Keypoints33.Names.IndexOf(name);
}

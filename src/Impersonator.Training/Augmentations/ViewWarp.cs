using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Impersonator.Training.Augmentations;

/// <summary>Where each of n training pictures looks into its stored sample: <c>source = centre + matrix · out</c>, out in [−1, 1]².</summary>
/// <remarks>Pixels are continuous: (0, 0) is the corner of the first, centres lie at +0.5. A mirrored view has a negative determinant.</remarks>
internal sealed class ViewWarp
{
    private readonly Tensor _theta, _m00, _m01, _m10, _m11, _x, _y, _cosine, _sine;

    /// <param name="size">S, side of the stored samples.</param>
    /// <param name="x">[n] centre, pixels.</param>
    /// <param name="y">[n] centre, pixels.</param>
    /// <param name="side">[n] side of the view, pixels of the sample.</param>
    /// <param name="turn">[n] radians.</param>
    /// <param name="mirror">[n] −1 = mirrored, else 1.</param>
    /// <param name="stretch">[n] how much wider than high, as a square root.</param>
    public ViewWarp(int size, Tensor x, Tensor y, Tensor side, Tensor turn, Tensor mirror, Tensor stretch)
    {
        (_x, _y, Mirror, Half) = (x, y, mirror, side * 0.5f);
        (Tensor c, Tensor s, Tensor half) = (cos(turn), sin(turn), Half);
        (_cosine, _sine) = (c, s);
        (_m00, _m01) = (half * c * mirror * stretch, -half * s / stretch);
        (_m10, _m11) = (half * s * mirror * stretch, half * c / stretch);
        float h = size * 0.5f;
        _theta = stack([stack([_m00 / h, _m01 / h, (x - h) / h], 1), stack([_m10 / h, _m11 / h, (y - h) / h], 1)], 1);
    }

    /// <summary>[n] −1 = mirrored, else 1.</summary>
    public Tensor Mirror { get; }

    /// <summary>[n] half a side of the view, pixels of the sample.</summary>
    public Tensor Half { get; }

    /// <summary>[n, 2] the middle of the view, pixels of the sample.</summary>
    public Tensor Centre => stack([_x, _y], 1);

    /// <summary>[n, 2, 2] from places in the view, [−1, 1]², to pixels of the sample around <see cref="Centre"/>.</summary>
    public Tensor Matrix => stack([stack([_m00, _m01], 1), stack([_m10, _m11], 1)], 1);

    /// <summary>[n, 3, 3] how directions of the sample's camera lie in the view: turned and mirrored about the view's axis; a stretch is left out.</summary>
    public Tensor Turn
    {
        get
        {
            Tensor none = zeros_like(_x), one = ones_like(_x);
            return stack([stack([_cosine * Mirror, _sine * Mirror, none], 1), stack([-_sine, _cosine, none], 1), stack([none, none, one], 1)], 1);
        }
    }

    /// <summary>[n, 1, 1, …] true where mirrored, to choose among tensors of so many dimensions.</summary>
    public Tensor Mirrored(int dimensions) => Mirror.view([-1, .. Enumerable.Repeat(1L, dimensions - 1)]) < 0;

    /// <summary>Every view shows the whole sample as it is.</summary>
    public static ViewWarp Identity(long n, int size, Device device)
    {
        Tensor middle = full(n, size * 0.5f, ScalarType.Float32, device), one = ones(n, ScalarType.Float32, device);
        return new ViewWarp(size, middle, middle, middle * 2, zeros_like(one), one, one);
    }

    /// <summary>Every view shows the person's box with a margin.</summary>
    /// <param name="size">S.</param>
    /// <param name="boxes">[n, 4 or more].</param>
    /// <param name="margin">Side of the view in longer sides of the box.</param>
    public static ViewWarp Around(int size, Tensor boxes, float margin)
    {
        (Tensor left, Tensor top, Tensor right, Tensor bottom) = (boxes.select(1, 0), boxes.select(1, 1), boxes.select(1, 2), boxes.select(1, 3));
        Tensor one = ones_like(left);
        return new ViewWarp(size, (left + right) * 0.5f, (top + bottom) * 0.5f, maximum(right - left, bottom - top).clamp_min(16) * margin, zeros_like(one), one, one);
    }

    /// <summary>[n, P, P, 2] where each output pixel's centre lies, [−1, 1] over the sample.</summary>
    public Tensor Grid(int outputSize) => F.affine_grid(_theta, [Mirror.shape[0], 1, outputSize, outputSize], false);

    /// <summary>[n, C, P, P] the samples seen through a grid; smooth and drawn out beyond the border, or nearest and zero there.</summary>
    public static Tensor Look(Tensor source, Tensor grid, bool nearest) => nearest
        ? F.grid_sample(source, grid, GridSampleMode.Nearest, GridSamplePaddingMode.Zeros, false)
        : F.grid_sample(source, grid, GridSampleMode.Bilinear, GridSamplePaddingMode.Border, false);

    /// <summary>Points of the samples in the views, [−1, 1] over the output.</summary>
    /// <param name="points">[n, K, 2 or more] pixels of the sample.</param>
    /// <returns>[n, K] x and y.</returns>
    public (Tensor X, Tensor Y) Points(Tensor points)
    {
        Tensor dx = points.select(2, 0) - _x.unsqueeze(1), dy = points.select(2, 1) - _y.unsqueeze(1);
        Tensor determinant = ((_m00 * _m11) - (_m01 * _m10)).unsqueeze(1);
        return (((_m11.unsqueeze(1) * dx) - (_m01.unsqueeze(1) * dy)) / determinant, ((_m00.unsqueeze(1) * dy) - (_m10.unsqueeze(1) * dx)) / determinant);
    }
}

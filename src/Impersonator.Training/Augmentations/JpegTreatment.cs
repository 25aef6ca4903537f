using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Impersonator.Training.Augmentations;

/// <summary>What JPEG leaves in a picture: the cosine transform of 8 x 8 blocks, rounded to steps.</summary>
/// <remarks>Steps of the luminance table of ITU-T T.81, Annex K, for brightness and both colour differences; these are halved in resolution first, as cameras do.</remarks>
internal sealed class JpegTreatment
{
    private const int Side = 8, Places = Side * Side;
    private static readonly float[] Steps =
    [
        16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56, 14, 17, 22, 29, 51, 87, 80, 62,
        18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92, 49, 64, 78, 87, 103, 121, 120, 101, 72, 92, 95, 98, 112, 100, 103, 99,
    ];

    private readonly Tensor _basis, _steps, _colour, _back;

    public JpegTreatment(Device device, ScalarType type)
    {
        var basis = new float[Places * Places];
        for (int i = 0; i < basis.Length; i++)
        {
            (int u, int v, int y, int x) = (i >> 9, (i >> 6) & 7, (i >> 3) & 7, i & 7);
            basis[i] = Wave(u, y) * Wave(v, x);
        }
        _basis = tensor(basis, [Places, 1, Side, Side]).to(device).to_type(type);
        _steps = tensor(Array.ConvertAll(Steps, s => s / 255), [1, Places, 1, 1]).repeat(1, 3, 1, 1).to(device).to_type(type);
        _colour = tensor(new[] { 0.299f, 0.587f, 0.114f, -0.1687f, -0.3313f, 0.5f, 0.5f, -0.4187f, -0.0813f }, [3, 3]).to(device).to_type(type);
        _back = tensor(new[] { 1, 0, 1.402f, 1, -0.3441f, -0.7141f, 1, 1.772f, 0 }, [3, 3]).to(device).to_type(type);
    }

    /// <summary>[n, 3, H, W] what is left of pictures whose sides are multiples of 16.</summary>
    /// <param name="pictures">[n, 3, H, W] sRGB.</param>
    /// <param name="coarseness">[n, 1, 1, 1] multiplies the table's steps; 0.5 is JPEG's quality 75.</param>
    public Tensor Apply(Tensor pictures, Tensor coarseness)
    {
        (long n, long h, long w) = (pictures.shape[0], pictures.shape[2], pictures.shape[3]);
        Tensor planes = _colour.matmul(pictures.reshape(n, 3, h * w)).view(n, 3, h, w);
        Tensor differences = F.interpolate(F.avg_pool2d(planes.narrow(1, 1, 2), [2, 2]), size: [h, w], mode: InterpolationMode.Nearest);
        planes = cat([planes.narrow(1, 0, 1), differences], 1);
        Tensor coefficients = F.conv2d(planes.view(n * 3, 1, h, w), _basis, strides: [Side, Side]).view(n, 3 * Places, h / Side, w / Side);
        Tensor steps = _steps * coarseness;
        coefficients = (coefficients / steps).round() * steps;
        planes = F.conv_transpose2d(coefficients.view(n * 3, Places, h / Side, w / Side), _basis, strides: [Side, Side]).view(n, 3, h * w);
        return _back.matmul(planes).view(n, 3, h, w);
    }

    private static float Wave(int frequency, int place)
        => MathF.Cos(((2 * place) + 1) * frequency * MathF.PI / 16) * (frequency == 0 ? MathF.Sqrt(0.125f) : 0.5f);
}

using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Impersonator.Training.Augmentations;

/// <summary>What cameras, screens and files do to a picture: blur, low resolution, exposure, casts, gamma, noise, JPEG.</summary>
internal sealed class ColourTreatment(Chance chance, ScalarType type, double strength)
{
    private readonly JpegTreatment _jpeg = new(chance.Device, type);

    /// <summary>Treats sRGB pictures [n, 3, P, P]; may change them in place. Returns them in 0..1.</summary>
    public Tensor Apply(Tensor rgb)
    {
        if (strength <= 0) return rgb;
        Soften(rgb);
        rgb = Light(rgb);
        chance.Treat(rgb, 0.5 * strength, x => x + (randn_like(x) * PerPicture(chance.Even(x.shape[0], 0, 1).pow(3) * 0.09f)));
        chance.Treat(rgb, 0.4 * strength, x => _jpeg.Apply(x, PerPicture(chance.Geometric(x.shape[0], 0.15, 2.5))));
        return rgb.clamp_(0, 1);
    }

    private Tensor PerPicture(Tensor values) => values.to_type(type).view(-1, 1, 1, 1);

    /// <summary>Softer or sharper by little or by much, shaken, small pictures made large.</summary>
    private void Soften(Tensor rgb)
    {
        chance.Treat(rgb, 0.4 * strength, x => Blend(x, 3, 3, -0.9, 1));
        chance.Treat(rgb, 0.2 * strength, x => Blend(x, 5, 5, -0.7, 1));
        chance.Treat(rgb, 0.03 * strength, x => Blend(x, 1, 9, 0.3, 1));
        chance.Treat(rgb, 0.03 * strength, x => Blend(x, 9, 1, 0.3, 1));
        chance.Treat(rgb, 0.1 * strength, x => Smaller(x, 2));
        chance.Treat(rgb, 0.05 * strength, x => Smaller(x, 4));
    }

    private Tensor Blend(Tensor x, int rows, int columns, double low, double high)
        => x + (PerPicture(chance.Even(x.shape[0], low, high)) * (F.avg_pool2d(x, [rows, columns], [1, 1], [rows / 2, columns / 2], count_include_pad: false) - x));

    private static Tensor Smaller(Tensor x, int factor)
        => F.interpolate(F.avg_pool2d(x, [factor, factor]), size: [x.shape[2], x.shape[3]], mode: InterpolationMode.Bilinear, align_corners: false);

    /// <summary>Saturation, twist of colours, gain, contrast and brightness as one 3 x 3 matrix and a shift per picture, then gamma.</summary>
    private Tensor Light(Tensor rgb)
    {
        long n = rgb.shape[0];
        Device device = chance.Device;
        float s = (float)strength;
        Tensor mean = rgb.mean([2, 3], keepdim: false, type: ScalarType.Float32).view(n, 3, 1);
        Tensor saturation = (exp(chance.Normal(n, 0.3 * s)) * (1 - chance.Sometimes(n, 0.06 * s))).view(n, 1, 1);
        Tensor one = eye(3, device: device).unsqueeze(0);
        Tensor matrix = (one * saturation) + ((1 - saturation) / 3);
        Tensor cast = (0.06f + (0.2f * chance.Sometimes(n, 0.1))).view(n, 1, 1) * s;
        matrix = (one + (randn([n, 3, 3], ScalarType.Float32, device) * (0.04f * s))).matmul(matrix) * exp(randn([n, 3, 1], ScalarType.Float32, device) * cast);
        Tensor contrast = exp(chance.Normal(n, 0.25 * s)).view(n, 1, 1);
        Tensor exposure = exp(chance.Even(n, -1.1 * s, 0.8 * s) * chance.Sometimes(n, 0.12)).view(n, 1, 1);
        Tensor middle = matrix.matmul(mean).mean([1L], keepdim: true);
        Tensor shift = ((middle * (1 - contrast)) + chance.Normal(n, 0.1 * s).view(n, 1, 1)) * exposure;
        Tensor lit = (matrix * contrast * exposure).to_type(type).matmul(rgb.reshape(n, 3, -1)).add_(shift.expand(n, 3, 1).to_type(type)).view(rgb.shape);
        return lit.clamp_(2e-3, 1).pow(PerPicture(exp(chance.Normal(n, 0.25 * s))));
    }
}

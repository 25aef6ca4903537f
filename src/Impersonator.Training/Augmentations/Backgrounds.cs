using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Impersonator.Training.Augmentations;

/// <summary>Other things behind the person: pieces of other samples, patterns of many scales.</summary>
internal sealed class Backgrounds(Chance chance, ScalarType type)
{
    /// <summary>Puts people of a run of the batch before a piece of another sample, enlarged so that nobody there is whole.</summary>
    /// <param name="rgb">[n, 3, P, P], changed in place.</param>
    /// <param name="alpha">[n, 1, P, P] of the people.</param>
    /// <param name="source">[n, 4, S, S] the stored pictures that the batch was taken from.</param>
    /// <param name="share">Of the batch.</param>
    public void Transplant(Tensor rgb, Tensor alpha, Tensor source, double share)
    {
        (long first, long count) = chance.Run(rgb.shape[0], share);
        if (count == 0) return;
        long size = source.shape[3];
        Tensor others = source.index_select(0, randint(0, source.shape[0], [count], ScalarType.Int64, chance.Device)).narrow(1, 0, 3);
        Tensor side = chance.Even(count, 0.12, 0.5) * size, free = (size - side) * 0.5f, middle = full(count, size * 0.5f, ScalarType.Float32, chance.Device);
        var view = new ViewWarp((int)size, middle + (free * chance.Even(count, -1, 1)), middle + (free * chance.Even(count, -1, 1)), side,
            chance.Normal(count, 0.3), 1 - (2 * chance.Sometimes(count, 0.5)), ones(count, ScalarType.Float32, chance.Device));
        Tensor piece = ViewWarp.Look(others, view.Grid((int)rgb.shape[3]), nearest: false).to_type(rgb.dtype);
        Tensor here = rgb.narrow(0, first, count), matte = alpha.narrow(0, first, count).to_type(rgb.dtype);
        here.copy_(piece + (matte * (here - piece)));
    }

    /// <summary>Patterns over the backgrounds of a run of the batch: noise of several scales, flat patches, contours, stripes.</summary>
    /// <param name="rgb">[n, 3, P, P], changed in place.</param>
    /// <param name="alpha">[n, 1, P, P] of the people, who stay as they are.</param>
    /// <param name="share">Of the batch.</param>
    public void Clutter(Tensor rgb, Tensor alpha, double share)
    {
        (long first, long m) = chance.Run(rgb.shape[0], share);
        if (m == 0) return;
        long size = rgb.shape[3];
        Tensor pattern = Mix(Share(m), Noise(m, 4, 3, size, InterpolationMode.Bilinear),
            Mix(Share(m), Noise(m, chance.Whole(6, 24), 3, size, InterpolationMode.Nearest), Noise(m, chance.Whole(8, 40), 3, size, InterpolationMode.Bilinear)));
        // Contours: levels of a smooth field shift the colours in steps, like leaves, stones and furniture.
        Tensor field = Noise(m, chance.Whole(8, 48), 1, size, InterpolationMode.Bicubic), levels = PerPicture(chance.Geometric(m, 1.5, 6));
        pattern += (((field * levels).floor() / levels) - 0.5f) * (Colour(m) * 1.4f);
        pattern += Stripes(m, size) * (Colour(m) * 0.25f);
        pattern += (Noise(m, 1 << chance.Whole(4, 8), 1, size, InterpolationMode.Nearest) - 0.5f) * (Share(m) * 0.5f);
        pattern = ((pattern - 0.5f) * (Share(m) + 0.2f)) + Colour(m);
        // The world is rarely as gaudy as random colours.
        pattern = Mix(Share(m), pattern, pattern.mean([1L], keepdim: true));
        // Over the whole background, or only over blotches of it.
        Tensor blotches = Noise(m, chance.Whole(2, 6), 1, size, InterpolationMode.Bilinear) + (Share(m) - 0.35f) > 0.5f;
        Tensor weight = blotches.to_type(type) * (1 - alpha.narrow(0, first, m).to_type(type));
        Tensor here = rgb.narrow(0, first, m);
        here.copy_(Mix(weight, pattern.clamp_(0, 1), here));
    }

    private Tensor Stripes(long m, long size)
    {
        Tensor unit = (((arange(size, ScalarType.Float32, chance.Device) + 0.5f) * (2f / size)) - 1);
        Tensor angle = chance.Even(m, 0, Math.PI).view(m, 1, 1, 1), period = chance.Geometric(m, 8, 90).view(m, 1, 1, 1);
        Tensor wave = sin(((unit.view(1, 1, 1, -1) * cos(angle)) + (unit.view(1, 1, -1, 1) * sin(angle))) * period);
        wave = where(chance.Sometimes(m, 0.5).view(m, 1, 1, 1) > 0, wave, wave.sign());
        return (wave * chance.Sometimes(m, 0.25).view(m, 1, 1, 1)).to_type(type);
    }

    private Tensor Noise(long m, int cells, int channels, long size, InterpolationMode mode)
        => F.interpolate(rand([m, channels, cells, cells], type, chance.Device), size: [size, size], mode: mode, align_corners: mode == InterpolationMode.Nearest ? null : false);

    private Tensor Share(long m) => rand([m, 1, 1, 1], type, chance.Device);

    private Tensor Colour(long m) => rand([m, 3, 1, 1], type, chance.Device);

    private Tensor PerPicture(Tensor values) => values.to_type(type).view(-1, 1, 1, 1);

    /// <summary>The first where the weight is 1, the second where it is 0.</summary>
    private static Tensor Mix(Tensor weight, Tensor one, Tensor zero) => zero + (weight * (one - zero));
}

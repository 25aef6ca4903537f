using System.Collections.Immutable;
using System.Numerics;
using Impersonator.Bodies;
using Impersonator.Networks;
using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Impersonator.Training.Augmentations;

/// <summary>Turns stored samples into ever new training pictures: all on the device, nothing waits for it.</summary>
/// <remarks>Pictures are half precision on a GPU (these steps only move memory), coordinates always single.</remarks>
internal sealed class PersonAugmentation
{
    /// <summary>Mean of sRGB that the network's input has less, and the grey of bars around a letterboxed photo.</summary>
    public const float Mean = PersonNet.Mean, Bar = PersonNet.Bar;

    /// <summary>What a hidden keypoint weighs.</summary>
    public const float HiddenWeight = 0.35f;

    /// <summary>Pixels of other people per pixel of this one from which on the person is told by the middle of the view.</summary>
    private const float Crowd = 0.6f;

    private const float HeldOutMargin = 1.3f;
    private readonly int _outputSize;
    private readonly AugmentationOptions _options;
    private readonly ScalarType _pixel;
    private readonly Chance _chance;
    private readonly Tensor _mirrorPoints, _mirrorParts;
    private readonly Backgrounds _backgrounds;
    private readonly HiddenFaces _faces;
    private readonly Occluders _occluders;
    private readonly ColourTreatment _colours;

    /// <param name="device">Where the samples lie.</param>
    /// <param name="outputSize">P, a multiple of 16.</param>
    /// <param name="mirrorPoints">[K] each keypoint's counterpart.</param>
    /// <param name="options">How hard.</param>
    /// <param name="seed">Of everything random.</param>
    /// <param name="reseed">Whether libtorch's own generator is set to the seed; false leaves the run that it belongs to alone.</param>
    public PersonAugmentation(Device device, int outputSize, ImmutableArray<int> mirrorPoints, AugmentationOptions options, int seed, bool reseed = true)
    {
        (_outputSize, _options, _chance) = (outputSize, options, new Chance(device, seed, reseed));
        _pixel = device.type == DeviceType.CUDA ? ScalarType.Float16 : ScalarType.Float32;
        _mirrorPoints = tensor(mirrorPoints.Select(i => (long)i).ToArray(), device: device);
        _mirrorParts = tensor(PersonNet.MirrorParts.Select(i => (long)i).ToArray(), device: device);
        (_backgrounds, _faces, _occluders, _colours) = (new Backgrounds(_chance, _pixel), new HiddenFaces(_chance, _pixel), new Occluders(_chance, _pixel), new ColourTreatment(_chance, _pixel, options.Colours));
    }

    /// <summary>A batch of random samples from the first so many, treated.</summary>
    public PersonBatch Draw(StoredSamples pool, long filled, long count)
    {
        Tensor index = (rand(count, ScalarType.Float64, _chance.Device) * filled).to_type(ScalarType.Int64);
        return Make(pool.Select(index));
    }

    /// <summary>A batch of these samples, treated as the options say.</summary>
    public PersonBatch Make(StoredSamples samples)
        => Make(samples, _options.Moves ? RandomView(samples) : ViewWarp.Around(samples.Size, samples.Boxes, HeldOutMargin));

    /// <summary>A batch of these samples in these views.</summary>
    public PersonBatch Make(StoredSamples samples, ViewWarp view)
    {
        long n = samples.Pictures.shape[0];
        Tensor source = samples.Pictures.permute(0, 3, 1, 2).to_type(ScalarType.Float32) * (1 / 255f);
        Tensor grid = view.Grid(_outputSize), rgba = ViewWarp.Look(source, grid, nearest: false);
        Tensor beyond = (grid.abs().amax([3L]) > 1).unsqueeze(1);
        Tensor rgb = rgba.narrow(1, 0, 3).to_type(_pixel), alpha = rgba.narrow(1, 3, 1) * (1 - beyond.to_type(ScalarType.Float32));
        (Tensor parts, Tensor surface, Tensor depth) = Labels(samples, view);
        (Tensor x, Tensor y, Tensor state) = Points(samples, view);

        rgb = Bars(rgb, beyond);
        if (_options.Transplants > 0) _backgrounds.Transplant(rgb, alpha, source, _options.Transplants);
        if (_options.Clutter > 0) _backgrounds.Clutter(rgb, alpha, _options.Clutter);
        if (_options.HiddenFaces > 0) _faces.Put(rgb, x, y, state, _options.HiddenFaces);
        if (_options.Occluders > 0) _occluders.Put(new Occluders.Scene(rgb, alpha, parts, x, y, state), _options.Occluders);
        rgb = _colours.Apply(rgb);

        Tensor picture = rgb - Mean;
        Tensor inside = logical_and(logical_and(x.abs() < 1, y.abs() < 1), state > 0.5).to_type(ScalarType.Float32);
        Tensor weight = inside * (HiddenWeight + ((1 - HiddenWeight) * (state > 1.5).to_type(ScalarType.Float32)));
        Tensor place = (stack([x, y], 2) + 1) * (_outputSize * 0.5f);
        return new PersonBatch(picture, place, weight, inside, F.avg_pool2d(alpha, [2, 2]), parts.squeeze(1), surface, depth) { From = (view, samples.Bodies) };
    }

    private ViewWarp RandomView(StoredSamples samples)
    {
        long n = samples.Boxes.shape[0];
        int size = samples.Size;
        (Tensor left, Tensor top, Tensor right, Tensor bottom) = (samples.Boxes.select(1, 0), samples.Boxes.select(1, 1), samples.Boxes.select(1, 2), samples.Boxes.select(1, 3));
        Tensor crowd = samples.Boxes.select(1, 4) > Crowd, length = maximum(right - left, bottom - top).clamp_min(16);

        // Most views fit the person as the second look does; some are wide as the first, some cut the person off.
        Tensor kind = rand(n, ScalarType.Float32, _chance.Device), tight = _chance.Even(n, 1.02, 1.6);
        Tensor ratio = where(kind < 0.6, tight, where(kind < 0.88, _chance.Geometric(n, 1.2, 3.2), _chance.Even(n, 0.5, 1.02)));
        ratio = where(crowd, minimum(ratio, tight), ratio);
        Tensor side = minimum(length * ratio, maximum(length * 1.05, _chance.Even(n, 0.85, 1.3) * size));
        Tensor room = where(crowd, zeros_like(side), (side - length) * 0.5f);
        Tensor slack = maximum(room, length * where(kind < 0.88, _chance.Even(n, 0, 0.12), _chance.Even(n, 0.1, 0.45)));

        Tensor turned = rand(n, ScalarType.Float32, _chance.Device);
        Tensor turn = where(turned < 0.8, _chance.Normal(n, 0.16), where(turned < 0.94, _chance.Even(n, -0.9, 0.9), _chance.Even(n, -Math.PI, Math.PI)));
        return new ViewWarp(size, ((left + right) * 0.5f) + (slack * _chance.Even(n, -1, 1)), ((top + bottom) * 0.5f) + (slack * _chance.Even(n, -1, 1)),
            side, turn, 1 - (2 * _chance.Sometimes(n, 0.5)), exp(_chance.Normal(n, 0.06)));
    }

    private (Tensor Parts, Tensor Surface, Tensor Depth) Labels(StoredSamples samples, ViewWarp view)
    {
        Tensor labels = ViewWarp.Look(samples.Labels.to_type(ScalarType.Float32), view.Grid(_outputSize / PersonBatch.Stride), nearest: true);
        Tensor parts = labels.narrow(1, StoredSamples.Part, 1).to_type(ScalarType.Int64);
        parts = where(view.Mirrored(4), _mirrorParts.index_select(0, parts.flatten()).view(parts.shape), parts);
        Tensor surface = (labels.narrow(1, StoredSamples.Surface, 3) + 32768) * (1 / 65535f);
        // x → −x in metres, in fractions of the box.
        Vector3 middle = CanonicalBox.Fraction(Vector3.Zero);
        Tensor x = surface.narrow(1, 0, 1);
        surface = cat([where(view.Mirrored(4), (2 * middle.X) - x, x), surface.narrow(1, 1, 2)], 1);
        return (parts, surface, labels.narrow(1, StoredSamples.Depth, 1) * 1e-3f);
    }

    private (Tensor X, Tensor Y, Tensor State) Points(StoredSamples samples, ViewWarp view)
    {
        (Tensor x, Tensor y) = view.Points(samples.Points);
        Tensor points = stack([x, y, samples.Points.select(2, 2)], 2);
        points = where(view.Mirrored(3), points.index_select(1, _mirrorPoints), points);
        return (points.select(2, 0), points.select(2, 1), points.select(2, 2).clone());
    }

    /// <summary>Beyond the sample: mostly grey as in use, black, any colour; seldom the border drawn out.</summary>
    private Tensor Bars(Tensor rgb, Tensor beyond)
    {
        long n = rgb.shape[0];
        Tensor kind = rand(n, ScalarType.Float32, _chance.Device).view(n, 1, 1, 1);
        Tensor colour = where(kind < 0.6, full([1, 3, 1, 1], Bar, ScalarType.Float32, _chance.Device),
            where(kind < 0.7, zeros([1, 3, 1, 1], ScalarType.Float32, _chance.Device), rand(n, 3, ScalarType.Float32, _chance.Device).view(n, 3, 1, 1)));
        return where(logical_and(beyond, kind < 0.92), colour.to_type(_pixel), rgb);
    }
}

using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Impersonator.Training.Augmentations;

/// <summary>Draws pairs and treats each ever anew: mirrored, in other colours and light, with a noisy photo, before random backgrounds.</summary>
internal sealed class PairAugmentation
{
    private const double Lit = 0.7, Noisy = 0.4, Packed = 0.3;
    private const int SurfaceOfPhoto = 4, SurfaceOfFrame = 7, NormalOfFrame = 4, BackgroundCells = 4;
    private readonly Chance _chance;
    private readonly JpegTreatment _jpeg;

    /// <param name="device">Where the pairs lie.</param>
    /// <param name="seed">Of every random number.</param>
    public PairAugmentation(Device device, int seed) => (_chance, _jpeg) = (new Chance(device, seed), new JpegTreatment(device, ScalarType.Float32));

    /// <summary>A batch of any of the first so many pairs.</summary>
    public PairBatch Draw(StoredPairs pool, long filled, int batch)
    {
        PairBatch drawn = PairBatch.Of(pool.Select(randint(0, filled, [batch], ScalarType.Int64, _chance.Device)));
        // They come in random order: any half will do.
        drawn = Joined(Mirrored(Run(drawn, 0, batch / 2)), Run(drawn, batch / 2, batch - (batch / 2)));
        Light(drawn);
        Spoil(drawn.Photo);
        Tensor cells = rand([batch, 3, BackgroundCells, BackgroundCells], ScalarType.Float32, _chance.Device);
        return drawn with { Background = F.interpolate(cells, size: [drawn.Side, drawn.Side], mode: InterpolationMode.Bilinear, align_corners: false) };
    }

    /// <summary>Everything seen in a mirror: surfaces and normals name the other side, flows point to the mirrored photo's places.</summary>
    public static PairBatch Mirrored(PairBatch batch)
    {
        Tensor photo = batch.Photo.flip(3), frame = batch.Frame.flip(3), flow = batch.Flow.flip(2), head = batch.Head;
        Opposite(photo, SurfaceOfPhoto, photo.narrow(1, SurfaceOfPhoto, 3).amax([1L], keepdim: true) > 0, 1);
        Opposite(frame, SurfaceOfFrame, frame.narrow(1, SurfaceOfFrame, 3).amax([1L], keepdim: true) > 0, 1);
        // A normal n is 128 + 127 n.
        Opposite(frame, NormalOfFrame, null, 256 / 255f);
        Tensor x = flow.narrow(3, 0, 1);
        x.copy_(where(x <= -2, x, -x));
        Tensor side = full_like(head.select(1, 0), batch.Side);
        return batch with
        {
            Photo = photo,
            Frame = frame,
            Flow = flow,
            Truth = batch.Truth.flip(3),
            Alpha = batch.Alpha.flip(3),
            Head = stack([side - head.select(1, 2), head.select(1, 1), side - head.select(1, 0), head.select(1, 3)], 1),
            Background = batch.Background.flip(3),
        };
    }

    // In place: whole − x, where there is something.
    private static void Opposite(Tensor maps, int channel, Tensor? there, float whole)
    {
        Tensor x = maps.narrow(1, channel, 1), turned = whole - x;
        x.copy_(there is null ? turned : where(there, turned, x));
    }

    private static PairBatch Run(PairBatch b, long first, long count) => new(b.Photo.narrow(0, first, count), b.Frame.narrow(0, first, count), b.Flow.narrow(0, first, count),
        b.Truth.narrow(0, first, count), b.Alpha.narrow(0, first, count), b.Head.narrow(0, first, count), b.Yaw.narrow(0, first, count), b.Background.narrow(0, first, count));

    private static PairBatch Joined(PairBatch a, PairBatch b) => new(cat([a.Photo, b.Photo]), cat([a.Frame, b.Frame]), cat([a.Flow, b.Flow]), cat([a.Truth, b.Truth]),
        cat([a.Alpha, b.Alpha]), cat([a.Head, b.Head]), cat([a.Yaw, b.Yaw]), cat([a.Background, b.Background]));

    /// <summary>Photo, mesh and truth of a run of the batch in the same other light and colours, in place.</summary>
    private void Light(PairBatch batch)
    {
        (long first, long n) = _chance.Run(batch.Frame.shape[0], Lit);
        if (n == 0) return;
        Device device = _chance.Device;
        Tensor one = eye(3, device: device).unsqueeze(0);
        Tensor saturation = exp(_chance.Normal(n, 0.3)).view(n, 1, 1);
        Tensor matrix = (one * saturation) + ((1 - saturation) / 3);
        // A twist of the colours, a cast, brightness.
        matrix = (one + (randn([n, 3, 3], ScalarType.Float32, device) * 0.05f)).matmul(matrix) * exp((randn([n, 3, 1], ScalarType.Float32, device) * 0.08f) + _chance.Normal(n, 0.2).view(n, 1, 1));
        Tensor gamma = exp(_chance.Normal(n, 0.2)).view(n, 1, 1, 1), shift = (randn([n, 3, 1], ScalarType.Float32, device) * 0.03f);
        Tensor Treated(Tensor rgb) => matrix.matmul(rgb.reshape(n, 3, -1)).add_(shift).view(rgb.shape).clamp_(1e-3, 1).pow_(gamma);

        foreach (Tensor maps in (Tensor[])[batch.Photo, batch.Frame])
        {
            Tensor rgb = maps.narrow(0, first, n).narrow(1, 0, 3), alpha = maps.narrow(0, first, n).narrow(1, 3, 1);
            rgb.copy_(Treated(rgb / alpha.clamp_min(1 / 255f)).mul_(alpha));
        }
        Tensor truth = batch.Truth.narrow(0, first, n);
        truth.copy_(Treated(truth));
    }

    /// <summary>Noise and JPEG over the photo's colours, in place.</summary>
    private void Spoil(Tensor photo)
    {
        Tensor rgb = photo.narrow(1, 0, 3);
        _chance.Treat(rgb, Noisy, x => x + (randn_like(x) * (_chance.Even(x.shape[0], 0, 1).pow(3) * 0.08f).view(-1, 1, 1, 1)));
        _chance.Treat(rgb, Packed, x => _jpeg.Apply(x, _chance.Geometric(x.shape[0], 0.15, 1.5).view(-1, 1, 1, 1)));
        Tensor alpha = photo.narrow(1, 3, 1);
        rgb.copy_(rgb.maximum(zeros_like(rgb)).minimum(alpha));
    }
}

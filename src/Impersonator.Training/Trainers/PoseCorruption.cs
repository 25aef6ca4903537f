using Impersonator.Networks;
using Impersonator.Training.Augmentations;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Impersonator.Training.Trainers;

/// <summary>What PersonNet gets wrong, and more of it than on painted people: true proxies made doubtful, and any proxies harmed.</summary>
internal sealed class PoseCorruption
{
    /// <summary>Shares of windows in which left and right limbs are exchanged, among points and in maps, and in which a piece of the maps is hidden.</summary>
    private const double SwappedLegs = 0.05, SwappedArms = 0.03, Together = 0.7, Hidden = 0.15;

    /// <summary>Share of keypoints that are lost.</summary>
    private const double Lost = 0.03;

    private static readonly int[] ArmPoints = [3, 4, 5, 6, 7, 8, 23, 24, 25, 26, 27, 28], LegPoints = [9, 10, 11, 12, 13, 14, 15, 16, 29, 30, 31, 32];
    private static readonly int[] ArmParts = [3, 4, 5, 6, 7, 8], LegParts = [9, 10, 11, 12, 13, 14];
    private readonly Chance _chance;
    private readonly (Tensor Points, Tensor Maps, Tensor Shown) _legs, _arms;

    public PoseCorruption(Chance chance)
    {
        _chance = chance;
        (_legs, _arms) = (Exchange(LegPoints, LegParts), Exchange(ArmPoints, ArmParts));
    }

    /// <summary>What a network of varying skill could say about a batch.</summary>
    public PoseInput Doubt(PersonBatch batch, Tensor lens)
    {
        (long n, long k) = (batch.Place.shape[0], batch.Place.shape[1]);
        Tensor Points(Func<long, Tensor> draw) => draw(n * k).view(n, k);
        float grid = batch.Parts.shape[2];
        Tensor known = batch.Inside, hidden = known * (batch.Weight < 0.9).to_type(ScalarType.Float32);
        Tensor deviation = _chance.Geometric(n, 0.2, 1.2).unsqueeze(1) * Points(c => _chance.Geometric(c, 0.5, 2)) * pow(Points(c => _chance.Geometric(c, 1, 6)), hidden);
        Tensor lost = Points(c => _chance.Geometric(c, 2, 12));
        Tensor At(int axis) => where(known > 0, (batch.Place.select(2, axis) * (2 / (grid * PersonBatch.Stride))) - 1 + (Points(c => _chance.Normal(c, 1)) * deviation * (2 / grid)), Points(c => _chance.Even(c, -1, 1)));
        Tensor error = log(where(known > 0, deviation * 0.8f * exp(Points(c => _chance.Normal(c, 0.3))), lost));
        Tensor inside = (known + Points(c => _chance.Normal(c, 0.05))).clamp(0, 1), concentration = exp(-where(known > 0, deviation, lost) * Points(c => _chance.Even(c, 0.1, 0.6)));

        Tensor parts = F.avg_pool2d(F.one_hot(batch.Parts, PersonNet.PartCount).permute(0, 3, 1, 2).to_type(ScalarType.Float32), [3, 3], [1, 1], [1, 1], count_include_pad: false);
        Tensor surface = batch.Surface + Waves(n, 3, grid, 0.02);
        Tensor depth = (batch.Depth * exp(_chance.Normal(n, 0.1)).view(n, 1, 1, 1)) + _chance.Normal(n, 0.04).view(n, 1, 1, 1) + Waves(n, 1, grid, 0.04);
        return new PoseInput(PoseInput.Join(parts, surface, depth, batch.Matte), PoseInput.Encode(At(0), At(1), error, inside, concentration), lens);
    }

    /// <summary>Limbs exchanged, keypoints lost, pieces hidden.</summary>
    public PoseInput Harm(PoseInput input)
    {
        (long n, long k) = (input.Points.shape[0], input.Points.shape[1]);
        (Tensor maps, Tensor points) = (input.Maps, input.Points.narrow(2, 0, 5));
        foreach (((Tensor Points, Tensor Maps, Tensor Shown) limbs, double share) in new[] { (_legs, SwappedLegs), (_arms, SwappedArms) })
        {
            Tensor chosen = _chance.Sometimes(n, share);
            Tensor inPoints = (chosen * _chance.Sometimes(n, Together)).view(n, 1, 1) > 0, inMaps = (chosen * _chance.Sometimes(n, Together)).view(n, 1, 1, 1) > 0;
            points = where(inPoints, points.index_select(1, limbs.Points), points);
            // A place on the left leg is one on the right: x changes its sign.
            Tensor shown = (maps.narrow(1, 0, PersonNet.PartCount) * limbs.Shown).sum(1, keepdim: true), x = maps.narrow(1, PoseNet.SurfaceChannel, 1);
            Tensor exchanged = cat([maps.narrow(1, 0, PoseNet.SurfaceChannel).index_select(1, limbs.Maps), x * (1 - (2 * shown)), maps.narrow(1, PoseNet.SurfaceChannel + 1, PoseNet.MapChannels - PoseNet.SurfaceChannel - 1)], 1);
            maps = where(inMaps, exchanged, maps);
        }

        Tensor lost = _chance.Sometimes(n * k, Lost).view(n, k) > 0;
        Tensor Pick(int i, Tensor other) => where(lost, other.view(n, k), points.select(2, i));
        Tensor harmed = PoseInput.Encode(Pick(0, _chance.Even(n * k, -1, 1)), Pick(1, _chance.Even(n * k, -1, 1)), Pick(2, log(_chance.Geometric(n * k, 2, 12))),
            Pick(3, _chance.Even(n * k, 0, 1)), Pick(4, _chance.Even(n * k, 0, 0.4)));
        return new PoseInput(Hide(maps), harmed, input.Lens);
    }

    /// <summary>Rectangles where nothing is seen.</summary>
    private Tensor Hide(Tensor maps)
    {
        (long n, long grid) = (maps.shape[0], maps.shape[3]);
        Tensor at = (arange(grid, ScalarType.Float32, maps.device) + 0.5f) / grid, chosen = _chance.Sometimes(n, Hidden);
        Tensor Within() => ((at.unsqueeze(0) - _chance.Even(n, 0, 1).unsqueeze(1)).abs() < _chance.Even(n, 0.05, 0.25).unsqueeze(1)).to_type(ScalarType.Float32);
        Tensor hidden = (Within().unsqueeze(1) * Within().unsqueeze(2) * chosen.view(n, 1, 1)).unsqueeze(1);
        Tensor empty = cat([ones(1, ScalarType.Float32, maps.device), zeros(PoseNet.MapChannels - 1, ScalarType.Float32, maps.device)], 0).view(1, -1, 1, 1);
        return (maps * (1 - hidden)) + (empty * hidden);
    }

    /// <summary>Errors that neighbours share.</summary>
    private Tensor Waves(long n, long channels, float grid, double deviation)
        => F.interpolate(randn([n, channels, 4, 4], ScalarType.Float32, _chance.Device) * deviation, [(long)grid, (long)grid], mode: InterpolationMode.Bilinear, align_corners: false);

    private (Tensor Points, Tensor Maps, Tensor Shown) Exchange(int[] points, int[] parts)
    {
        long[] otherPoints = [.. Enumerable.Range(0, PersonNet.KeypointCount).Select(i => (long)(points.Contains(i) ? PersonNet.Mirror[i] : i))];
        long[] otherParts = [.. Enumerable.Range(0, PersonNet.PartCount).Select(i => (long)(parts.Contains(i) ? PersonNet.MirrorParts[i] : i))];
        float[] shown = [.. Enumerable.Range(0, PersonNet.PartCount).Select(i => parts.Contains(i) ? 1f : 0)];
        return (tensor(otherPoints, device: _chance.Device), tensor(otherParts, device: _chance.Device), tensor(shown, [1, PersonNet.PartCount, 1, 1]).to(_chance.Device));
    }
}

using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Impersonator.Training.Augmentations;

/// <summary>Boxes and ellipses in front of the person, clothed in plain colour, soft noise or another picture's background.</summary>
internal sealed class Occluders(Chance chance, ScalarType type)
{
    private static readonly double[] Shares = [0.2, 0.2, 0.08, 0.08];

    /// <summary>The batch as far as things in front change it; all in place.</summary>
    /// <param name="Rgb">[n, 3, P, P].</param>
    /// <param name="Alpha">[n, 1, P, P].</param>
    /// <param name="Parts">[n, 1, P/4, P/4].</param>
    /// <param name="X">[n, K] keypoints, −1..1.</param>
    /// <param name="Y">[n, K] keypoints, −1..1.</param>
    /// <param name="State">[n, K] 2 seen, 1 hidden: what is covered becomes hidden.</param>
    public readonly record struct Scene(Tensor Rgb, Tensor Alpha, Tensor Parts, Tensor X, Tensor Y, Tensor State);

    /// <summary>Puts things before runs of the batch.</summary>
    /// <param name="scene">The batch.</param>
    /// <param name="strength">Multiplies how many.</param>
    public void Put(Scene scene, double strength)
    {
        for (int round = 0; round < Shares.Length; round++)
        {
            (long first, long count) = chance.Run(scene.Rgb.shape[0], Shares[round] * strength);
            if (count > 0) Put(scene, first, count, fromOthers: round == 0);
        }
    }

    private void Put(Scene scene, long first, long m, bool fromOthers)
    {
        Tensor Run(Tensor all) => all.narrow(0, first, m);
        long size = scene.Rgb.shape[3], coarse = scene.Parts.shape[3];
        Cover cover = Cover.Random(chance, m);
        Tensor unit = ((arange(size, ScalarType.Float32, chance.Device) + 0.5f) * (2f / size)) - 1;
        Tensor mask = cover.Over(unit.view(1, 1, 1, -1), unit.view(1, 1, -1, 1), [m, 1, 1, 1]);
        Tensor cloth;
        if (fromOthers)
        {
            long from = chance.Run(scene.Rgb.shape[0], (double)m / scene.Rgb.shape[0]).First;
            from = Math.Min(from, scene.Rgb.shape[0] - m);
            cloth = scene.Rgb.narrow(0, from, m).clone();
            mask = logical_and(mask, scene.Alpha.narrow(0, from, m) < 0.05);
        }
        else
        {
            Tensor colour = rand([m, 3, 1, 1], type, chance.Device), share = rand([m, 1, 1, 1], type, chance.Device).pow(2);
            Tensor noise = F.interpolate(rand([m, 3, 12, 12], type, chance.Device), size: [size, size], mode: InterpolationMode.Bilinear, align_corners: false);
            cloth = colour + (share * (noise - colour));
        }
        Tensor here = Run(scene.Rgb);
        here.copy_(where(mask, cloth, here));
        Tensor open = 1 - mask.to_type(ScalarType.Float32);
        Run(scene.Alpha).mul_(open);
        Run(scene.Parts).mul_(F.interpolate(open, size: [coarse, coarse], mode: InterpolationMode.Nearest).to_type(scene.Parts.dtype));
        Tensor state = Run(scene.State), x = Run(scene.X), y = Run(scene.Y);
        Tensor covered = At(mask, x, y) * (state > 1.5).to_type(ScalarType.Float32);
        state.sub_(covered);
    }

    /// <summary>[m, K] 1 where the mask covers a point.</summary>
    private static Tensor At(Tensor mask, Tensor x, Tensor y)
        => F.grid_sample(mask.to_type(ScalarType.Float32), stack([x, y], 2).unsqueeze(1), GridSampleMode.Nearest, GridSamplePaddingMode.Zeros, false).view(x.shape);

    /// <summary>One turned box or ellipse per picture.</summary>
    private sealed record Cover(Tensor X, Tensor Y, Tensor Width, Tensor Height, Tensor Angle, Tensor Round)
    {
        public static Cover Random(Chance chance, long m) => new(chance.Even(m, -0.9, 0.9), chance.Even(m, -0.9, 0.9),
            chance.Geometric(m, 0.04, 0.45), chance.Geometric(m, 0.04, 0.45), chance.Even(m, 0, Math.PI), chance.Sometimes(m, 0.4));

        /// <summary>True inside.</summary>
        public Tensor Over(Tensor x, Tensor y, long[] shape)
        {
            Tensor V(Tensor values) => values.view(shape);
            (Tensor c, Tensor s, Tensor ax, Tensor ay) = (cos(V(Angle)), sin(V(Angle)), x - V(X), y - V(Y));
            Tensor bx = ((ax * c) + (ay * s)) / V(Width), by = ((ay * c) - (ax * s)) / V(Height);
            return where(V(Round) > 0, (bx * bx) + (by * by), maximum(bx.abs(), by.abs())) < 1;
        }
    }
}

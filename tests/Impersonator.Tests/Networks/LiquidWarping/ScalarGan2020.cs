namespace Impersonator.Tests.Networks.LiquidWarping;

/// <summary>The 2020 generator once more, as its paper and its list of layers say, in float64.</summary>
internal sealed class ScalarGan2020(Func<string, float[]> weights, int blocks, bool alignCorners)
{
    public ScalarPicture Background(ScalarPicture x)
    {
        for (int i = 0; i < 4; i++) x = Conv(x, $"bg_net.main.{3 * i}", i == 0 ? 7 : 3, i == 0 ? 1 : 2).InstanceNorm().Relu();
        for (int i = 12; i < 12 + blocks; i++) x = x.Add(Conv(Conv(x, $"bg_net.main.{i}.main.0", 3).InstanceNorm().Relu(), $"bg_net.main.{i}.main.3", 3).InstanceNorm());
        int at = 12 + blocks;
        for (int i = 0; i < 3; i++, at += 3) x = x.Double(weights($"bg_net.main.{at}.weight"), 4).InstanceNorm().Relu();
        return x.Conv(weights($"bg_net.main.{at}.weight"), 7, 1).Map(Math.Tanh);
    }

    public (ScalarPicture[] E, ScalarPicture[] R) Source(ScalarPicture x)
    {
        var e = new ScalarPicture[3];
        var r = new ScalarPicture[blocks];
        for (int i = 0; i < 3; i++) e[i] = x = Conv(x, $"src_net.encoders.layers.{i}.0", 3, 2).Relu();
        for (int i = 0; i < blocks; i++) r[i] = x = Residual(x, $"src_net.res_blocks.{i}");
        return (e, r);
    }

    public (ScalarPicture Image, ScalarPicture Mask) SourcePicture(ScalarPicture x)
    {
        x = Source(x).R[^1];
        for (int i = 0; i < 3; i++) x = Enlarge(x, $"src_net.decoders.layers.{i}.0");
        return Heads(x, "src_net.img_reg.0", "src_net.att_reg.0");
    }

    public (ScalarPicture Image, ScalarPicture Mask) Transfer(ScalarPicture x, params (ScalarPicture Source, ScalarPicture Flow)[] sources)
    {
        ((ScalarPicture[] E, ScalarPicture[] R), ScalarPicture Flow)[] features = [.. sources.Select(s => (Source(s.Source), s.Flow))];
        var skips = new ScalarPicture[3];
        for (int i = 0; i < 3; i++)
            skips[i] = x = Attend(x.Conv(weights($"tsf_net_enc.layers.{i}.0.weight"), 3, 2).Relu(), [.. features.Select(f => f.Item1.E[i].Warp(f.Flow, alignCorners))], $"enc_attlwbs.{i}");
        for (int i = 0; i < blocks; i++)
            x = Attend(Residual(x, $"res_blocks.{i}"), [.. features.Select(f => f.Item1.R[i].Warp(f.Flow, alignCorners))], $"res_attlwbs.{i}");
        x = Conv(skips[1].Beneath(Enlarge(x, "tsf_net_dec.upconvs.0.0")), "tsf_net_dec.skippers.0.0", 3).Relu();
        x = Conv(skips[0].Beneath(Enlarge(x, "tsf_net_dec.upconvs.1.0")), "tsf_net_dec.skippers.1.0", 3).Relu();
        return Heads(Enlarge(x, "tsf_net_dec.upconvs.2.0"), "tsf_img_reg.0", "tsf_att_reg.0");
    }

    private ScalarPicture Attend(ScalarPicture x, ScalarPicture[] warped, string name)
    {
        ScalarPicture q = Conv(x, name + ".fq", 1);
        ScalarPicture[] k = [.. warped.Select(w => Conv(w, name + ".fk", 1))], v = [.. warped.Select(w => Conv(w, name + ".fv", 1))];
        ScalarPicture a = ScalarPicture.Make(x.Channels, x.Height, x.Width, (c, y, column) =>
        {
            double[] e = [.. k.Select(key => Math.Exp(Enumerable.Range(0, x.Channels).Sum(i => q[i, y, column] * key[i, y, column]) / Math.Sqrt(x.Channels)))];
            return Enumerable.Range(0, e.Length).Sum(j => e[j] / e.Sum() * v[j][c, y, column]);
        });
        ScalarPicture h = Conv(a, name + ".spade.mlp_shared.0", 3).Relu();
        return x.InstanceNorm().Zip(Conv(h, name + ".spade.mlp_gamma", 3), (n, gamma) => n * (1 + gamma)).Add(Conv(h, name + ".spade.mlp_beta", 3));
    }

    private ScalarPicture Residual(ScalarPicture x, string name) => x.Add(Conv(Conv(x, name + ".main.0", 3).Relu(), name + ".main.2", 3));

    private ScalarPicture Conv(ScalarPicture x, string name, int side, int stride = 1) => x.Conv(weights(name + ".weight"), side, stride, weights(name + ".bias"));

    private ScalarPicture Enlarge(ScalarPicture x, string name) => x.Double(weights(name + ".weight"), 4, weights(name + ".bias")).Relu();

    private (ScalarPicture, ScalarPicture) Heads(ScalarPicture x, string image, string mask)
        => (x.Conv(weights(image + ".weight"), 5, 1).Map(Math.Tanh), x.Conv(weights(mask + ".weight"), 5, 1).Map(v => 1 / (1 + Math.Exp(-v))));
}

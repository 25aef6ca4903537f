namespace Impersonator.Tests.Networks.LiquidWarping;

/// <summary>The 2019 generator once more, as its paper and its list of layers say, in float64.</summary>
internal sealed class ScalarGan2019(Func<string, float[]> weights, int blocks, bool alignCorners)
{
    public ScalarPicture Background(ScalarPicture x)
    {
        x = Layer(x.Conv(W("bg_model.model.0"), 7, 1), "bg_model.model.1");
        x = Layer(x.Conv(W("bg_model.model.3"), 3, 2), "bg_model.model.4");
        x = Layer(x.Conv(W("bg_model.model.6"), 3, 2), "bg_model.model.7");
        x = Layer(x.Conv(W("bg_model.model.9"), 3, 2), "bg_model.model.10");
        for (int i = 0; i < blocks; i++) x = Residual(x, $"bg_model.model.{12 + i}");
        int at = 12 + blocks;
        for (int i = 0; i < 3; i++, at += 3) x = Layer(x.Double(W($"bg_model.model.{at}"), 3), $"bg_model.model.{at + 1}");
        return x.Conv(W($"bg_model.model.{at}"), 7, 1).Map(Math.Tanh);
    }

    public (ScalarPicture[] Encoders, ScalarPicture[] Residuals) Source(ScalarPicture x) => Follow("src_model", x, []);

    public (ScalarPicture Image, ScalarPicture Mask) SourcePicture(ScalarPicture x)
    {
        (ScalarPicture[] e, ScalarPicture[] r) = Source(x);
        return Decode("src_model", r[^1], e);
    }

    public (ScalarPicture Image, ScalarPicture Mask) Transfer(ScalarPicture x, params (ScalarPicture Source, ScalarPicture Flow)[] sources)
    {
        (ScalarPicture[] t, ScalarPicture[] u) = Follow("tsf_model", x, [.. sources.Select(s => (Source(s.Source), s.Flow))]);
        return Decode("tsf_model", u[^1], t);
    }

    private (ScalarPicture[], ScalarPicture[]) Follow(string m, ScalarPicture x, ((ScalarPicture[] E, ScalarPicture[] R) Features, ScalarPicture Flow)[] sources)
    {
        var encoders = new ScalarPicture[4];
        var residuals = new ScalarPicture[blocks];
        for (int i = 0; i < 4; i++)
        {
            x = Layer(x.Conv(W($"{m}.encoders.{i}.0"), i == 0 ? 7 : 3, i == 0 ? 1 : 2), $"{m}.encoders.{i}.1");
            if (i > 0) foreach (var s in sources) x = x.Add(s.Features.E[i].Warp(s.Flow, alignCorners));
            encoders[i] = x;
        }
        for (int k = 0; k < blocks; k++)
        {
            x = Residual(x, $"{m}.resnets.{k}");
            foreach (var s in sources) x = x.Add(s.Features.R[k].Warp(s.Flow, alignCorners));
            residuals[k] = x;
        }
        return (encoders, residuals);
    }

    private (ScalarPicture, ScalarPicture) Decode(string m, ScalarPicture x, ScalarPicture[] skips)
    {
        for (int i = 0; i < 3; i++)
        {
            x = Layer(x.Double(W($"{m}.decoders.{i}.0"), 3), $"{m}.decoders.{i}.1");
            x = Layer(skips[2 - i].Beneath(x).Conv(W($"{m}.skippers.{i}.0"), 3, 1), $"{m}.skippers.{i}.1");
        }
        return (x.Conv(W(m + ".img_reg.0"), 7, 1).Map(Math.Tanh), x.Conv(W(m + ".attetion_reg.0"), 7, 1).Map(v => 1 / (1 + Math.Exp(-v))));
    }

    private ScalarPicture Residual(ScalarPicture x, string name)
        => x.Add(Norm(Layer(x.Conv(W(name + ".main.0"), 3, 1), name + ".main.1").Conv(W(name + ".main.3"), 3, 1), name + ".main.4"));

    private ScalarPicture Layer(ScalarPicture x, string norm) => Norm(x, norm).Relu();

    private ScalarPicture Norm(ScalarPicture x, string name) => x.InstanceNorm(W(name), weights(name + ".bias"));

    private float[] W(string name) => weights(name + ".weight");
}

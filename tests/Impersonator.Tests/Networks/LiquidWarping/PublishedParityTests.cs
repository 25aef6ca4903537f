using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Impersonator.Files;
using Impersonator.Networks;
using Impersonator.Networks.LiquidWarping;
using Impersonator.Synthesis.LiquidWarping;

namespace Impersonator.Tests.Networks.LiquidWarping;

/// <summary>Both published generators at full size against numbers that their original code gave, with weights from a formula.</summary>
/// <remarks>
/// The numbers are not part of this repository: the folder that holds <c>lwgan2019_parity.safetensors</c> and
/// <c>ipercore_attlwb_parity.safetensors</c> is named by <c>IMPERSONATOR_PARITY</c>; without it these tests are skipped.
/// </remarks>
public sealed class PublishedParityTests
{
    private const string Variable = "IMPERSONATOR_PARITY";
    private static readonly LiquidWarpingSize Size = new() { Picture = 64 };
    private static readonly Lazy<Weights> Weights2019 = new(() => FormulaWeights.Of(new LiquidWarpingGan2019(Size))), Weights2020 = new(() => FormulaWeights.Of(new LiquidWarpingGan2020(Size)));

    public static TheoryData<string> Engines => [.. NetworkRun.Engines];

    [Fact]
    public void Formula_Weights_HaveThePublishedChecksum()
    {
        Given("lwgan2019_parity.safetensors");
        var network = new LiquidWarpingGan2019(Size);
        // In the checkpoint a stream's decoders come before all of its skippers.
        int Part(string key) => key.Contains(".skippers.", StringComparison.Ordinal) ? 1 : key.Contains("_reg.", StringComparison.Ordinal) ? 2 : 0;
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (Parameter parameter in network.Parameters.GroupBy(p => p.Name.Split('.')[0]).SelectMany(stream => stream.OrderBy(p => Part(p.Name))))
            sha.AppendData(MemoryMarshal.AsBytes(Weights2019.Value[parameter]));
        Assert.Equal("696f7cca61ca8df94ed27a7b2defaba4470a6e7a4d55c68ae21d57d96704e4ce", Convert.ToHexStringLower(sha.GetHashAndReset()));
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void Gan2019_Forward_IsTheOriginal(string engine)
    {
        Safetensors file = Given("lwgan2019_parity.safetensors");
        IReadOnlyDictionary<string, NetworkArray> outputs = NetworkRun.In(engine, new LiquidWarpingGan2019(Size).Forward(), Weights2019.Value,
            new() { ["known"] = Array(file, "in.bg"), ["source"] = Array(file, "in.src"), ["target"] = Array(file, "in.tsf"), ["flow"] = Array(file, "in.T") });
        foreach ((string ours, string theirs) in ((string, string)[])[("background", "img_bg"), ("source.image", "src_img"), ("source.mask", "src_mask"), ("image", "tsf_img"), ("mask", "tsf_mask")])
            Same(file, "out.fwd." + theirs, outputs[ours]);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void Gan2019_CachedSourceAndSwap_AreTheOriginal(string engine)
    {
        Safetensors file = Given("lwgan2019_parity.safetensors");
        foreach ((bool alignCorners, string prefix) in ((bool, string)[])[(true, "out."), (false, "out_acfalse.")])
        {
            var network = new LiquidWarpingGan2019(Size, alignCorners);
            IReadOnlyDictionary<string, NetworkArray> source = Encode(engine, network, Array(file, "in.src")), other = Encode(engine, network, Array(file, "in.src2"));
            Same(file, "feat.src_enc3", source["encoder.3"], 5e-4);
            Same(file, "feat.src_res5", source["residual.5"], 5e-4);
            var inputs = new Dictionary<string, NetworkArray> { ["target"] = Array(file, "in.tsf") };
            inputs.AddSource(0, Array(file, "in.T"), source);
            IReadOnlyDictionary<string, NetworkArray> one = NetworkRun.In(engine, network.Transfer(), Weights2019.Value, inputs);
            Same(file, prefix + "inf.tsf_img", one["image"]);
            Same(file, prefix + "inf.tsf_mask", one["mask"]);
            inputs.AddSource(1, Array(file, "in.T2"), other);
            IReadOnlyDictionary<string, NetworkArray> two = NetworkRun.In(engine, network.Transfer(2), Weights2019.Value, inputs);
            Same(file, prefix + "swap.tsf_img", two["image"]);
            if (alignCorners) Same(file, prefix + "swap.tsf_mask", two["mask"]);
        }
    }

    [Fact]
    public void Gan2019_LargerPicture_IsTheOriginal()
    {
        Safetensors file = Given("lwgan2019_parity.safetensors");
        var network = new LiquidWarpingGan2019(Size with { Picture = 128 });
        var inputs = new Dictionary<string, NetworkArray> { ["target"] = Array(file, "in128.tsf") };
        inputs.AddSource(0, Array(file, "in128.T"), NetworkRun.In("onnx", network.Source(), Weights2019.Value, new() { ["source"] = Array(file, "in128.src") }));
        IReadOnlyDictionary<string, NetworkArray> outputs = NetworkRun.In("onnx", network.Transfer(), Weights2019.Value, inputs);
        Same(file, "out128.inf.tsf_img", outputs["image"]);
        Same(file, "out128.inf.tsf_mask", outputs["mask"]);
    }

    [Fact]
    public void Sample_Photo_IsTheOriginalsWarp()
    {
        Safetensors file = Given("lwgan2019_parity.safetensors");
        foreach ((bool alignCorners, string name) in ((bool, string)[])[(true, "out.warp_img"), (false, "out_acfalse.warp_img")])
            Same(file, name, new(NetworkPicture.Sample(file.Get<float>("in.img"), 64, file.Get<float>("in.T"), alignCorners), 1, 3, 64, 64));
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void Gan2020_PlainAndTemporal_AreTheOriginal(string engine)
    {
        Safetensors file = Given("ipercore_attlwb_parity.safetensors");
        var network = new LiquidWarpingGan2020(Size);
        NetworkArray known = Array(file, "in.bg", 4), sources = Array(file, "in.src", 4), targets = Array(file, "in.tsf", 4), flows = Array(file, "in.Tst", 4), step = Array(file, "in.Ttt", 4);
        Same(file, "out.temporal.bg_img", NetworkRun.In(engine, network.Background(), Weights2020.Value, new() { ["known"] = known })["background"]);
        IReadOnlyDictionary<string, NetworkArray> both = NetworkRun.In(engine, network.Source(pictures: true), Weights2020.Value, new() { ["source"] = sources });
        Same(file, "out.temporal.src_imgs", both["image"]);
        Same(file, "out.temporal.src_masks", both["mask"]);
        Same(file, "feat.src_enc2", both["encoder.2"], 5e-4);
        Same(file, "feat.src_res5", both["residual.5"], 5e-4);

        var inputs = new Dictionary<string, NetworkArray>();
        var images = new List<float>();
        var masks = new List<float>();
        for (int frame = 0; frame < 2; frame++)
        {
            inputs["target"] = Row(targets, frame);
            for (int j = 0; j < 2; j++) inputs.AddSource(j, Row(flows, (2 * frame) + j), network.Features.ToDictionary(name => name, name => Row(both[name], j)));
            IReadOnlyDictionary<string, NetworkArray> result = NetworkRun.In(engine, network.Transfer(2), Weights2020.Value, inputs);
            images.AddRange(result["image"].Values);
            masks.AddRange(result["mask"].Values);
        }
        Same(file, "out.plain.tsf_imgs", new([.. images], 2, 3, 64, 64));
        Same(file, "out.plain.tsf_masks", new([.. masks], 2, 1, 64, 64));

        // The second frame attends to the first as well: its foreground, beside the picture of its input, is one more source.
        int picture = 3 * 64 * 64;
        float[] earlier = [.. images.Take(picture).Select((v, i) => v * (1 - masks[i % (64 * 64)])), .. Row(targets, 0).Values.Take(picture)];
        inputs.AddSource(2, step, Encode(engine, network, new(earlier, 1, 6, 64, 64)));
        IReadOnlyDictionary<string, NetworkArray> second = NetworkRun.In(engine, network.Transfer(3), Weights2020.Value, inputs);
        Same(file, "out.temporal.tsf_imgs", new([.. images.Take(picture), .. second["image"].Values], 2, 3, 64, 64));
        Same(file, "out.temporal.tsf_masks", new([.. masks.Take(64 * 64), .. second["mask"].Values], 2, 1, 64, 64));
    }

    private static IReadOnlyDictionary<string, NetworkArray> Encode(string engine, LiquidWarpingNetwork network, NetworkArray source)
        => NetworkRun.In(engine, network.Source(), network is LiquidWarpingGan2019 ? Weights2019.Value : Weights2020.Value, new() { ["source"] = source });

    private static Safetensors Given(string name)
    {
        string path = Path.Combine(Environment.GetEnvironmentVariable(Variable) ?? "", name);
        Assert.SkipUnless(File.Exists(path), $"{name} is not part of the repository; set {Variable} to the folder that holds it.");
        return Safetensors.Read(path);
    }

    /// <summary>An array with its last <paramref name="sides"/> sides; those before it count as batch.</summary>
    private static NetworkArray Array(Safetensors file, string name, int sides = 4)
    {
        int[] shape = file.ShapeOf(name).ToArray();
        float[] values = file.Get<float>(name);
        int[] last = shape[^(sides - 1)..];
        return new(values, [values.Length / last.Aggregate(1, (a, b) => a * b), .. last]);
    }

    private static NetworkArray Row(NetworkArray array, int row)
    {
        int size = array.Values.Length / array.Shape[0];
        return new(array.Values.AsSpan(row * size, size).ToArray(), [1, .. array.Shape[1..]]);
    }

    private static void Same(Safetensors file, string name, NetworkArray actual, double tolerance = 1e-4)
    {
        double distance = NetworkRun.Distance(file.Get<float>(name), actual.Values);
        Assert.True(distance < tolerance, $"{name} is off by {distance:g3}");
        TestContext.Current.TestOutputHelper?.WriteLine($"{name}: {distance:g3}");
    }
}

using Impersonator.Files;
using Impersonator.Files.Checkpoints;
using Impersonator.Networks;
using Impersonator.Networks.LiquidWarping;
using Impersonator.Tests.BadInput;
using Impersonator.Tests.Files.Checkpoints;

namespace Impersonator.Tests.Networks.LiquidWarping;

[Collection(ConsoleUsers.Name)]
public sealed class CheckpointImportTests : IDisposable
{
    private static readonly LiquidWarpingSize Small = new() { Picture = 16, Width = 2, Blocks = 1, Hidden = 3 };
    private static readonly LiquidWarpingNetwork[] Known = [new LiquidWarpingGan2019(Small), new LiquidWarpingGan2020(Small)];
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<int, bool> Everything => new() { { 0, true }, { 0, false }, { 1, true }, { 1, false } };

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Everything))]
    public void From_CheckpointOfAGenerator_TellsWhichAndKeepsEveryValue(int which, bool zip)
    {
        LiquidWarpingNetwork network = Known[which];
        Weights expected = FormulaWeights.Of(network);
        ImportedNetwork imported = Import(File(network, expected, prefix: "module."), zip);
        Assert.Same(network, imported.Network);
        Assert.Empty(imported.Ignored);
        Assert.Equal(["float32"], imported.Elements);
        imported.Weights.Write(_folder["w.safetensors"], WeightPrecision.Single);
        Weights read = Weights.Read(_folder["w.safetensors"]);
        foreach (Parameter parameter in network.Parameters) Assert.Equal(expected[parameter].ToArray(), read[parameter].ToArray());
        Assert.Equal(network.Parameters.Length, read.Names.Count);
        Assert.Equal(network.Name, CheckpointImport.NetworkOf(read, "w").Name);
    }

    [Fact]
    public void From_MoreTensorsThanNeeded_NamesThem()
    {
        CheckpointFile file = File(Known[0], FormulaWeights.Of(Known[0])).Add("extra.weight", [1], 1);
        Assert.Contains("ignored 1 tensors that it does not have, e.g. extra.weight", Import(file).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void From_HalfPrecision_IsWidenedAndSaid()
    {
        var file = new CheckpointFile();
        Weights weights = FormulaWeights.Of(Known[1]);
        foreach (Parameter parameter in Known[1].Parameters)
            file.Add<Half>(Known[1].KeyOf(parameter), "HalfStorage", Array.ConvertAll(weights[parameter].ToArray(), v => (Half)v), [.. parameter.Shape]);
        ImportedNetwork imported = Import(file);
        Assert.Contains("values of float16, kept as float32", imported.ToString(), StringComparison.Ordinal);
        Assert.Equal((float)(Half)weights[Known[1].Parameters[0]][0], imported.Weights[Known[1].Parameters[0]][0]);
    }

    [Fact]
    public void From_TensorMissing_NamesNetworkAndTensor()
    {
        CheckpointFile file = File(Known[0], FormulaWeights.Of(Known[0]), skip: "tsf_model.encoders.1.0.weight");
        Assert.Contains("looks like lwgan-2019 but lacks 1 of its", Refused(file), StringComparison.Ordinal);
        Assert.Contains("e.g. tsf_model.encoders.1.0.weight", Refused(file), StringComparison.Ordinal);
    }

    [Fact]
    public void From_TensorOfAnotherShape_SaysBothShapes()
    {
        CheckpointFile file = File(Known[0], FormulaWeights.Of(Known[0]), skip: "src_model.encoders.0.0.weight").Add("src_model.encoders.0.0.weight", new float[2 * 5 * 49], 2, 5, 7, 7);
        Assert.Contains("src_model.encoders.0.0.weight is 2×5×7×7, lwgan-2019 has 2×6×7×7", Refused(file), StringComparison.Ordinal);
    }

    [Fact]
    public void From_ValueThatIsNoNumber_IsNamed()
    {
        CheckpointFile file = File(Known[1], FormulaWeights.Of(Known[1]), skip: "src_net.encoders.layers.0.0.bias").Add("src_net.encoders.layers.0.0.bias", [1, float.NaN], 2);
        Assert.Contains("src_net.encoders.layers.0.0.bias holds NaN at 1", Refused(file), StringComparison.Ordinal);
    }

    [Fact]
    public void From_WholeNumbers_AreRefused()
    {
        CheckpointFile file = File(Known[1], FormulaWeights.Of(Known[1]), skip: "src_net.encoders.layers.0.0.bias").Add("src_net.encoders.layers.0.0.bias", "CharStorage", (ReadOnlySpan<sbyte>)[1, 2], 2);
        Assert.Contains("holds int8, weights are floating-point numbers", Refused(file), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("regressor.fc_blocks.fc1.weight", "holds HMR")]
    [InlineData("global_model.model.0.weight", "holds the discriminators of 2019")]
    [InlineData("something.weight", "not known (its first tensor is something.weight)")]
    public void From_OtherNetworks_AreNamed(string key, string expected) => Assert.Contains(expected, Refused(new CheckpointFile().Add(key, [1], 1)), StringComparison.Ordinal);

    [Fact]
    public async Task Command_BadCheckpoint_IsOneLineAndLeavesNothing()
    {
        using var tool = new Tool();
        System.IO.File.WriteAllBytes(tool["bad.pth"], new CheckpointFile { Rebuild = "os\nsystem" }.Add("a", [1], 1).Zip());
        await tool.RefusesAsync("names os.system; refused, nothing was run", "import", tool["bad.pth"], "-o", tool["models"]);
        await tool.RefusesAsync("no such file", "import", tool["none.pth"], "-o", tool["models"]);
    }

    [Fact]
    public void NetworkOf_WeightsOfSomethingElse_SaysHowToMakeThem()
        => Assert.Contains("impersonator import", Assert.Throws<InputException>(() => CheckpointImport.NetworkOf(new Weights(), "x.safetensors")).Message, StringComparison.Ordinal);

    private static CheckpointFile File(LiquidWarpingNetwork network, Weights weights, string prefix = "", string? skip = null)
    {
        var file = new CheckpointFile();
        foreach (Parameter parameter in network.Parameters)
            if (network.KeyOf(parameter) is var key && key != skip) file.Add(prefix + key, weights[parameter], [.. parameter.Shape]);
        return file;
    }

    private ImportedNetwork Import(CheckpointFile file, bool zip = true)
    {
        System.IO.File.WriteAllBytes(_folder["x.pth"], zip ? file.Zip() : file.Stream());
        return CheckpointImport.From(Checkpoint.Read(_folder["x.pth"]), Known);
    }

    private string Refused(CheckpointFile file)
    {
        string message = Assert.Throws<CheckpointFormatException>(() => Import(file)).Message;
        Assert.StartsWith("x.pth: ", message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
        return message;
    }
}

using Impersonator.Networks;
using Impersonator.Networks.LiquidWarping;
using Impersonator.Tests.Bodies;

namespace Impersonator.Tests.BadInput;

/// <summary>animate with a published generator: what is missing or does not go together is said in one line.</summary>
[Collection(ConsoleUsers.Name)]
public sealed class ModelBadInputTests : IDisposable
{
    private readonly Tool _tool = new();

    public ModelBadInputTests()
    {
        var weights = new Weights();
        weights.Words["network"] = new LiquidWarpingGan2019().Name;
        weights.Write(_tool["empty.safetensors"], WeightPrecision.Single);
        new SmallSmpl().WriteNpz(_tool["small.npz"]);
        File.WriteAllText(_tool["small.obj"], "v 0 0 0\n");
    }

    public void Dispose() => _tool.Dispose();

    [Fact]
    public Task ModelWithoutBody_SaysWhatToGive() => _tool.AnimateRefusesAsync("give --smpl FILE (the body) and --smpl-uv FILE", more: ["--model", _tool["empty.safetensors"]]);

    [Fact]
    public Task BodyWithoutModel_SaysWhatToGive() => _tool.AnimateRefusesAsync("--smpl and --smpl-uv go with --model", more: ["--smpl", _tool["small.npz"]]);

    [Fact]
    public Task OptionThatDoesNotGoWithIt_IsNamed() => Refuses("--camera does not go with --model", "--camera", "orbit:90");

    [Fact]
    public Task SizeThatDoesNotSuit_SaysWhichDo() => Refuses("a multiple of 8 (256 is the original's)", "--size", "250");

    [Fact]
    public Task UvOfAnotherBody_IsNamed() => Refuses("small.obj: has 0 triangles");

    [Fact]
    public Task WeightsOfSomethingElse_SayHowToMakeThem()
    {
        new Weights().Write(_tool["empty.safetensors"], WeightPrecision.Single);
        return Refuses("empty.safetensors: holds no weights of lwgan-2019 or lwgan-2020; make them by: impersonator import");
    }

    private Task Refuses(string expected, params string[] more)
        => _tool.AnimateRefusesAsync(expected, more: ["--model", _tool["empty.safetensors"], "--smpl", _tool["small.npz"], "--smpl-uv", _tool["small.obj"], .. more]);
}

using Impersonator.Networks;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Impersonator.Training.Trainers;

/// <summary>What PoseNet is given of B windows.</summary>
/// <param name="Maps">[B, 20, G, G].</param>
/// <param name="Points">[B, 33, 25].</param>
/// <param name="Lens">[B, 2].</param>
internal sealed record PoseInput(Tensor Maps, Tensor Points, Tensor Lens)
{
    private const int PeakRadius = 3;

    /// <summary>What PersonNet says, in the form that it has in use.</summary>
    /// <param name="output">Of B pictures.</param>
    /// <param name="lens">[B, 2].</param>
    public static PoseInput Of(PersonOutput output, Tensor lens)
    {
        var heat = new HeatMaps(output.Heat);
        (Tensor x, Tensor y, Tensor concentration) = heat.Peaks(PeakRadius);
        float grid = output.Heat.shape[3];
        Tensor maps = Join(F.softmax(output.Parts, 1), output.Surface, output.Depth, sigmoid(output.Matte));
        return new PoseInput(maps, Encode((x * (2 / grid)) - 1, (y * (2 / grid)) - 1, output.Scale, sigmoid(output.Inside), concentration), lens);
    }

    /// <summary>The maps as the network takes them.</summary>
    /// <param name="parts">[B, 15, G, G] probabilities.</param>
    /// <param name="surface">[B, 3, G, G] fractions of the canonical box.</param>
    /// <param name="depth">[B, 1, G, G] metres.</param>
    /// <param name="matte">[B, 1, 2G, 2G] alpha.</param>
    public static Tensor Join(Tensor parts, Tensor surface, Tensor depth, Tensor matte)
    {
        Tensor body = 1 - parts.narrow(1, 0, 1);
        return cat([parts, (surface - 0.5f) * body, depth.clamp(-2, 2) * body, F.avg_pool2d(matte, [2, 2])], 1);
    }

    /// <summary>Keypoints as the network takes them, each [B, 33]; see <see cref="PoseNet.WritePoint"/>.</summary>
    public static Tensor Encode(Tensor x, Tensor y, Tensor error, Tensor inside, Tensor concentration)
    {
        Tensor turns = tensor(Enumerable.Range(0, PoseNet.Waves).Select(w => MathF.PI * (1 << w)).ToArray(), device: x.device);
        Tensor ax = x.unsqueeze(2) * turns, ay = y.unsqueeze(2) * turns;
        Tensor numbers = stack([x, y, error.clamp(PoseNet.LeastError, PoseNet.MostError), inside, concentration], 2);
        return cat([numbers, sin(ax), cos(ax), sin(ay), cos(ay)], 2);
    }

    /// <summary>Both, one after the other.</summary>
    public static PoseInput Joined(PoseInput a, PoseInput b) => new(cat([a.Maps, b.Maps], 0), cat([a.Points, b.Points], 0), cat([a.Lens, b.Lens], 0));

    /// <summary>As the engine takes it.</summary>
    public IReadOnlyDictionary<string, Tensor> Named => new Dictionary<string, Tensor> { ["maps"] = Maps, ["points"] = Points, ["lens"] = Lens };
}

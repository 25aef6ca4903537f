using Impersonator.Files;
using Impersonator.Files.Checkpoints;
using Impersonator.Networks;
using Impersonator.Networks.LiquidWarping;
using Impersonator.Synthesis.Generation;
using Impersonator.Training.Evaluation.Pictures;

namespace Impersonator.Training.Evaluation.Methods;

/// <summary>A trained network draws: ours with any mixing, or the generator of 2019 and its paper's ablations, taught on our pairs.</summary>
internal sealed class NetworkMethod : IPictureMethod, IDisposable
{
    private const string Frame = "frame", Photo = "photo.0", Flow = "flow.0";
    private readonly OnnxEngine _engine;
    private readonly int _side;

    /// <summary>Prepares a network.</summary>
    /// <param name="name">In tables.</param>
    /// <param name="graph">With inputs and outputs of <see cref="GeneratorNet.Build"/>; those that it does not look at may be missing.</param>
    /// <param name="weights">Its weights.</param>
    /// <exception cref="InputException">The weights are of another network.</exception>
    public NetworkMethod(string name, Graph graph, Weights weights)
    {
        ArgumentNullException.ThrowIfNull(graph);
        (Name, _side) = (name, graph.Inputs.Single(i => i.Name == Frame).Shape[^1]);
        _engine = new OnnxEngine(graph, weights, threads: 1);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <summary>Reads weights of any network that can be compared; which one it is is told by their names and shapes.</summary>
    /// <param name="path">A file that training wrote; its name without the ending names the method.</param>
    /// <exception cref="InputException">Not such a file.</exception>
    public static NetworkMethod Open(string path)
    {
        var weights = Weights.Read(path, Checkpoint.Limits);
        string name = Path.GetFileNameWithoutExtension(path);
        if (GeneratorNetSize.Of(weights) is { } size)
            return new NetworkMethod($"{name} (ours, {(size.Mixing == FeatureMixing.None ? "no warping" : size.Mixing.ToString().ToLowerInvariant())})", GeneratorNet.Build(size), weights);
        var original = new LiquidWarpingGan2019(alignCorners: false);
        // From the one with most parameters: what a smaller one has, a larger one has, too.
        foreach (LiquidWarpingKind kind in (LiquidWarpingKind[])[LiquidWarpingKind.Features, LiquidWarpingKind.Texture, LiquidWarpingKind.Concatenation])
            if (original.Pairs(kind) is var graph && weights.Fit(graph)) return new NetworkMethod($"{name} (2019, {kind.ToString().ToLowerInvariant()})", graph, weights);
        throw new InputException($"{path}: not the weights of a generator; give a file that 'train generator' wrote.");
    }

    /// <inheritdoc/>
    public FrameDrawing Read(byte[] photo)
    {
        ArgumentNullException.ThrowIfNull(photo);
        var seen = new NetworkArray(Floats(photo), 1, GeneratorNet.PhotoChannels, _side, _side);
        return (frame, flow) =>
        {
            IReadOnlyDictionary<string, NetworkArray> drawn = _engine.Run(new Dictionary<string, NetworkArray>
            {
                [Frame] = new(Floats(frame), 1, GeneratorNet.FrameChannels, _side, _side),
                [Photo] = seen,
                [Flow] = new(Places(flow), 1, _side / 2, _side / 2, 2),
            });
            return Compose(frame, drawn["paint"].Values, drawn["matte"].Values, drawn["blend"].Values, _side);
        };
    }

    /// <inheritdoc/>
    public void Dispose() => _engine.Dispose();

    /// <summary>The picture of what a network said: the mesh's colour as far as it is kept, else its own, over the grey by its own matte.</summary>
    /// <param name="frame">[12, S, S] bytes.</param>
    /// <param name="paint">[3, S, S] sRGB.</param>
    /// <param name="matte">[S, S] logits.</param>
    /// <param name="blend">[S, S] logits.</param>
    /// <param name="side">S.</param>
    internal static ComparedPicture Compose(ReadOnlySpan<byte> frame, ReadOnlySpan<float> paint, ReadOnlySpan<float> matte, ReadOnlySpan<float> blend, int side)
    {
        int plane = side * side;
        var (rgb, alpha) = (new float[3 * plane], new float[plane]);
        for (int i = 0; i < plane; i++)
        {
            float coverage = frame[(GeneratorNet.CoverageChannel * plane) + i] / 255f, kept = Sigmoid(blend[i]) * coverage;
            alpha[i] = Sigmoid(matte[i]);
            for (int c = 0; c < 3; c++)
            {
                float mesh = frame[(c * plane) + i] / 255f / MathF.Max(coverage, 1 / 255f);
                float colour = Math.Clamp((kept * mesh) + ((1 - kept) * paint[(c * plane) + i]), 0, 1);
                rgb[(c * plane) + i] = (colour * alpha[i]) + (ComparedPicture.Grey * (1 - alpha[i]));
            }
        }
        return new ComparedPicture(side, side, rgb, alpha);
    }

    private static float[] Floats(byte[] bytes)
    {
        var fractions = new float[bytes.Length];
        MapBytes.ToFractions(bytes, fractions);
        return fractions;
    }

    private static float[] Places(short[] flow)
    {
        var places = new float[flow.Length];
        MapBytes.ToPlaces(flow, places);
        return places;
    }

    private static float Sigmoid(float x) => 1 / (1 + MathF.Exp(-x));
}

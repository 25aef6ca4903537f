using System.Collections.Immutable;

namespace Impersonator.Networks.LiquidWarping;

/// <summary>A published generator that warps the features of photos: a background network, a source stream once per photo, a transfer stream per frame.</summary>
/// <remarks>
/// <para>S = side of the pictures. Pictures are RGB in −1 … 1; a condition is [3, S, S] (u, v, 1 = background); a mask is 1 on the background.
/// A flow is [S, S, 2], for each pixel of the frame where in the photo its surface point lies (x, y in −1 … 1), −2 = nothing there.
/// A frame is <c>mask · background + (1 − mask) · image</c>.</para>
/// <para>The three graphs share one set of <see cref="Weights"/>; parameters have the names that the checkpoints carry, with our endings (<see cref="KeyOf"/>).</para>
/// </remarks>
public abstract class LiquidWarpingNetwork
{
    private protected LiquidWarpingNetwork(string name, LiquidWarpingSize size, bool alignCorners)
    {
        if (size.Picture < 8 || size.Picture % 8 != 0) throw new ArgumentException($"A side of {size.Picture} pixels is no multiple of 8.", nameof(size));
        (Name, Size, AlignCorners) = (name, size, alignCorners);
    }

    /// <summary>Short name, also that of its file of weights.</summary>
    public string Name { get; }

    /// <summary>Its sizes.</summary>
    public LiquidWarpingSize Size { get; }

    /// <summary>Whether −1 and 1 of a flow are the centres of the photo's outermost pixels, or its outer edges.</summary>
    public bool AlignCorners { get; }

    /// <summary>Names of the features that the source stream hands to the transfer stream, in the order they are used.</summary>
    public ImmutableArray<string> Features => [.. Enumerable.Range(FirstWarped, 3).Select(EncoderName), .. Enumerable.Range(0, Size.Blocks).Select(ResidualName)];

    /// <summary>Every parameter of the network, once.</summary>
    public ImmutableArray<Parameter> Parameters => [.. Background().Parameters.Concat(Source(pictures: true).Parameters).Concat(Transfer(1).Parameters).DistinctBy(p => p.Name)];

    /// <summary>Side of the box, pixels, by which the body grows into what the source stream is shown as foreground; odd.</summary>
    public abstract int ForegroundGrowth { get; }

    /// <summary>Side of the box, pixels, by which the body grows into what the background network is told not to know; odd.</summary>
    public abstract int BackgroundGrowth { get; }

    /// <summary>The first encoder step whose features are warped.</summary>
    private protected abstract int FirstWarped { get; }

    /// <summary>The same network for pictures of another side; its weights stay the same.</summary>
    public abstract LiquidWarpingNetwork At(int side);

    /// <summary>Input <c>known</c> [4, S, S]: the photo times what is known of the background, and that itself (1 = known). Output <c>background</c> [3, S, S].</summary>
    public abstract Graph Background();

    /// <summary>Input <c>source</c> [6, S, S]: the photo's foreground (0 elsewhere) and its condition. Outputs: <see cref="Features"/>.</summary>
    /// <param name="pictures">Whether the stream is decoded, too, to <c>image</c> [3, S, S] and <c>mask</c> [1, S, S]: as in training.</param>
    public abstract Graph Source(bool pictures = false);

    /// <summary>
    /// Inputs <c>target</c> [6, S, S], the photo warped to the frame (0 elsewhere) and the frame's condition, then for each source j from 0
    /// <c>flow.j</c> [S, S, 2] and <see cref="Features"/> as <c>name.j</c>. Outputs <c>image</c> [3, S, S], <c>mask</c> [1, S, S].
    /// </summary>
    /// <param name="sources">Photos, or parts of several people for appearance transfer.</param>
    public abstract Graph Transfer(int sources = 1);

    /// <summary>The name that a checkpoint has for a parameter.</summary>
    public virtual string KeyOf(Parameter parameter)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        int dot = parameter.Name.LastIndexOf('.');
        return parameter.Name[..dot] + (parameter.Name[(dot + 1)..] is "kernel" or "scale" ? ".weight" : ".bias");
    }

    private protected static string EncoderName(int step) => $"encoder.{step}";

    private protected static string ResidualName(int block) => $"residual.{block}";

    /// <summary>Declares the features of one source and warps them into the frame, by name.</summary>
    private protected Dictionary<string, Value> Warped(GraphBuilder g, int source, IReadOnlyDictionary<string, ImmutableArray<int>> shapes)
    {
        Value flow = g.Input($"flow.{source}", Size.Picture, Size.Picture, 2);
        return Warped(g, flow, Features.ToDictionary(name => name, name => g.Input($"{name}.{source}", shapes[name].AsSpan())));
    }

    /// <summary>Warps features into the frame; each resolution resizes the flow once.</summary>
    private protected Dictionary<string, Value> Warped(GraphBuilder g, Value flow, IReadOnlyDictionary<string, Value> features)
    {
        var flows = new Dictionary<int, Value>();
        return features.ToDictionary(feature => feature.Key, feature =>
        {
            int side = feature.Value.Shape[1];
            if (!flows.TryGetValue(side, out Value? resized)) flows[side] = resized = g.ResizeFlow(flow, side, side);
            return g.Warp(feature.Value, resized, AlignCorners);
        });
    }

    private protected ImmutableArray<int> Shape(int channels, int divisor) => [channels, Size.Picture / divisor, Size.Picture / divisor];
}

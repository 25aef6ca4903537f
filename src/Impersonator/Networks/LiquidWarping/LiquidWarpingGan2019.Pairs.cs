namespace Impersonator.Networks.LiquidWarping;

/// <content>The same network over the maps that <see cref="GeneratorNet"/> is taught with, to be compared with it.</content>
public sealed partial class LiquidWarpingGan2019
{
    private const int SurfaceInPhoto = 4, SurfaceInFrame = 7, SeenChannel = 10;

    /// <summary>Source and transfer stream in one graph, with the inputs and outputs of <see cref="GeneratorNet.Build"/>: whatever teaches one teaches the other.</summary>
    /// <remarks>
    /// Inputs <c>frame</c>, <c>photo.0</c>, <c>flow.0</c> (not with <see cref="LiquidWarpingKind.Concatenation"/>). The condition is the surface
    /// instead of u, v and background; the flow counts where the photo shows the place, as the original's did; the warped photo is what
    /// the original draws its <c>target</c> picture of. Outputs <c>paint</c> = the image, <c>matte</c> = logits of 1 − mask, <c>blend</c> = −20: the mesh's
    /// colour is never kept. The background stays out. Sample with <c>alignCorners: false</c>, as our flows mean it.
    /// </remarks>
    /// <param name="kind">How it learns of the photo.</param>
    public Graph Pairs(LiquidWarpingKind kind = LiquidWarpingKind.Features)
    {
        var g = new GraphBuilder($"{Name} {kind}");
        int side = Size.Picture;
        Value frame = g.Input("frame", GeneratorNet.FrameChannels, side, side), photo = g.Input("photo.0", GeneratorNet.PhotoChannels, side, side);
        Value condition = g.Slice(frame, SurfaceInFrame, 3);
        // Colour times alpha in 0 … 1 → the colour in −1 … 1 times alpha.
        Value picture = g.Subtract(g.Scale(g.Slice(photo, 0, 3), 2), g.Slice(photo, 3, 1));
        Value source = g.Concat(picture, g.Slice(photo, SurfaceInPhoto, 3));
        Stream stream;
        if (kind == LiquidWarpingKind.Concatenation) stream = Follow(g, TransferStream, g.Concat(source, condition), []);
        else
        {
            Value flow = Seen(g, frame, g.Input("flow.0", side / 2, side / 2, 2));
            Value target = g.Concat(g.Warp(picture, flow, AlignCorners), condition);
            stream = kind == LiquidWarpingKind.Texture ? Follow(g, TransferStream, target, [])
                : Follow(g, TransferStream, target, [Warped(g, flow, Warpable(Follow(g, SourceStream, source, [])))]);
        }
        (Value image, Value mask) = Decode(g, stream);
        g.Output("paint", g.Scale(g.Precise(g.Tanh(image)), 0.5f, 0.5f));
        g.Output("matte", g.Scale(g.Precise(mask), -1));
        g.Output("blend", g.Scale(mask, 0, -20));
        return g.Build();
    }

    // Nothing (−2) where the photo does not show the place.
    private static Value Seen(GraphBuilder g, Value frame, Value flow)
    {
        Value share = g.AveragePool(g.Slice(frame, SeenChannel, 1), 2); // [1, S/2, S/2]
        Value seen = g.Reshape(g.Clamp(g.Scale(share, 1000, -50), 0, 1), flow.Shape[0], flow.Shape[1], 1);
        return g.Scale(g.Multiply(g.Scale(g.Precise(flow), 1, 2), seen), 1, -2);
    }
}

using Impersonator.Networks;
using Impersonator.Networks.Operations;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;
using Reduce = Impersonator.Networks.Operations.Reduce;

namespace Impersonator.Torch;

/// <summary>What each operation of a graph is in torch.</summary>
internal static class TorchOperations
{
    /// <summary>Runs one operation.</summary>
    /// <param name="operation">What to run.</param>
    /// <param name="x">Its inputs.</param>
    /// <param name="p">Its parameters.</param>
    /// <param name="compute">Type that products are computed in.</param>
    /// <param name="training">Whether batch norms use and update with the batch.</param>
    public static Tensor Run(Operation operation, Tensor[] x, Tensor[] p, ScalarType compute, bool training) => operation switch
    {
        Convolution o => F.conv2d(x[0].to_type(compute), p[0], p.Length > 1 ? p[1].to_type(compute) : null,
            [o.Stride, o.Stride], [o.Padding, o.Padding], [o.Dilation, o.Dilation], o.Groups),
        TransposedConvolution o => F.conv_transpose2d(x[0].to_type(compute), p[0], p.Length > 1 ? p[1].to_type(compute) : null,
            [o.Stride, o.Stride], [o.Padding, o.Padding], [o.Extra, o.Extra]),
        Linear => F.linear(x[0].to_type(compute), p[0], p.Length > 1 ? p[1].to_type(compute) : null),
        BatchNormalization o => F.batch_norm(x[0], p[2], p[3], p[0], p[1], training, o.Momentum, BatchNormalization.Epsilon),
        GroupNormalization o => F.group_norm(x[0], o.Groups, p.Length > 0 ? p[0].to_type(x[0].dtype) : null, p.Length > 0 ? p[1].to_type(x[0].dtype) : null, GroupNormalization.Epsilon),
        LayerNormalization => F.layer_norm(x[0], [x[0].shape[^1]], p[0].to_type(x[0].dtype), p[1].to_type(x[0].dtype), LayerNormalization.Epsilon),
        Affine => (x[0] * Channels(p[0], x[0])).add_(Channels(p[1], x[0])),
        Offset => x[0] + p[0].to_type(x[0].dtype),
        Activation o => Activate(o.Kind, x[0]),
        Softmax o => F.softmax(x[0], o.Along + 1),
        Binary o => o.Kind switch
        {
            BinaryKind.Add => x[0] + x[1],
            BinaryKind.Subtract => x[0] - x[1],
            BinaryKind.Multiply => x[0] * x[1],
            _ => x[0] / x[1],
        },
        Scale o => o.Shift == 0 ? x[0] * o.Factor : (x[0] * o.Factor).add_(o.Shift),
        Clamp o => x[0].clamp(o.Min, o.Max),
        Concat o => cat(x, o.Along + 1),
        Slice o => x[0].narrow(o.Along + 1, o.Start, o.Count),
        Resize o => o.Interpolation == Interpolation.Nearest
            ? F.interpolate(x[0], scale_factor: [o.Factor, o.Factor], mode: InterpolationMode.Nearest)
            : F.interpolate(x[0], scale_factor: [o.Factor, o.Factor], mode: InterpolationMode.Bilinear, align_corners: false),
        CornerResize o => F.interpolate(x[0], size: [o.Output.Shape[1], o.Output.Shape[2]], mode: InterpolationMode.Bilinear, align_corners: true),
        AveragePool o => F.avg_pool2d(x[0], o.Size, o.Size),
        MaxPool o => F.max_pool2d(x[0], o.Size, o.Stride, o.Padding),
        Reduce o => o.Mean ? x[0].mean([.. o.Along.Select(axis => axis + 1L)]) : x[0].sum([.. o.Along.Select(axis => axis + 1L)]),
        GridSample o => Sample(x[0], x[1], o),
        MatMul => x[0].to_type(compute).matmul(x[1].to_type(compute)),
        ScaledAttention o => Attend(x, o.Heads, compute),
        Reshape o => x[0].reshape([x[0].shape[0], .. o.Output.Shape.Select(side => (long)side)]),
        Transpose o => x[0].permute([0, .. o.Order.Select(axis => axis + 1L)]),
        PixelShuffle o => F.pixel_shuffle(x[0], o.Factor),
        StopGradient => x[0].detach(),
        Precise => x[0].to_type(compute == ScalarType.Float64 ? compute : ScalarType.Float32),
        _ => throw new NotSupportedException($"Torch does not know {operation.GetType().Name}."),
    };

    private static Tensor Activate(ActivationKind kind, Tensor x) => kind switch
    {
        ActivationKind.Relu => F.relu(x),
        ActivationKind.Silu => F.silu(x),
        ActivationKind.Gelu => F.gelu(x),
        ActivationKind.HardSwish => F.hardswish(x),
        ActivationKind.Sigmoid => x.sigmoid(),
        ActivationKind.Tanh => x.tanh(),
        ActivationKind.Softplus => F.softplus(x),
        _ => x.exp(),
    };

    private static Tensor Channels(Tensor vector, Tensor like) => vector.to_type(like.dtype).view([-1, .. Enumerable.Repeat(1L, (int)like.dim() - 2)]);

    // Places need more than bfloat16's eight bits.
    private static Tensor Sample(Tensor x, Tensor grid, GridSample how)
    {
        ScalarType exact = x.dtype == ScalarType.Float64 ? ScalarType.Float64 : ScalarType.Float32;
        return F.grid_sample(x.to_type(exact), grid.to_type(exact), GridSampleMode.Bilinear, how.Border ? GridSamplePaddingMode.Border : GridSamplePaddingMode.Zeros, align_corners: how.AlignCorners).to_type(x.dtype);
    }

    private static Tensor Attend(Tensor[] x, int heads, ScalarType compute)
    {
        long batch = x[0].shape[0];
        Tensor Split(Tensor t) => t.to_type(compute).reshape(batch, t.shape[1], heads, t.shape[2] / heads).transpose(1, 2);
        return F.scaled_dot_product_attention(Split(x[0]), Split(x[1]), Split(x[2])).transpose(1, 2).reshape(batch, x[0].shape[1], x[2].shape[2]);
    }
}

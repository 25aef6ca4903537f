using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Impersonator.Training.Trainers;

/// <summary>Heat maps as distributions over their cells, and sums over them with bell curves, one axis after the other.</summary>
internal sealed class HeatMaps
{
    private readonly Tensor _logits, _centres;

    /// <param name="logits">[B, K, G, G].</param>
    public HeatMaps(Tensor logits)
    {
        _logits = logits;
        _centres = arange(logits.shape[3], ScalarType.Float32, logits.device) + 0.5f;
        Odds = F.softmax(logits.flatten(2), -1).view(logits.shape);
        X = (Odds.sum(2) * _centres).sum(-1);
        Y = (Odds.sum(3) * _centres).sum(-1);
    }

    /// <summary>[B, K, G, G] adds up to one over each map.</summary>
    public Tensor Odds { get; }

    /// <summary>[B, K] mean column of the distribution, cells with centres at +0.5.</summary>
    public Tensor X { get; }

    /// <summary>[B, K] mean row.</summary>
    public Tensor Y { get; }

    /// <summary>[B, K] cross-entropy to a Gaussian around a place: <c>log Σ exp(heat) − Σ target · heat</c>.</summary>
    /// <param name="x">[B, K] cells.</param>
    /// <param name="y">[B, K] cells.</param>
    /// <param name="deviation">Of the Gaussian, cells.</param>
    public Tensor CrossEntropy(Tensor x, Tensor y, float deviation)
        => logsumexp(_logits.flatten(2), -1) - Sum(_logits, F.softmax(Exponent(x, deviation), -1), F.softmax(Exponent(y, deviation), -1));

    /// <summary>[B, K] how much of the distribution lies at a place: the sum with a bell curve of height one.</summary>
    public Tensor Near(Tensor x, Tensor y, float deviation) => Sum(Odds, exp(Exponent(x, deviation)), exp(Exponent(y, deviation)));

    /// <summary>[B, K] the mean over a square around the highest 3 x 3 cells: where the keypoint is when there are several guesses, and how much of the heat lies there.</summary>
    /// <param name="radius">Cells to each side that count.</param>
    public (Tensor X, Tensor Y, Tensor Concentration) Peaks(int radius)
    {
        long g = _centres.shape[0];
        Tensor best = F.avg_pool2d(Odds, [3, 3], [1, 1], [1, 1]).flatten(2).argmax(-1);
        Tensor Window(Tensor at) => ((_centres.view(1, 1, -1) - (at.to_type(ScalarType.Float32) + 0.5f).unsqueeze(2)).abs() < radius + 0.5f).to_type(ScalarType.Float32);
        Tensor columns = Window(best.remainder(g)), rows = Window(best.div(g, RoundingMode.floor));
        Tensor total = Sum(Odds, columns, rows) + 1e-12f;
        return (Sum(Odds, columns * _centres, rows) / total, Sum(Odds, columns, rows * _centres) / total, total);
    }

    private Tensor Exponent(Tensor at, float deviation)
    {
        Tensor d = (_centres.view(1, 1, -1) - at.unsqueeze(2)) / deviation;
        return d * d * -0.5f;
    }

    /// <summary>Σ map · column · row: the two-dimensional bell is never laid out.</summary>
    private static Tensor Sum(Tensor maps, Tensor columns, Tensor rows) => (maps.matmul(columns.unsqueeze(3)).squeeze(3) * rows).sum(-1);
}

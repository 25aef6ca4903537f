namespace Impersonator.Networks.Operations;

internal sealed class BatchNormalization(string name, Value x, float scale, float momentum) : Operation(name, [x], x.Shape,
    new Parameter(name + ".scale", [x.Shape[0]], ParameterKind.Vector, Initialiser.Constant(scale)),
    new Parameter(name + ".shift", [x.Shape[0]], ParameterKind.Vector, Initialiser.Zero),
    new Parameter(name + ".mean", [x.Shape[0]], ParameterKind.Statistic, Initialiser.Zero),
    new Parameter(name + ".variance", [x.Shape[0]], ParameterKind.Statistic, Initialiser.One))
{
    public const float Epsilon = 1e-5f;

    public float Momentum => momentum;

    /// <summary>The norm as one factor and one summand per channel.</summary>
    public (float[] Factor, float[] Summand) AsAffine(Weights weights)
    {
        ReadOnlySpan<float> scales = weights[Parameters[0]], shifts = weights[Parameters[1]], means = weights[Parameters[2]], variances = weights[Parameters[3]];
        var factor = new float[scales.Length];
        var summand = new float[scales.Length];
        for (int c = 0; c < factor.Length; c++)
        {
            factor[c] = scales[c] / MathF.Sqrt(variances[c] + Epsilon);
            summand[c] = shifts[c] - (means[c] * factor[c]);
        }
        return (factor, summand);
    }

    public override void Emit(OnnxGraphWriter onnx)
    {
        (float[] factor, float[] summand) = AsAffine(onnx.Weights);
        onnx.ScaleChannels(Name, onnx[Input], factor, summand, Output);
    }
}

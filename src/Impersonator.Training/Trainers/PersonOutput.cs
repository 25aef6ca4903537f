using Impersonator.Torch;
using Impersonator.Training.Augmentations;
using static TorchSharp.torch;

namespace Impersonator.Training.Trainers;

/// <summary>What PersonNet says about B pictures of P x P pixels, in single precision; G = P/4.</summary>
/// <param name="Heat">[B, K, G, G] logits; a softmax over the picture is the distribution of each keypoint.</param>
/// <param name="Scale">[B, K] logarithm of the expected error, cells of the heat map.</param>
/// <param name="Inside">[B, K] logits: does the keypoint lie in the picture?</param>
/// <param name="Matte">[B, 1, P/2, P/2] logits.</param>
/// <param name="Parts">[B, 15, G, G] logits, 0 = none.</param>
/// <param name="Surface">[B, 3, G, G] canonical coordinates.</param>
/// <param name="Depth">[B, 1, G, G] metres behind the pelvis.</param>
internal sealed record PersonOutput(Tensor Heat, Tensor Scale, Tensor Inside, Tensor Matte, Tensor Parts, Tensor Surface, Tensor Depth)
{
    /// <summary>The network's outputs by name.</summary>
    public static PersonOutput Of(IReadOnlyDictionary<string, Tensor> outputs)
    {
        Tensor Get(string name) => outputs[name].to_type(ScalarType.Float32);
        return new PersonOutput(Get("heat"), Get("scale"), Get("inside"), Get("matte"), Get("parts"), Get("surface"), Get("depth"));
    }

    /// <summary>What the network says about a batch.</summary>
    public static PersonOutput Of(TorchEngine engine, PersonBatch batch, bool training, Tensor? parameters = null)
        => Of(engine.Forward(new Dictionary<string, Tensor> { ["picture"] = batch.Picture }, training, parameters));
}

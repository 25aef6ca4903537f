using Impersonator.Torch;
using Impersonator.Training.Augmentations;
using static TorchSharp.torch;

namespace Impersonator.Training.Trainers;

/// <summary>A person as a generator draws them, B pictures of S x S pixels.</summary>
/// <param name="Colour">[B, 3, S, S] straight sRGB.</param>
/// <param name="Alpha">[B, 1, S, S] in 0 … 1.</param>
/// <param name="Blend">[B, 1, S, S] how far the mesh's own colour was kept.</param>
internal sealed record GeneratorOutput(Tensor Colour, Tensor Alpha, Tensor Blend)
{
    /// <summary>Draws a batch.</summary>
    /// <param name="engine">Of a graph with the inputs and outputs of <see cref="Networks.GeneratorNet.Build"/>, for one photo.</param>
    /// <param name="batch">The pairs.</param>
    /// <param name="training">Whether batch norms use and update with the batch.</param>
    /// <param name="parameters">Values to use instead of the engine's.</param>
    public static GeneratorOutput Of(TorchEngine engine, PairBatch batch, bool training, Tensor? parameters = null)
    {
        var inputs = new Dictionary<string, Tensor> { ["frame"] = batch.Frame, ["photo.0"] = batch.Photo, ["flow.0"] = batch.Flow };
        IReadOnlyDictionary<string, Tensor> said = engine.Forward(inputs, training, parameters);
        Tensor blend = sigmoid(said["blend"]) * batch.Coverage, paint = said["paint"];
        return new GeneratorOutput(paint + (blend * (batch.Mesh - paint)), sigmoid(said["matte"]), blend);
    }

    /// <summary>The mesh as it is.</summary>
    public static GeneratorOutput Mesh(PairBatch batch) => new(batch.Mesh, batch.Coverage, ones_like(batch.Coverage));
}

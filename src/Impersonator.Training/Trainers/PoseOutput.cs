using Impersonator.Networks;
using Impersonator.Torch;
using static TorchSharp.torch;

namespace Impersonator.Training.Trainers;

/// <summary>What PoseNet says about B windows, in single precision.</summary>
/// <param name="Local">[B, 22, 3, 3] local rotations; the root's is cameraFromBody for a camera that looks through the window's middle.</param>
/// <param name="Spread">[B, 22, 3] logarithm of the expected error about each joint's own axes, radians.</param>
/// <param name="Error">[B, 22] logarithm of the expected error of each joint's place relative to the pelvis, metres.</param>
/// <param name="Shape">[B, 16] coefficients.</param>
/// <param name="Place">[B, 3] the pelvis in the window, and the logarithm of half a side of the window at its depth, metres.</param>
internal sealed record PoseOutput(Tensor Local, Tensor Spread, Tensor Error, Tensor Shape, Tensor Place)
{
    /// <summary>What the network says.</summary>
    public static PoseOutput Of(TorchEngine engine, PoseInput input, bool training, Tensor? parameters = null)
    {
        IReadOnlyDictionary<string, Tensor> outputs = engine.Forward(input.Named, training, parameters);
        Tensor Get(string name) => outputs[name].to_type(ScalarType.Float32);
        return new PoseOutput(Rotations.OfSix(Get("rotations") + Base(engine.Device.Device)), Get("spread"), Get("error"), Get("shape"), Get("place"));
    }

    private static Tensor Base(Device device) => tensor(Enumerable.Range(0, PoseNet.JointCount).Select(PoseNet.Base)
        .SelectMany(b => new[] { b.First.X, b.First.Y, b.First.Z, b.Second.X, b.Second.Y, b.Second.Z }).ToArray(), [1, PoseNet.JointCount, 6]).to(device);
}

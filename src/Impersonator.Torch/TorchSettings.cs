using TorchSharp;

namespace Impersonator.Torch;

/// <summary>Switches of libtorch that decide speed on a CUDA device.</summary>
public static unsafe class TorchSettings
{
    /// <summary>Lets cuDNN time its algorithms once per shape: some seconds at first, faster steps after.</summary>
    public static void TuneConvolutions(bool on)
    {
        // at::globalContext().setBenchmarkCuDNN(on): TorchSharp does not offer it.
        nint context = ((delegate* unmanaged<nint>)TorchLibrary.Export("_ZN2at13globalContextEv"))();
        ((delegate* unmanaged<nint, byte, void>)TorchLibrary.Export("_ZN2at7Context17setBenchmarkCuDNNEb"))(context, on ? (byte)1 : (byte)0);
    }

    /// <summary>Whether float32 products may round their factors to TF32 (10 bits of mantissa).</summary>
    public static void AllowTf32(bool on)
    {
        torch.backends.cuda.matmul.allow_tf32 = on;
        torch.backends.cudnn.allow_tf32 = on;
    }
}

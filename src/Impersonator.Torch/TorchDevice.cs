using TorchSharp;

namespace Impersonator.Torch;

/// <summary>Where a network is trained: the processor or a CUDA device. Made from <c>--device auto|cpu|cuda</c>.</summary>
public sealed class TorchDevice
{
    private TorchDevice(torch.Device device, string description) => (Device, Description) = (device, description);

    /// <summary>The device as torch names it.</summary>
    public torch.Device Device { get; }

    /// <summary>What was taken and why, one line.</summary>
    public string Description { get; }

    /// <summary>Whether it is a CUDA device.</summary>
    public bool IsCuda => Device.type == DeviceType.CUDA;

    /// <summary>Loads libtorch if need be and takes the device asked for.</summary>
    /// <param name="name"><c>auto</c> (CUDA if there is any), <c>cpu</c> or <c>cuda</c>.</param>
    /// <param name="folder">Where libtorch lies; see <see cref="TorchLibrary.Load"/>.</param>
    /// <exception cref="TorchException">No libtorch, an unknown name, or <c>cuda</c> where there is none: says why.</exception>
    public static TorchDevice Choose(string name, string? folder = null)
    {
        if (name is not ("auto" or "cpu" or "cuda")) throw new TorchException($"Device \"{name}\" is unknown; use auto, cpu or cuda.");
        TorchLibrary.Load(folder);
        return Taken(name);
    }

    // A method of its own: the runtime touches TorchSharp's types when it compiles it, which must be after Load.
    private static TorchDevice Taken(string name)
    {
        string? obstacle = name == "cpu" ? "asked for" : CudaObstacle();
        if (obstacle is null) return new TorchDevice(torch.CUDA, $"cuda, device 0 of {torch.cuda.device_count()}; libtorch {torch.__version__} in {TorchLibrary.Folder}");
        if (name == "cuda") throw new TorchException($"Device cuda cannot be had: {obstacle}.");
        return new TorchDevice(torch.CPU, $"cpu, {torch.get_num_threads()} threads ({obstacle}); libtorch {torch.__version__} in {TorchLibrary.Folder}");
    }

    /// <summary>Why there is no CUDA device, or null if there is one. libtorch must be loaded.</summary>
    internal static string? CudaObstacle()
    {
        if (!TorchLibrary.HasCuda) return $"the libtorch in {TorchLibrary.Folder} is built for the CPU only; name one built for CUDA, e.g. a Python torch, by --torch or {TorchFolder.Variable}";
        if (torch.cuda.is_available()) return null;
        return File.Exists("/proc/driver/nvidia/version") ? "libtorch finds no CUDA device it can use; nvidia-smi tells more" : "no NVIDIA driver is loaded";
    }
}

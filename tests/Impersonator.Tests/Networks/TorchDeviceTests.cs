using Impersonator.Torch;

namespace Impersonator.Tests.Networks;

public sealed class TorchDeviceTests
{
    [Fact]
    public void Choose_UnknownName_SaysWhatThereIs()
    {
        TorchException bad = Assert.Throws<TorchException>(() => TorchDevice.Choose("gpu"));
        Assert.Equal("Device \"gpu\" is unknown; use auto, cpu or cuda.", bad.Message);
    }

    [Fact]
    public void Choose_Auto_SaysWhatItTookAndWhy()
    {
        var device = TorchDevice.Choose("auto");
        Assert.StartsWith(device.IsCuda ? "cuda, device 0" : "cpu, ", device.Description, StringComparison.Ordinal);
        Assert.Contains(TorchLibrary.Folder!, device.Description, StringComparison.Ordinal);
    }

    [Fact]
    public void Choose_CudaThatCannotBeHad_SaysWhy()
    {
        if (TorchDevice.Choose("auto").IsCuda) return;
        TorchException bad = Assert.Throws<TorchException>(() => TorchDevice.Choose("cuda"));
        Assert.StartsWith("Device cuda cannot be had: ", bad.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', bad.Message);
    }

    [Fact]
    public void Find_FolderWithoutLibtorch_IsRefused()
    {
        using var folder = new TemporaryFolder();
        TorchException bad = Assert.Throws<TorchException>(() => TorchFolder.Find(folder.Path));
        Assert.Contains("libtorch_cpu.so", bad.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("lib")]
    [InlineData("torch/lib")]
    public void Find_LibtorchOrPythonTorch_GivesItsLibFolder(string inside)
    {
        using var folder = new TemporaryFolder();
        string lib = Path.Combine(folder.Path, inside);
        Directory.CreateDirectory(lib);
        File.WriteAllBytes(Path.Combine(lib, "libtorch_cpu.so"), []);
        Assert.Equal(Path.TrimEndingDirectorySeparator(Path.GetFullPath(lib)), Path.TrimEndingDirectorySeparator(TorchFolder.Find(folder.Path)));
    }

    [Fact]
    public void Weaken_TheShim_MarksOneNeedAndNothingElse()
    {
        byte[] shim = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "libLibTorchSharp.so"));
        var elf = new ElfFile([.. shim]);
        Assert.Equal(0, elf.Weaken("GLIBCXX_9.9.99"));
        Assert.Equal(shim, elf.Bytes);
        Assert.Equal(1, elf.Weaken("GLIBCXX_3.4.32"));
        Assert.Equal(1, shim.Zip(elf.Bytes).Count(pair => pair.First != pair.Second));
        Assert.Contains(elf.Undefined(), symbol => symbol.Contains("conv2d", StringComparison.Ordinal));
    }

    [Fact]
    public void Train_Probe_LowersTheLoss()
    {
        (float first, float last) = TorchProbe.Train(TorchDevice.Choose("cpu"));
        Assert.True(last < first / 2, $"{first} to {last}");
    }
}

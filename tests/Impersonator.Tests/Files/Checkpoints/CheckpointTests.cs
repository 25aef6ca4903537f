using System.Text;
using Impersonator.Files;
using Impersonator.Files.Checkpoints;

namespace Impersonator.Tests.Files.Checkpoints;

public sealed class CheckpointTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly CheckpointFile _file = new();

    public static TheoryData<bool> Containers => [true, false];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Containers))]
    public void Read_EitherContainer_GivesTheTensors(bool zip)
    {
        Checkpoint read = Read(_file.Add("a.weight", [1, 2, 3, 4, 5, 6], 2, 3).Add("module.b.bias", [-0.5f], 1).Add("none", [], 0, 4), zip);
        Assert.Equal(["a.weight", "b.bias", "none"], read.Tensors.Keys);
        Assert.Equal([2, 3], read.Tensors["a.weight"].Shape);
        Assert.Equal([1, 2, 3, 4, 5, 6], read.Tensors["a.weight"].ToSingles());
        Assert.Equal([-0.5f], read.Tensors["b.bias"].ToSingles());
        Assert.Empty(read.Tensors["none"].ToSingles());
    }

    [Fact]
    public void Read_FilesOfPyTorchItself_GiveTheTensors()
    {
        foreach (string sample in (string[])[CheckpointSamples.Zip, CheckpointSamples.Stream])
        {
            File.WriteAllBytes(_folder["linear.pth"], Convert.FromBase64String(sample));
            Checkpoint read = Checkpoint.Read(_folder["linear.pth"]);
            Assert.Equal(["weight", "bias"], read.Tensors.Keys);
            Assert.Equal([2, 3], read.Tensors["weight"].Shape);
            Assert.Equal([0.31470075249671936f, -0.1556776762008667f, 0.09010622650384903f, -0.46622174978256226f, 0.5532854199409485f, 0.40127986669540405f], read.Tensors["weight"].ToSingles());
            Assert.Equal([0.4058747887611389f, 0.12352479994297028f], read.Tensors["bias"].ToSingles());
        }
    }

    [Theory]
    [MemberData(nameof(Containers))]
    public void Read_OtherElements_AreWidened(bool zip)
    {
        Checkpoint read = Read(_file.Add<Half>("half", "HalfStorage", [(Half)0.25f, (Half)(-3)], 2).Add<ushort>("brain", "BFloat16Storage", [0x3FC0], 1)
            .Add("double", "DoubleStorage", [0.1], 1).Add("count", "LongStorage", [7L]), zip);
        Assert.Equal([0.25f, -3], read.Tensors["half"].ToSingles());
        Assert.Equal([1.5f], read.Tensors["brain"].ToSingles());
        Assert.Equal([0.1f], read.Tensors["double"].ToSingles());
        Assert.Equal("float16", read.Tensors["half"].Element);
        Assert.False(read.Tensors["count"].IsFloating);
        Assert.Throws<InvalidOperationException>(read.Tensors["count"].ToSingles);
    }

    [Fact]
    public void ToSingles_Strides_AreFollowed()
    {
        // The transpose of the last two columns of [[1, 2, 3], [4, 5, 6]].
        byte[] bytes = [.. ((float[])[1, 2, 3, 4, 5, 6]).SelectMany(BitConverter.GetBytes)];
        Assert.Equal([2, 5, 3, 6], Read(_file.Add("t", "FloatStorage", bytes, 6, 1, [2, 2], [1, 3]), zip: true).Tensors["t"].ToSingles());
    }

    [Theory]
    [MemberData(nameof(Containers))]
    public void Read_CutAnywhere_IsRefusedInOneLine(bool zip)
    {
        byte[] whole = Bytes(_file.Add("a.weight", [1, 2, 3, 4, 5, 6], 2, 3).Add("b", [7], 1), zip);
        for (int length = 0; length < whole.Length; length += 7) Refused(whole[..length]);
    }

    [Theory]
    [MemberData(nameof(Containers))]
    public void Read_EveryByteChanged_IsReadOrRefusedInOneLine(bool zip)
    {
        byte[] whole = Bytes(_file.Add("a.weight", [1, 2, 3], 3), zip);
        for (int i = 0; i < whole.Length; i++)
        {
            byte[] changed = [.. whole];
            changed[i] ^= (byte)(1 + (i % 255));
            File.WriteAllBytes(_folder["x.pth"], changed);
            try
            {
                foreach (CheckpointTensor tensor in Checkpoint.Read(_folder["x.pth"]).Tensors.Values)
                    if (tensor.IsFloating) tensor.ToSingles();
            }
            catch (InputException refused)
            {
                Assert.DoesNotContain('\n', refused.Message);
            }
        }
    }

    [Theory]
    [InlineData("posix\nsystem")]
    [InlineData("builtins\neval")]
    [InlineData("torch\nload")]
    [InlineData("torch._utils\n_rebuild_parameter_with_state")]
    [InlineData("numpy.core.multiarray\n_reconstruct")]
    public void Read_ForeignName_IsRefusedAndNamed(string name)
    {
        _file.Rebuild = name;
        foreach (bool zip in (bool[])[true, false])
            Assert.Contains($"names {name.Replace('\n', '.')}; refused, nothing was run", Refused(Bytes(_file.Add("a", [1], 1), zip)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0x82)] // a name by number from Python's registry
    [InlineData((byte)'P')] // a storage by a line of text
    [InlineData(0x97)] // a buffer outside the file
    public void Read_ForeignInstruction_IsRefused(byte opcode)
    {
        _file.Change = pickle => [.. pickle[..^1], opcode, (byte)'.'];
        Assert.Contains($"instruction 0x{opcode:X2}", Refused(_file.Add("a", [1], 1).Zip()), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_BigEndian_IsRefused()
    {
        _file.Add("a", [1], 1).LittleEndian = false;
        Assert.Contains("highest byte first; save it again on a little-endian machine", Refused(_file.Zip()), StringComparison.Ordinal);
        Assert.Contains("highest byte first; save it again on a little-endian machine", Refused(_file.Stream()), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_TensorBeyondItsStorage_IsRefused()
    {
        byte[] three = new byte[12];
        foreach ((int offset, int[] shape, int[] strides) in ((int, int[], int[])[])[(0, [4], [1]), (1, [3], [1]), (0, [2, 2], [2, 1]), (-1, [1], [1]), (0, [2], [-1]), (0, [2], [int.MaxValue]), (3, [1], [1]), (0, [1 << 20, 1 << 20], [0, 0])])
            Assert.StartsWith("x.pth: holds a tensor", Refused(new CheckpointFile().Add("t", "FloatStorage", three, 3, offset, shape, strides).Zip()), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_StorageOfAnotherLength_IsRefused()
    {
        var file = new CheckpointFile().Add("t", "FloatStorage", new byte[8], 3, 0, [3], [1]);
        Assert.Contains("8 bytes, 12 are expected", Refused(file.Zip()), StringComparison.Ordinal);
        Assert.Contains("ends early", Refused(file.Stream()), StringComparison.Ordinal);
        // A claim of gigabytes costs nothing.
        Assert.Contains("claims", Refused(new CheckpointFile().Add("t", "DoubleStorage", [], int.MaxValue, 0, [1], [1]).Stream()), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_WhatIsNoCheckpoint_SaysWhatItIsNot()
    {
        Assert.Contains("no PyTorch checkpoint", Refused("Not a checkpoint at all."u8.ToArray()), StringComparison.Ordinal);
        Assert.Contains("is no PyTorch checkpoint", Refused([0x80, 2, (byte)'K', 1, (byte)'.']), StringComparison.Ordinal);
        Assert.Contains("no tensors at its top level", Refused(new CheckpointFile().Zip()), StringComparison.Ordinal);
        Assert.Contains("no such file", Assert.ThrowsAny<InputException>(() => Checkpoint.Read(_folder["none.pth"])).Message, StringComparison.Ordinal);
        _file.Change = _ => [0x80, 2, .. "}"u8, .. CheckpointFile.Text("state_dict"), .. "}s."u8];
        Assert.Contains("only state_dict", Refused(_file.Zip()), StringComparison.Ordinal);
    }

    private static byte[] Bytes(CheckpointFile file, bool zip) => zip ? file.Zip() : file.Stream();

    private Checkpoint Read(CheckpointFile file, bool zip)
    {
        File.WriteAllBytes(_folder["x.pth"], Bytes(file, zip));
        return Checkpoint.Read(_folder["x.pth"]);
    }

    private string Refused(byte[] bytes)
    {
        File.WriteAllBytes(_folder["x.pth"], bytes);
        string message = Assert.ThrowsAny<InputException>(() => Checkpoint.Read(_folder["x.pth"])).Message;
        Assert.DoesNotContain('\n', message);
        return message;
    }
}

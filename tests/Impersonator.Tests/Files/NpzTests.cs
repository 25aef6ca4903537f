using System.IO.Compression;
using Impersonator.Files;

namespace Impersonator.Tests.Files;

public sealed class NpzTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private string Write(Action<NpzWriter> add)
    {
        using (OutputFile file = OutputFile.Create(_folder["a.npz"]))
        {
            using (var writer = new NpzWriter(file.Stream)) add(writer);
            file.Complete();
        }
        return _folder["a.npz"];
    }

    private string Zip(string entryName, Action<Stream> write)
    {
        using ZipArchive zip = ZipFile.Open(_folder["a.npz"], ZipArchiveMode.Create);
        using Stream entry = zip.CreateEntry(entryName, CompressionLevel.Fastest).Open();
        write(entry);
        return _folder["a.npz"];
    }

    [Fact]
    public void WriteRead_ReturnsWhatWasWritten()
    {
        string path = Write(w =>
        {
            w.Add<double>("poses", [1, 2, 3, 4, 5, 6], 2, 3);
            w.Add<float>("rate", [30], []);
            w.Add<int>("parents", [-1, 0], 2);
            w.Add<bool>("flags", [true, false], 2);
            w.Add("gender", "neutral");
        });
        using NpzReader npz = NpzReader.Open(path);
        Assert.Equal(["poses", "rate", "parents", "flags", "gender"], npz.Names);
        Assert.Equal([2, 3], npz.Read("poses").Shape);
        Assert.Equal([1d, 2, 3, 4, 5, 6], npz.Read("poses").ToDoubles());
        Assert.Empty(npz.Read("rate").Shape);
        Assert.Equal([30f], npz.Read("rate").ToSingles());
        Assert.Equal([-1, 0], npz.Read("parents").ToInt32s());
        Assert.Equal([1, 0], npz.Read("flags").ToInt32s());
        Assert.Equal(["neutral"], npz.Read("gender").ToTexts());
    }

    [Fact]
    public void Write_SameArrays_SameBytes()
    {
        byte[] first = File.ReadAllBytes(Write(w => w.Add<float>("a", [1, 2], 2)));
        Assert.Equal(first, File.ReadAllBytes(Write(w => w.Add<float>("a", [1, 2], 2))));
    }

    [Fact]
    public void Write_Header_EndsOnAMultipleOf64()
    {
        using ZipArchive zip = ZipFile.OpenRead(Write(w => w.Add<float>("a", [1, 2], 2)));
        using var bytes = new MemoryStream();
        using (Stream entry = zip.Entries[0].Open()) entry.CopyTo(bytes);
        Assert.Equal(0, (bytes.Length - 8) % 64);
        Assert.Equal((byte)'\n', bytes.ToArray()[^9]);
    }

    [Fact]
    public void Read_MissingName_NamesWhatIsThere()
    {
        using NpzReader npz = NpzReader.Open(Write(w => w.Add<float>("a", [1], 1)));
        Assert.Contains("only a", Assert.Throws<NpyFormatException>(() => npz.Read("b")).Message);
    }

    [Fact]
    public void Read_ObjectsBesideNumbers_RefusesOnlyTheObjects()
    {
        string path = Write(w => w.Add<float>("a", [1], 1));
        using (ZipArchive zip = ZipFile.Open(path, ZipArchiveMode.Update))
        using (Stream entry = zip.CreateEntry("o.npy").Open()) entry.Write(Npy.File(Npy.Header("'|O'", "(1,)"), [0x80, 2, (byte)'N', (byte)'.']));
        using NpzReader npz = NpzReader.Open(path);
        Assert.Equal([1f], npz.Read("a").ToSingles());
        Assert.Throws<NpyFormatException>(() => npz.Read("o"));
    }

    [Fact]
    public void Open_Bomb_IsRefusedBeforeUnpacking()
    {
        string path = Zip("a.npy", s =>
        {
            s.Write(Npy.File(Npy.Header("'|u1'", "(300000000,)"), []));
            var zeros = new byte[1 << 20];
            for (int i = 0; i < 287; i++) s.Write(zeros);
        });
        Assert.InRange(new FileInfo(path).Length, 0, 4 << 20);
        string message = Assert.Throws<NpyFormatException>(() => NpzReader.Open(path)).Message;
        Assert.Contains("a.npz: unpacks to more than the limit of 256 MiB", message);
    }

    [Fact]
    public void Read_EntryThatLiesAboutItsSize_IsReadOnlyAsFarAsItClaims()
    {
        string path = Zip("a.npy", s => s.Write(Npy.File(Npy.Header("'|u1'", "(5000,)"), new byte[5000])));
        byte[] bytes = File.ReadAllBytes(path);
        int central = bytes.AsSpan().LastIndexOf("PK\u0001\u0002"u8);
        BitConverter.GetBytes(200).CopyTo(bytes, central + 24);
        File.WriteAllBytes(path, bytes);
        using NpzReader npz = NpzReader.Open(path);
        Assert.Throws<NpyFormatException>(() => npz.Read("a"));
    }

    [Fact]
    public void Open_Text_IsOneLine()
    {
        File.WriteAllText(_folder["a.npz"], "no zip");
        Assert.Equal("a.npz: is no zip archive or a damaged one; save it again with numpy.savez.", Assert.Throws<NpyFormatException>(() => NpzReader.Open(_folder["a.npz"])).Message);
    }
}

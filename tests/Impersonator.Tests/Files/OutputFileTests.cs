using Impersonator.Files;

namespace Impersonator.Tests.Files;

public class OutputFileTests
{
    [Fact]
    public void Complete_ReplacesTheTargetAndLeavesNothingElse()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["a.txt"], "old");
        using (OutputFile file = OutputFile.Create(folder["a.txt"]))
        {
            file.Stream.Write("new"u8);
            Assert.Equal("old", File.ReadAllText(folder["a.txt"]));
            file.Complete();
        }
        Assert.Equal("new", File.ReadAllText(folder["a.txt"]));
        Assert.Equal(["a.txt"], folder.Names);
    }

    [Fact]
    public void Dispose_WithoutComplete_LeavesTheOldFileAndNothingElse()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["a.txt"], "old");
        using (OutputFile file = OutputFile.Create(folder["a.txt"])) file.Stream.Write(new byte[100_000]);
        Assert.Equal("old", File.ReadAllText(folder["a.txt"]));
        Assert.Equal(["a.txt"], folder.Names);
    }

    [Fact]
    public void Create_MissingFolder_IsOneLineThatNamesThePath()
    {
        using var folder = new TemporaryFolder();
        string path = folder["missing/a.txt"];
        var error = Assert.Throws<OutputException>(() => OutputFile.Create(path));
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void Create_OnAFolder_IsRefused()
    {
        using var folder = new TemporaryFolder();
        Assert.Throws<OutputException>(() => OutputFile.Create(folder.Path));
    }

    [Fact]
    public void Stream_OnAFullDisk_IsOneLineThatNamesThePath()
    {
        using var stream = new OutputStream(new FullDisk(), "film.webm");
        var error = Assert.Throws<OutputException>(() => stream.Write(new byte[10]));
        Assert.Equal("film.webm cannot be written: the disk is full; free some space or choose another place", error.Message);
    }

    private sealed class FullDisk : MemoryStream
    {
        public override void Write(ReadOnlySpan<byte> buffer) => throw new IOException("No space left on device", 28);
    }
}

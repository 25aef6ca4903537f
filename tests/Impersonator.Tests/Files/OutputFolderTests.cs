using Impersonator.Files;

namespace Impersonator.Tests.Files;

public class OutputFolderTests
{
    [Fact]
    public void Complete_ReplacesAnOlderFolderOfOurs()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["film"]);
        File.WriteAllText(folder["film/frame_1.png"], "old");
        File.WriteAllText(folder["film/frame_2.png"], "old");
        using (OutputFolder output = OutputFolder.Create(folder["film/"], "frame_*.png"))
        {
            File.WriteAllText(Path.Combine(output.TemporaryPath, "frame_1.png"), "new");
            output.Complete();
        }
        Assert.Equal(["film"], folder.Names);
        Assert.Equal("new", File.ReadAllText(Assert.Single(Directory.GetFiles(folder["film"]))));
    }

    [Fact]
    public void Create_OnAFolderWithOtherFiles_IsRefusedAndTouchesNothing()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["photos"]);
        File.WriteAllText(folder["photos/holiday.png"], "precious");
        Assert.Throws<OutputException>(() => OutputFolder.Create(folder["photos"], "frame_*.png"));
        Assert.Equal("precious", File.ReadAllText(folder["photos/holiday.png"]));
        Assert.Equal(["photos"], folder.Names);
    }

    [Fact]
    public void Dispose_WithoutComplete_LeavesNothing()
    {
        using var folder = new TemporaryFolder();
        using (OutputFolder output = OutputFolder.Create(folder["film"], "frame_*.png"))
            File.WriteAllText(Path.Combine(output.TemporaryPath, "frame_1.png"), "new");
        Assert.Empty(folder.Names);
    }
}

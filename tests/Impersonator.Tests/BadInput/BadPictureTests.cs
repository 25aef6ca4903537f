using Impersonator.Imaging;
using Impersonator.Networks;
using Impersonator.Recovery;
using Impersonator.Tests.Imaging;

namespace Impersonator.Tests.BadInput;

/// <summary>Files that are no pictures, and pictures that show nobody, for every verb that starts from a photo: one line, nothing left behind.</summary>
[Collection(ConsoleUsers.Name)]
public sealed class BadPictureTests : IDisposable
{
    private readonly Tool _tool = new();

    public static TheoryData<string> Verbs { get; } = ["recover", "animate", "turn", "dress", "export"];

    public void Dispose() => _tool.Dispose();

    private Task Refuses(string verb, string photo, string expected) => _tool.RefusesAsync(expected, verb switch
    {
        "animate" => ["animate", _tool[photo], "--motion", "wave", "-q", "-o", _tool["out.mp4"]],
        "dress" => ["dress", _tool[photo], "--wear", _tool["ada.jpg"], "-q", "-o", _tool["out.png"]],
        "turn" => ["turn", _tool[photo], "-q", "-o", _tool["out.png"]],
        "export" => ["export", _tool[photo], "-q", "-o", _tool["out.glb"]],
        _ => ["recover", _tool[photo], "-q", "-o", _tool["out"]],
    });

    [Theory]
    [MemberData(nameof(Verbs))]
    public Task EmptyFile(string verb)
    {
        File.WriteAllBytes(_tool["empty.jpg"], []);
        return Refuses(verb, "empty.jpg", "empty.jpg is empty");
    }

    [Theory]
    [MemberData(nameof(Verbs))]
    public Task TextNamedJpg(string verb)
    {
        File.WriteAllText(_tool["notes.jpg"], "Dear diary");
        return Refuses(verb, "notes.jpg", "notes.jpg is not a JPEG, PNG or WebP picture");
    }

    [Theory]
    [MemberData(nameof(Verbs))]
    public Task Folder(string verb)
    {
        Directory.CreateDirectory(_tool["album.jpg"]);
        return Refuses(verb, "album.jpg", "album.jpg is a folder");
    }

    [Theory]
    [MemberData(nameof(Verbs))]
    public Task HalfAFile(string verb)
    {
        byte[] whole = File.ReadAllBytes(_tool["ada.jpg"]);
        File.WriteAllBytes(_tool["half.jpg"], whole[..(whole.Length / 2)]);
        return Refuses(verb, "half.jpg", "half.jpg ends before its last row");
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(4000, 6)]
    public Task NobodyIn(int width, int height)
    {
        Assert.SkipUnless(Weights.Shipped.Contains(PersonRecovery.Network), "This build has no PersonNet.");
        ImageWriter.Write(_tool["odd.png"], Pictures.Smooth(width, height));
        return Refuses("turn", "odd.png", "odd.png: no person was found");
    }

    [Theory]
    [InlineData("recover")]
    [InlineData("animate")]
    public Task UnreadableFile(string verb)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess, "Who may read everything finds no such file.");
        File.Copy(_tool["ada.jpg"], _tool["locked.jpg"]);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(_tool["locked.jpg"], UnixFileMode.None);
        return Refuses(verb, "locked.jpg", "locked.jpg");
    }
}

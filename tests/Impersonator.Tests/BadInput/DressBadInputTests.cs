using System.Text.Json.Nodes;
using Impersonator.Imaging;

namespace Impersonator.Tests.BadInput;

/// <summary>What a user of <c>dress</c> gets for a second photo that gives no clothes.</summary>
[Collection(ConsoleUsers.Name)]
public sealed class DressBadInputTests : IDisposable
{
    private readonly Tool _tool = new();

    public void Dispose() => _tool.Dispose();

    private Task Refuses(string expected, params string[] more) => _tool.RefusesAsync(expected, ["dress", _tool["ada.jpg"], "-o", _tool["out.png"], .. more]);

    // Not quiet: a stage that has begun would be a second line.
    [Fact]
    public Task OtherPhotoIsMissing_IsNamedBeforeAnyWork() => Refuses("nobody.jpg", "--wear", _tool["nobody.jpg"]);

    [Fact]
    public Task OtherPhotoIsNoPicture_IsNamedBeforeAnyWork()
    {
        File.WriteAllText(_tool["notes.jpg"], "no picture");
        return Refuses("notes.jpg", "--wear", _tool["notes.jpg"]);
    }

    [Fact]
    public Task NobodysClothes_AsksWhose() => Refuses("Give --wear");

    [Fact]
    public Task TrousersOfAHalfBody_CannotBeWorn()
    {
        Image whole = PhotoReader.Read(_tool["ada.jpg"]).Image;
        ImageWriter.Write(_tool["upper.jpg"], whole.Crop(0, 0, whole.Width, 480).ToFrame());
        JsonNode joints = JsonNode.Parse(File.ReadAllText(_tool["ada.json"]))!;
        JsonObject keypoints = joints["keypoints"]!.AsObject();
        foreach (string name in keypoints.Where(p => p.Value!.AsArray()[1]!.GetValue<float>() > 480).Select(p => p.Key).ToArray()) keypoints.Remove(name);
        File.WriteAllText(_tool["upper.json"], keypoints.Parent!.ToJsonString());
        return Refuses("upper.jpg: shows nothing of what is worn below the waist", "--wear", _tool["upper.jpg"] + ":lower");
    }
}

using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using Impersonator.Files;
using Impersonator.Imaging;
using Impersonator.Networks;
using Impersonator.Recovery;
using Impersonator.Tests.Files;
using Impersonator.Tests.Imaging;

namespace Impersonator.Tests.BadInput;

/// <summary>What a user of the tool gets for bad input: one clear line, exit code 1, no output left.</summary>
[Collection(ConsoleUsers.Name)]
public sealed class AnimateBadInputTests : IDisposable
{
    private const string Bvh = "HIERARCHY\nROOT Hips\n{\nOFFSET 0 90 0\nCHANNELS 6 Xposition Yposition Zposition Zrotation Xrotation Yrotation\nEnd Site\n{\nOFFSET 0 10 0\n}\n}\nMOTION\nFrames: 2\nFrame Time: 0.033\n0 90 0 0 0 0\n0 90 0 0 0 0\n";
    private readonly Tool _tool = new();

    public void Dispose() => _tool.Dispose();

    private void ChangeJoints(Action<JsonObject> change)
    {
        JsonNode root = JsonNode.Parse(File.ReadAllText(_tool["ada.json"]))!;
        change(root["keypoints"]!.AsObject());
        File.WriteAllText(_tool["ada.json"], root.ToJsonString());
    }

    private string Motion(string name, string text)
    {
        File.WriteAllText(_tool[name], text);
        return _tool[name];
    }

    [Fact]
    public Task NoJointsFileAndNoNetwork_SaysThatJointsMustBeGiven()
    {
        Assert.SkipWhen(Weights.Shipped.Contains(PersonRecovery.Network), "This build finds people by itself.");
        File.Delete(_tool["ada.json"]);
        return _tool.AnimateRefusesAsync("give the joints yourself (--joints FILE)");
    }

    [Fact]
    public Task NamedJointsFileThatIsMissing_IsNamed() => _tool.AnimateRefusesAsync("nobody.json: no such joints file", more: ["--joints", _tool["nobody.json"]]);

    [Fact]
    public Task JointsOutsideThePicture_NameTheJoint()
    {
        ChangeJoints(k => k["left_knee"] = new JsonArray(9000, 675, 1));
        return _tool.AnimateRefusesAsync("left_knee at (9000, 675) lies outside ada.jpg (640x1024)");
    }

    [Fact]
    public Task FewerThanEightJoints_SayHowManyAreNeeded()
    {
        ChangeJoints(k =>
        {
            foreach (string name in k.Select(p => p.Key).Skip(7).ToArray()) k.Remove(name);
        });
        return _tool.AnimateRefusesAsync("ada.json: 7 keypoints are known, at least 8 are needed");
    }

    [Fact]
    public Task UnknownKeypoint_IsNamed()
    {
        ChangeJoints(k => k["third_arm"] = new JsonArray(1, 2, 1));
        return _tool.AnimateRefusesAsync("unknown keypoint \"third_arm\"");
    }

    [Fact]
    public Task TextNamedJpg_IsNoPicture()
    {
        File.WriteAllText(_tool["notes.jpg"], "Dear diary,\ntoday I was a picture.\n");
        return _tool.AnimateRefusesAsync("notes.jpg", photo: "notes.jpg");
    }

    [Fact]
    public Task HugePngHeader_IsRefusedBeforeDecoding()
    {
        ImageWriter.Write(_tool["huge.png"], Pictures.Smooth(2, 2), new ImageOptions { Marked = false });
        byte[] png = File.ReadAllBytes(_tool["huge.png"]);
        BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(16), 30000);
        BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(20), 30000);
        BinaryPrimitives.WriteUInt32BigEndian(png.AsSpan(29), PngMark.Checksum(png.AsSpan(12, 17)));
        File.WriteAllBytes(_tool["huge.png"], png);
        return _tool.AnimateRefusesAsync("30000×30000", photo: "huge.png");
    }

    [Fact]
    public Task MissingPhoto_IsNamed() => _tool.AnimateRefusesAsync("nobody.jpg", photo: "nobody.jpg");

    [Fact]
    public Task UnknownMotionName_IsNamed() => _tool.AnimateRefusesAsync("levitate", motion: "levitate");

    [Fact]
    public Task UnknownSkeleton_IsRefused() => _tool.AnimateRefusesAsync("pole.bvh: not the skeleton of a person", motion: Motion("pole.bvh", Bvh.Replace("Hips", "Pole").Replace("0 90 0", "0 0 0")));

    [Fact]
    public Task TruncatedBvh_NamesTheLine() => _tool.AnimateRefusesAsync("cut.bvh line ", motion: Motion("cut.bvh", Bvh[..^20]));

    [Fact]
    public Task NotANumberInAMotion_NamesTheLine() => _tool.AnimateRefusesAsync("nan.bvh line ", motion: Motion("nan.bvh", Bvh.Replace("0 90 0 0 0 0\n", "0 90 0 NaN 0 0\n")));

    [Fact]
    public Task MillionJoints_StopAtTheLimit()
    {
        var text = new StringBuilder("HIERARCHY\nROOT Hips\n{\nOFFSET 0 0 0\nCHANNELS 3 Zrotation Xrotation Yrotation\n");
        for (int j = 0; j < 1_000_000; j++) text.Append("JOINT j\n{\nOFFSET 0 1 0\nCHANNELS 0\n}\n");
        return _tool.AnimateRefusesAsync("crowd.bvh line ", motion: Motion("crowd.bvh", text.ToString()));
    }

    [Fact]
    public Task NotANumberInAnAmassFile_IsRefused()
    {
        using (FileStream file = File.Create(_tool["nan.npz"]))
        using (var npz = new NpzWriter(file))
        {
            var poses = new double[2 * 156];
            poses[200] = double.NaN;
            npz.Add<double>("poses", poses, 2, 156);
            npz.Add<double>("trans", new double[6], 2, 3);
            npz.Add<double>("mocap_framerate", [30]);
        }
        return _tool.AnimateRefusesAsync("nan", motion: _tool["nan.npz"]);
    }

    [Fact]
    public Task ZipBomb_IsRefusedBeforeUnpacking()
    {
        using (ZipArchive zip = ZipFile.Open(_tool["bomb.npz"], ZipArchiveMode.Create))
        using (Stream entry = zip.CreateEntry("poses.npy", CompressionLevel.Fastest).Open())
        {
            entry.Write(Npy.File(Npy.Header("'|u1'", "(300000000,)"), []));
            var zeros = new byte[1 << 20];
            for (int i = 0; i < 287; i++) entry.Write(zeros);
        }
        return _tool.AnimateRefusesAsync("bomb.npz: unpacks to more than the limit", motion: _tool["bomb.npz"]);
    }

    [Fact]
    public async Task PickleThatWouldRunCode_RunsNothing()
    {
        string motion = Motion("run.pkl", $"cposix\nsystem\n(S'touch {_tool["owned"]}'\ntR.");
        await _tool.AnimateRefusesAsync("run.pkl: names posix.system; refused, nothing was run", motion: motion);
        Assert.False(File.Exists(_tool["owned"]));
    }

    [Theory]
    [InlineData("--size", "100000", "Size 100000")]
    [InlineData("--fps", "0", "0 frames per second")]
    [InlineData("--seconds", "-1", "-1 seconds")]
    [InlineData("--background", "#12", "#rrggbb")]
    [InlineData("--engine", "magic", "magic")]
    [InlineData("--generator", "missing.safetensors", "missing.safetensors")]
    [InlineData("--photo", "missing.jpg", "missing.jpg")]
    public Task OptionOutOfRange_NamesIt(string option, string value, string expected) => _tool.AnimateRefusesAsync(expected, more: [option, value]);
}

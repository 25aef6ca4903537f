using System.Numerics;
using Impersonator.Bodies;
using Impersonator.Imaging;
using Impersonator.Recovery;

namespace Impersonator.Tests.Recovery;

public sealed class JointsFileTests : IDisposable
{
    private static readonly Photo Picture = new("me.jpg", new Image(200, 400));
    private readonly string _file = Path.Combine(Path.GetTempPath(), $"joints-{Guid.NewGuid():N}.json");

    public void Dispose() => File.Delete(_file);

    private Keypoints Read(string json, int? person = null)
    {
        File.WriteAllText(_file, json);
        return JointsFile.Read(_file, Picture, person);
    }

    private string Refused(string json)
    {
        string message = Assert.Throws<JointsFileException>(() => Read(json)).Message;
        Assert.DoesNotContain('\n', message);
        return message;
    }

    private static string Own(int count, string third = "1") => "{\"keypoints\": {" + string.Join(",", JointsFile.Names.Take(count).Select((n, i) => $"\"{n}\": [{10 * i}, {20 * i}, {third}]")) + "}}";

    [Fact]
    public void Read_OwnLayout_GivesEveryKeypoint()
    {
        Keypoints found = Read(Own(17, "0.5"));
        Assert.Equal(new Vector2(20, 40), found[Keypoint.Neck].Position);
        Assert.Equal(0.5f, found[Keypoint.LeftToe].Confidence);
    }

    [Fact]
    public void Write_ThenRead_GivesTheSame()
    {
        Keypoints before = Read(Own(12));
        using (FileStream stream = File.Create(_file)) JointsFile.Write(stream, before);
        Assert.Equal(before.Observations.AsEnumerable(), JointsFile.Read(_file, Picture).Observations);
    }

    [Fact]
    public void Read_OneFileForManyPhotos_TakesThePhotosOwn()
        => Assert.Equal(new Vector2(20, 40), Read("{\"you.jpg\": {}, \"me.jpg\": " + Own(17) + "}")[Keypoint.Neck].Position);

    [Fact]
    public void Read_Coco_TakesLeftAsLeftAndMakesANeck()
    {
        string numbers = string.Join(",", Enumerable.Range(0, 17).Select(i => $"{i},{2 * i},2"));
        Keypoints found = Read("[{\"keypoints\": [" + numbers + "]}]");
        Assert.Equal(new Vector2(5, 10), found[Keypoint.LeftShoulder].Position);
        Assert.Equal(new Vector2(16, 32), found[Keypoint.RightAnkle].Position);
        Assert.Equal(new Vector2(5.5f, 11), found[Keypoint.Neck].Position);
        Assert.Equal(0, found[Keypoint.LeftToe].Confidence);
    }

    [Theory]
    [InlineData(25, 12, 19)]
    [InlineData(18, 11, -1)]
    public void Read_OpenPose_TakesTheTallestPersonOrTheOneAskedFor(int points, int leftHip, int leftToe)
    {
        string Person(int scale) => "{\"pose_keypoints_2d\": [" + string.Join(",", Enumerable.Range(0, points).Select(i => $"{scale * i},{scale * 2 * i},0.9")) + "]}";
        string json = "{\"people\": [" + Person(2) + "," + Person(4) + "]}";
        Assert.Equal(new Vector2(4 * leftHip, 8 * leftHip), Read(json)[Keypoint.LeftHip].Position);
        Assert.Equal(new Vector2(2 * leftHip, 4 * leftHip), Read(json, person: 0)[Keypoint.LeftHip].Position);
        if (leftToe >= 0) Assert.Equal(new Vector2(4 * leftToe, 8 * leftToe), Read(json)[Keypoint.LeftToe].Position);
        else Assert.Equal(0, Read(json)[Keypoint.LeftToe].Confidence);
        Assert.Contains("no person 2", Assert.Throws<JointsFileException>(() => Read(json, person: 2)).Message);
    }

    [Fact]
    public void Read_MissingFile_SaysHowToWriteOne()
        => Assert.Contains("\"nose\"", Assert.Throws<JointsFileException>(() => JointsFile.Read("nowhere.json", Picture)).Message);

    [Fact]
    public void Read_SevenKeypoints_SaysHowManyAreNeeded() => Assert.Contains("at least 8", Refused(Own(7)));

    [Fact]
    public void Read_JointOutsideThePicture_NamesItAndThePicture()
        => Assert.Contains("left_wrist at (900, 900) lies outside me.jpg (200x400)", Refused(Own(17).Replace("\"left_wrist\": [80, 160", "\"left_wrist\": [900, 900", StringComparison.Ordinal)));

    [Theory]
    [InlineData("{\"keypoints\": {\"tail\": [1, 2, 1]}}", "tail")]
    [InlineData("{\"keypoints\": [1, 2, 3]}", "1 points")]
    [InlineData("{\"keypoints\": {\"nose\": [\"a\", 2, 1]}}", "not a joints file")]
    [InlineData("{\"keypoints\": {\"nose\": [1e99, 2, 1]}}", "not a joints file")]
    [InlineData("{\"other.jpg\": {\"keypoints\": {}}}", "none of me.jpg")]
    [InlineData("not json", "not a joints file")]
    [InlineData("{}", "layout")]
    [InlineData("3", "layout")]
    public void Read_Nonsense_GetsOneClearLine(string json, string says) => Assert.Contains(says, Refused(json));
}

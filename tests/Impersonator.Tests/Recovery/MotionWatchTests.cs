using Impersonator.Bodies;
using Impersonator.Files;
using Impersonator.Imaging;
using Impersonator.Networks;
using Impersonator.Recovery;
using Impersonator.Recovery.Capture;
using Impersonator.Videos;

namespace Impersonator.Tests.Recovery;

/// <summary>What is said of videos that hold no motion, before anybody is looked for.</summary>
public sealed class MotionWatchTests(MotionWatchTests.Untrained untrained) : IClassFixture<MotionWatchTests.Untrained>
{
    private readonly PersonRecovery _recovery = untrained.Recovery;

    /// <summary>A network that has learnt nothing, made once.</summary>
    public sealed class Untrained : IDisposable
    {
        public PersonRecovery Recovery { get; } = new(BodyModel.Default, Weights.Initialise(PersonNet.Build(new PersonNetSize()), 1));

        public void Dispose() => Recovery.Dispose();
    }

    private string Refused(int frames, CaptureOptions? options = null)
        => Assert.ThrowsAny<InputException>(() => new MotionCapture(_recovery).Watch("clip.mp4", Enumerable.Repeat(new Frame(32, 32), frames), 10, frames, options)).Message;

    [Fact]
    public void Watch_NoFrames_SaysHowManyAreNeeded() => Assert.Equal("clip.mp4 has 0 frames, a motion needs at least 2; give a longer video.", Refused(0));

    [Fact]
    public void Watch_PartAfterTheEnd_SaysSo()
        => Assert.Equal("clip.mp4: 0 of its 20 frames lie in the part asked for, a motion needs 2; choose another start and end.", Refused(20, new CaptureOptions { From = 5 }));

    [Theory]
    [InlineData(-1, null, null)]
    [InlineData(2, 1.0, null)]
    [InlineData(0, null, -1)]
    public void Watch_OptionsOutOfRange_AreRefused(double from, double? to, int? person)
        => Assert.DoesNotContain("clip.mp4", Refused(3, new CaptureOptions { From = from, To = to, Person = person }), StringComparison.Ordinal);

    [Fact]
    public void Watch_EndOfThePart_IsNotReadBeyond()
    {
        int read = 0;
        IEnumerable<Frame> Endless()
        {
            for (; ; read++) yield return new Frame(32, 32);
        }
        // Nobody is seen before the part begins: those frames are not looked at.
        Assert.ThrowsAny<InputException>(() => new MotionCapture(_recovery).Watch("clip.mp4", Endless(), 10, null, new CaptureOptions { From = 100, To = 100.05 }));
        Assert.InRange(read, 1000, 1003);
    }

    [Fact]
    public void Watch_Cancelled_Stops()
        => Assert.ThrowsAny<OperationCanceledException>(() => new MotionCapture(_recovery).Watch("clip.mp4", Enumerable.Repeat(new Frame(32, 32), 5), 10, token: new CancellationToken(canceled: true)));

    [Theory]
    [InlineData("clip.MP4", true)]
    [InlineData("clip.webm", true)]
    [InlineData("walk.bvh", false)]
    [InlineData("walk", false)]
    public void CanRead_TellsVideosByTheirEnding(string path, bool video) => Assert.Equal(video, VideoReader.CanRead(path));
}

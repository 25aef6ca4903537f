using System.Numerics;
using Impersonator.Bodies;
using Impersonator.Bodies.Gltf;
using Impersonator.Files;
using Impersonator.Imaging;
using Impersonator.Motions;
using Impersonator.Recovery;
using Impersonator.Rendering;
using Impersonator.Subjects;
using Impersonator.Synthesis;

namespace Impersonator.Tests.BadInput;

/// <summary>What is left when the work ends half-way: nothing.</summary>
public sealed class HalfWayTests : IDisposable
{
    private const int DiskFull = unchecked((int)0x80070070);
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>A grey body before a grey wall.</summary>
    private static Subject Grey()
    {
        Body body = BodyModel.Default.Create(Shape.Average);
        var camera = Camera.Front(96, 128, 150, 3);
        var person = new Person(new Keypoints([.. new KeypointObservation[Keypoints.Count]]), Shape.Average, Pose.Rest(Skeleton.SmplH, body.RestJoints[0]), camera);
        Image wall = new(96, 128), skin = new(8, 8);
        Array.Fill(wall.Pixels, new Vector4(0.2f, 0.2f, 0.2f, 1));
        Array.Fill(skin.Pixels, new Vector4(0.5f, 0.5f, 0.5f, 1));
        return new Subject("grey", person, body, [new SubjectLayer("body", body.Mesh, skin)], wall);
    }

    [Theory]
    [InlineData("out.webm")]
    [InlineData("out.gif")]
    [InlineData("out.webp")]
    [InlineData("frames")]
    public void Animate_CancelledHalfWay_LeavesNothing(string name)
    {
        using var stop = new CancellationTokenSource();
        var progress = new StopAfter(3, stop);
        Assert.ThrowsAny<OperationCanceledException>(() => Studio.Open().Animate(Grey(), MotionLibrary.Create("walk"), _folder[name], new ShotOptions { Size = 64, Seconds = 2 }, progress, stop.Token));
        Assert.True(progress.Reports >= 3);
        Assert.Empty(_folder.Names);
    }

    [Fact]
    public void Animate_Finished_LeavesTheFile()
    {
        Studio.Open().Animate(Grey(), MotionLibrary.Create("walk"), _folder["out.webm"], new ShotOptions { Size = 64, Seconds = 0.2f }, null, TestContext.Current.CancellationToken);
        Assert.Equal(["out.webm"], _folder.Names);
    }

    [Fact]
    public void Write_FullDisk_IsOneLineThatSaysSo()
    {
        using var stream = new OutputStream(new FullDisk(), "body.glb");
        Body body = BodyModel.Default.Create(Shape.Average);
        string message = Assert.Throws<OutputException>(() => GltfExport.Write(stream, body.Model.Skeleton, body.RestJoints, [new GltfLayer("body", body.Mesh)], null, TestContext.Current.CancellationToken)).Message;
        Assert.Equal("body.glb cannot be written: the disk is full; free some space or choose another place", message);
    }

    [Fact]
    public void Write_FullDeviceOfLinux_IsOneLineThatSaysSo()
    {
        if (!File.Exists("/dev/full")) return; // Linux only; the test above stands for the others.
        string message = Assert.Throws<OutputException>(() =>
        {
            using var stream = new OutputStream(File.OpenWrite("/dev/full"), "walk.npz");
            using var npz = new NpzWriter(stream);
            npz.Add<double>("poses", new double[1 << 16], 1 << 16);
        }).Message;
        Assert.Contains("walk.npz cannot be written: the disk is full", message);
        Assert.DoesNotContain('\n', message);
    }

    private sealed class StopAfter(int reports, CancellationTokenSource stop) : IProgress<StageProgress>
    {
        public int Reports { get; private set; }

        public void Report(StageProgress value)
        {
            if (++Reports == reports) stop.Cancel();
        }
    }

    /// <summary>Takes a little, then says what Windows says of a full disk; Linux' own words come from /dev/full.</summary>
    private sealed class FullDisk : MemoryStream
    {
        public override void Write(ReadOnlySpan<byte> buffer)
        {
            if (Length + buffer.Length > 100) throw new IOException("There is not enough space on the disk.", DiskFull);
            base.Write(buffer);
        }
    }
}

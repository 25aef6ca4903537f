using System.Numerics;
using Impersonator.Bodies;
using Impersonator.Files;
using Impersonator.Motions;

namespace Impersonator.Tests.Motions;

public class MotionFileTests
{
    [Theory]
    [InlineData(".bvh")]
    [InlineData(".npz")]
    [InlineData(".glb")]
    public void WriteThenRead_GivesTheSameMotion(string ending)
    {
        using var folder = new TemporaryFolder();
        string path = Path.Combine(folder.Path, "swing" + ending);
        Motion motion = TestMotions.Swinging().ForHipHeight(TestMotions.Rest[0].Y);
        MotionFile.Write(path, motion);
        Motion back = MotionFile.Read(path);
        Assert.Equal(motion.FrameCount, back.FrameCount);
        Assert.Equal(motion.FramesPerSecond, back.FramesPerSecond, 1e-3f);
        Assert.Equal(motion.HipHeight, back.HipHeight, 1e-4f);
        for (int f = 0; f < motion.FrameCount; f++)
        {
            Assert.True(Vector3.Distance(motion.Poses[f].Root, back.Poses[f].Root) < 1e-4f, $"frame {f}: {motion.Poses[f].Root} became {back.Poses[f].Root}");
            for (int j = 0; j < Joint.Count; j++)
                Assert.True(MathF.Abs(Quaternion.Dot(motion.Poses[f].Rotations[j], back.Poses[f].Rotations[j])) > 1 - 1e-5f, $"frame {f}, {Skeleton.SmplH.JointNames[j]}");
        }
    }

    [Fact]
    public void Angles_OfAnyRotation_RebuildIt()
    {
        var random = new Random(5);
        for (int k = 0; k < 1000; k++)
        {
            var q = Quaternion.Normalize(new Quaternion(random.NextSingle() - 0.5f, random.NextSingle() - 0.5f, random.NextSingle() - 0.5f, random.NextSingle() - 0.5f));
            // Every tenth with the middle axis at a right angle, where the other two coincide.
            if (k % 10 == 0) q = Quaternion.CreateFromAxisAngle(Vector3.UnitZ, k) * Quaternion.CreateFromAxisAngle(Vector3.UnitX, k % 20 == 0 ? MathF.PI / 2 : -MathF.PI / 2);
            Vector3 a = BvhWriter.Angles(q) * (MathF.PI / 180);
            Quaternion back = Quaternion.CreateFromAxisAngle(Vector3.UnitZ, a.X) * Quaternion.CreateFromAxisAngle(Vector3.UnitX, a.Y) * Quaternion.CreateFromAxisAngle(Vector3.UnitY, a.Z);
            Assert.True(MathF.Abs(Quaternion.Dot(q, back)) > 1 - 1e-5f, $"{q} became {back}");
        }
    }

    [Fact]
    public void Read_AmassWithZUp_StandsOnTheGround()
    {
        using var folder = new TemporaryFolder();
        string path = Path.Combine(folder.Path, "amass.npz");
        var poses = new float[2 * 156];
        // AMASS' root turns SMPL's Y up into Z up.
        poses[0] = poses[156] = MathF.PI / 2;
        using (FileStream stream = File.Create(path))
        using (var writer = new NpzWriter(stream))
        {
            writer.Add<float>("poses", poses, 2, 156);
            writer.Add<double>("trans", [5, 4, 3, 5, 3, 3], 2, 3);
            writer.Add<double>("mocap_framerate", [120]);
        }
        Motion motion = MotionFile.Read(path);
        Assert.Equal(120, motion.FramesPerSecond);
        Assert.Equal(TestMotions.Rest[0].Y, motion.Poses[0].Root.Y, 0.01f);
        // A step along AMASS' −y is a step forward.
        Assert.True(Vector3.Distance(new Vector3(0, motion.Poses[0].Root.Y, 1), motion.Poses[1].Root) < 1e-3f, $"{motion.Poses[1].Root}");
        Assert.True(MathF.Abs(motion.Poses[0].Rotations[0].W) > 0.9999f);
    }

    [Fact]
    public void Read_NumbersOfAnotherModel_SaysWhatWasExpected()
    {
        using var folder = new TemporaryFolder();
        string path = Path.Combine(folder.Path, "odd.npz");
        using (FileStream stream = File.Create(path))
        using (var writer = new NpzWriter(stream)) writer.Add<float>("poses", new float[2 * 99], 2, 99);
        var bad = Assert.Throws<InputException>(() => MotionFile.Read(path));
        Assert.Contains("99 numbers a frame", bad.Message);
    }

    [Fact]
    public void Read_OtherEnding_SaysWhichAreRead()
        => Assert.Contains(".bvh", Assert.Throws<InputException>(() => MotionFile.Read("dance.fbx")).Message);
}

using System.Numerics;
using Impersonator.Bodies;
using Impersonator.Files;
using Impersonator.Motions;
using Impersonator.Recovery;
using Impersonator.Recovery.Learning;

namespace Impersonator.Tests.Recovery;

public class PosePriorTests
{
    private static double Cost(PosePrior prior, Pose pose) => prior.Limbs.Sum(limb =>
    {
        double[] vector = [.. limb.Joints.SelectMany(j => RotationVector.Log(pose.Rotations[j]) is var v ? new double[] { v.X, v.Y, v.Z } : [])];
        return limb.Modes.Min(m => m.Cost(vector));
    });

    [Fact]
    public void Learned_HasEveryJointOnce()
        => Assert.Equal(Enumerable.Range(1, Joint.BodyCount - 1), PosePrior.Learned.Limbs.SelectMany(l => l.Joints).Order());

    [Theory]
    [InlineData("walk")]
    [InlineData("kick")]
    [InlineData("dance-disco")]
    public void Learned_PoseInTheMirror_CostsTheSame(string name)
    {
        Motion motion = MotionLibrary.Create(name), mirrored = motion.Mirror();
        for (int f = 0; f < motion.FrameCount; f += 7)
        {
            double cost = Cost(PosePrior.Learned, motion.Poses[f]);
            // The torso's habits are those of motions and their mirror images, up to what iterations leave.
            Assert.InRange(Cost(PosePrior.Learned, mirrored.Poses[f]), cost - 0.5 - (0.03 * cost), cost + 0.5 + (0.03 * cost));
        }
    }

    [Fact]
    public void Learned_LegsOfAKick_CostLessThanSetByHand()
    {
        Motion kick = MotionLibrary.Create("kick");
        Pose highest = kick.Poses.MaxBy(p => RotationVector.Log(p.Rotations[Joint.RightHip]).Length() + RotationVector.Log(p.Rotations[Joint.LeftHip]).Length())!;
        Assert.True(Cost(PosePrior.Learned, highest) < Cost(PosePrior.Anatomical, highest));
    }

    [Fact]
    public void Learn_Standing_CostsLittleAndLessThanBentKnees()
    {
        Pose standing = Pose.Rest(Skeleton.SmplH) with { Rotations = [.. Enumerable.Range(0, Joint.Count).Select(j => j < Joint.BodyCount ? RotationVector.Exp(PosePrior.Standing[j]) : Quaternion.Identity)] };
        Pose bent = standing with { Rotations = standing.Rotations.SetItem(Joint.LeftKnee, RotationVector.Exp(new Vector3(0.7f, 0, 0))) };
        Assert.InRange(Cost(PosePrior.Learned, standing), 0, 10);
        Assert.True(Cost(PosePrior.Learned, bent) > Cost(PosePrior.Learned, standing) + 1);
    }

    [Fact]
    public void SaveLoad_GiveTheSameCosts()
    {
        using var stream = new MemoryStream();
        PosePrior.Learned.Save(stream);
        stream.Position = 0;
        PosePrior again = PosePrior.Load(stream, "prior");
        Pose pose = MotionLibrary.Create("bow").Poses[20];
        Assert.Equal(Cost(PosePrior.Learned, pose), Cost(again, pose), 6);
    }

    [Fact]
    public void Load_AnotherFile_IsRefused()
    {
        using var stream = new MemoryStream();
        new SafetensorsBuilder().Add("format", "something").Write(stream);
        stream.Position = 0;
        Assert.Contains("not a pose prior", Assert.Throws<InputException>(() => PosePrior.Load(stream, "prior")).Message);
    }

    [Fact]
    public void Thin_SkeletonAtRest_GivesNothing()
        => Assert.Empty(PosePriorLearner.Thin(new Motion("rest", 30, 0.9f, [.. Enumerable.Repeat(Pose.Rest(Skeleton.SmplH), 5)])));

    [Fact]
    public void Thin_SlowMotion_TakesFewerPosesThanItHasFrames()
    {
        Motion walk = MotionLibrary.Create("walk").Resample(120);
        Assert.InRange(PosePriorLearner.Thin(walk).Count, 3, walk.FrameCount / 4);
    }

    [Fact]
    public void Fit_TwoClouds_FindsTheirMiddlesAndShares()
    {
        var random = new Random(5);
        double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        double[][] rows = [.. Enumerable.Range(0, 900).Select(n => n < 600 ? new[] { Normal(), 0.1 * Normal() } : [8 + Normal(), 5 + Normal()])];
        GaussianMixture.Component[] found = GaussianMixture.Fit(rows, [.. rows.Select(_ => 1.0)], 2, floor: 1e-3, shared: 0, new Random(1));
        Assert.Equal(2.0 / 3, found[0].Weight, 2);
        Assert.InRange(found[0].Covariance[1, 1], 0.005, 0.02);
        Assert.InRange(found[1].Mean[0], 7.8, 8.2);
        Assert.InRange(found[1].Mean[1], 4.8, 5.2);
    }
}

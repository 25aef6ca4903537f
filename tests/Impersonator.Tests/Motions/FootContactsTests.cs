using System.Numerics;
using Impersonator.Bodies;
using Impersonator.Motions;
using Impersonator.Motions.Library;

namespace Impersonator.Tests.Motions;

public class FootContactsTests
{
    [Fact]
    public void Of_Walk_FindsTheStepsThatItsAuthorMade()
    {
        AuthoredMotion walk = Gaits.Walk();
        FootContacts contacts = FootContacts.Of(walk.Motion.Poses, TestMotions.Rest, walk.Motion.FramesPerSecond);
        int agree = 0;
        for (int f = 0; f < walk.Motion.FrameCount; f++)
            for (int side = 0; side < 2; side++)
                if (contacts.Stands(side, f) == walk.Sketch.Contacts.Any(c => c.Side == side && c.From <= f / walk.Motion.FramesPerSecond && c.To >= f / walk.Motion.FramesPerSecond)) agree++;
        Assert.True(agree > 0.85f * 2 * walk.Motion.FrameCount, $"{agree} of {2 * walk.Motion.FrameCount}");
    }

    [Fact]
    public void Of_HeelRises_BallStandsOn()
    {
        // A foot that tips over its ball within a second while the body hangs from the ball.
        Pose[] poses = [.. Enumerable.Range(0, 61).Select(f =>
        {
            Quaternion tip = Quaternion.CreateFromAxisAngle(Vector3.UnitX, 0.9f * Math.Clamp((f - 20) / 20f, 0, 1));
            Pose pose = Pose.Rest(Skeleton.SmplH, TestMotions.Rest[0]);
            Vector3 ball = TestMotions.Rest[Joint.LeftFoot] - TestMotions.Rest[Joint.LeftAnkle];
            return new Pose(pose.Rotations.SetItem(Joint.LeftAnkle, tip), pose.Root + ball - Vector3.Transform(ball, tip));
        })];
        FootContacts contacts = FootContacts.Of(poses, TestMotions.Rest, 30);
        Assert.True(contacts.Flat(0, 5));
        Assert.True(contacts.Ball(0, 50) && !contacts.Heel(0, 50));
    }

    [Fact]
    public void Of_FootHeldStillInTheAir_DoesNotStand()
    {
        Pose lifted = Pose.Rest(Skeleton.SmplH, TestMotions.Rest[0]);
        lifted = new Pose(lifted.Rotations.SetItem(Joint.LeftHip, Quaternion.CreateFromAxisAngle(Vector3.UnitX, -1)), lifted.Root);
        FootContacts contacts = FootContacts.Of([.. Enumerable.Repeat(lifted, 30)], TestMotions.Rest, 30);
        Assert.False(contacts.Stands(0, 15));
        Assert.True(contacts.Flat(1, 15));
    }
}

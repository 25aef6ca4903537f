using System.Numerics;
using Impersonator.Bodies;
using Impersonator.Tests.Motions;

namespace Impersonator.Tests.Bodies;

public class HandCurlTests
{
    [Fact]
    public void Of_NoBend_IsTheFlatHand()
        => Assert.All(Enumerable.Range(Joint.LeftHand, 30), j => Assert.True(HandCurl.Of(j, 0).W > 0.99999f));

    [Theory]
    [InlineData(Joint.LeftHand, Joint.LeftWrist)]
    [InlineData(Joint.RightHand, Joint.RightWrist)]
    public void Of_HandAtEase_GathersAndBendsTheFingers(int first, int wrist)
    {
        Vector3[] flat = Places(0), eased = Places(0.4f), fist = Places(1.35f);
        // Tips of index (third joint) and little finger come together; all lie lower, under the palm.
        Assert.True(Vector3.Distance(eased[first + 2], eased[first + 8]) < 0.85f * Vector3.Distance(flat[first + 2], flat[first + 8]));
        for (int finger = 0; finger < 4; finger++)
        {
            Assert.True(eased[first + (3 * finger) + 2].Y < flat[first + (3 * finger) + 2].Y - 0.008f, $"finger {finger}");
            Assert.True(Vector3.Distance(fist[first + (3 * finger) + 2], fist[wrist]) < 0.8f * Vector3.Distance(flat[first + (3 * finger) + 2], flat[wrist]), $"finger {finger}");
        }
    }

    [Fact]
    public void Of_BothHands_AreMirrored()
    {
        Vector3[] places = Places(0.5f);
        for (int j = 0; j < 15; j++)
            Assert.True(Vector3.Distance(places[Joint.LeftHand + j], places[Joint.RightHand + j] * new Vector3(-1, 1, 1)) < 0.004f, $"joint {j}");
    }

    private static Vector3[] Places(float bend)
    {
        var rotations = new Quaternion[Joint.Count];
        for (int j = 0; j < rotations.Length; j++) rotations[j] = j < Joint.LeftHand ? Quaternion.Identity : HandCurl.Of(j, bend);
        var places = new Vector3[Joint.Count];
        Kinematics.Forward(Skeleton.SmplH, TestMotions.Rest, new Pose([.. rotations], TestMotions.Rest[0]), new Quaternion[Joint.Count], places);
        return places;
    }
}

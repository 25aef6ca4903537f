using Impersonator.Bodies;

namespace Impersonator.Tests;

public class SkeletonTests
{
    [Fact]
    public void SmplH_HasFiftyTwoJointsInSmplOrder()
    {
        Assert.Equal(Joint.Count, Skeleton.SmplH.JointCount);
        Assert.Equal(Joint.RightWrist, Skeleton.SmplH.IndexOf("right_wrist"));
        Assert.Equal(Joint.LeftHand, Skeleton.SmplH.IndexOf("left_index1"));
        Assert.Equal(Joint.RightHand + 14, Skeleton.SmplH.IndexOf("right_thumb3"));
        Assert.Equal(Joint.LeftWrist, Skeleton.SmplH.Parents[Skeleton.SmplH.IndexOf("left_thumb1")]);
    }
}

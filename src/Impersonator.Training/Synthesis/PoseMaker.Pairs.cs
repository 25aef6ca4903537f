namespace Impersonator.Training.Synthesis;

internal sealed partial class PoseMaker
{
    /// <summary>A pose that people take for a photo: mostly standing, arms hanging or off the body. The object is reused.</summary>
    public FigurePose MakeForPhoto()
    {
        _pose.Clear();
        Fingers();
        float family = dice.Unit();
        if (family < 0.76f) Stand();
        else if (family < 0.85f) Walk();
        else if (family < 0.91f) Sit();
        else if (family < 0.93f) Crouch();
        else FromMotionOrStand();
        if (family >= 0.76f || !dice.Chance(0.65f)) return _pose;
        bool hanging = dice.Chance(0.5f);
        float raise = dice.Range(8, 45), front = dice.Range(-15, 50);
        foreach (int side in Sides)
        {
            Collar(side, dice.Normal(3), dice.Normal(3));
            if (hanging) HangArm(side);
            else Arm(side, HipClearance() + raise + dice.Normal(6), front + dice.Normal(10), MathF.Abs(dice.Normal(20)), dice.Normal(18));
        }
        return _pose;
    }

    /// <summary>A pose out of somebody's performance: all that motions hold, extreme ones less often than <see cref="Make"/>. The object is reused.</summary>
    public FigurePose MakeForFrame()
    {
        _pose.Clear();
        Fingers();
        float family = dice.Unit();
        if (family < 0.27f) FromMotionOrStand();
        else if (family < 0.53f) Stand();
        else if (family < 0.66f) Walk();
        else if (family < 0.73f) Sit();
        else if (family < 0.78f) Crouch();
        else if (family < 0.82f) Bend();
        else if (family < 0.89f) Leap();
        else if (family < 0.94f) Legs();
        else if (family < 0.95f) Crawl();
        else if (family < 0.975f) HeadDown();
        else Free();
        if (dice.Chance(0.015f)) LieDown();
        return _pose;
    }

    private void FromMotionOrStand()
    {
        if (pack.PoseCount > 0) FromMotion();
        else Stand();
    }
}

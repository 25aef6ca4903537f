using System.Numerics;
using Impersonator.Bodies;
using Impersonator.Imaging;
using Impersonator.Networks;
using Impersonator.Recovery;
using Impersonator.Recovery.Capture;

namespace Impersonator.Tests.Recovery;

public sealed class PersonTrackerTests
{
    private static readonly Photo Frame = new("frame", new Image(400, 400));

    /// <summary>A look that is sure of a person with the neck so far from the hips, 100 pixels large.</summary>
    private static PersonLook At(Vector2 middle, Vector2 up, float concentration = 1)
    {
        const int Side = 8;
        var keypoints = new LookedKeypoint[PersonNet.KeypointCount];
        for (int k = 0; k < keypoints.Length; k++) keypoints[k] = new LookedKeypoint(middle + (k % 2 == 0 ? up * 50 : up * -50), 0.5f, 1, concentration);
        keypoints[(int)Keypoint.Neck] = keypoints[0] with { Position = middle + (up * 35) };
        keypoints[(int)Keypoint.LeftHip] = keypoints[(int)Keypoint.RightHip] = keypoints[0] with { Position = middle };
        var maps = new PersonMaps(2 * Side, [.. Enumerable.Repeat(1f, 4 * Side * Side)], Side, new float[PersonNet.PartCount * Side * Side], new float[3 * Side * Side], new float[Side * Side]);
        return new PersonLook(PhotoWindow.Around(middle - new Vector2(50), middle + new Vector2(50), 1.3f), [.. keypoints], maps);
    }

    private static Vector2 Middle(PersonLook look) => look.Keypoints[(int)Keypoint.LeftHip].Position;

    [Fact]
    public void Next_PersonWhoWalks_IsFollowedWithoutSearching()
    {
        (int searches, int frame) = (0, 0);
        Vector2 Place() => new(100 + (10 * frame), 200);
        var tracker = new PersonTracker((_, _, _, _) => At(Place(), -Vector2.UnitY), _ =>
        {
            searches++;
            return [At(Place(), -Vector2.UnitY)];
        }, null);
        for (; frame < 10; frame++) Assert.Equal(Place(), Middle(tracker.Next(Frame)!));
        Assert.Equal(1, searches);
    }

    [Fact]
    public void Next_PersonWhoIsLost_IsFoundAgainNearToWhereItWas()
    {
        bool hidden = false;
        PersonLook nobody = At(new Vector2(100, 200), -Vector2.UnitY, concentration: 0), near = At(new Vector2(120, 200), -Vector2.UnitY), far = At(new Vector2(330, 200), -Vector2.UnitY);
        var tracker = new PersonTracker((_, low, _, _) => hidden ? nobody : At(new Vector2(100, 200), -Vector2.UnitY), _ => hidden ? [far] : [far, near], 1);
        Assert.Equal(120, Middle(tracker.Next(Frame)!).X);
        hidden = true;
        // Somebody else, far away, is not taken for the person.
        Assert.Null(tracker.Next(Frame));
        Assert.Null(tracker.Next(Frame));
        hidden = false;
        Assert.Equal(100, Middle(tracker.Next(Frame)!).X);
    }

    [Fact]
    public void Next_PersonWhoTurnsOverHead_IsLookedAtUpright()
    {
        int frame = 0;
        Vector2 Up() => new(MathF.Sin(frame * 0.4f), -MathF.Cos(frame * 0.4f));
        var turns = new List<int>();
        var tracker = new PersonTracker((_, _, _, quarters) =>
        {
            turns.Add(quarters);
            return At(new Vector2(200), Up());
        }, _ => [At(new Vector2(200), Up())], null);
        for (; frame <= 16; frame++) tracker.Next(Frame);
        Assert.Equal([0, 1, 2, 3, 0], turns.Where((t, i) => i == 0 || turns[i - 1] != t));
    }

    [Fact]
    public void Next_WindowThatCutsThePerson_IsLookedAtAgain()
    {
        int looks = 0;
        var tracker = new PersonTracker((_, low, high, _) =>
        {
            looks++;
            // Half a body further than it was: cut off by the window around the old box.
            return At(new Vector2(130, 200), -Vector2.UnitY) with { Window = PhotoWindow.Around(low, high, 1.3f) };
        }, _ => [At(new Vector2(130, 160), -Vector2.UnitY)], null);
        tracker.Next(Frame);
        tracker.Next(Frame);
        Assert.Equal(2, looks);
    }
}

using System.Numerics;
using Impersonator.Bodies;
using Impersonator.Rendering;
using Impersonator.Synthesis;
using Impersonator.Training.Evaluation;

namespace Impersonator.Tests.Training;

public sealed class ViewAngleTests
{
    private static readonly Camera Front = Camera.Front(256, 256, 300, 4);

    private static Pose Turned(float degrees, Vector3 root = default)
        => new([Quaternion.CreateFromAxisAngle(Vector3.UnitY, degrees * MathF.PI / 180), .. Enumerable.Repeat(Quaternion.Identity, Joint.Count - 1)], root);

    [Theory]
    [InlineData(0, 40, 40)]
    [InlineData(-30, 45, 75)]
    [InlineData(170, -170, 20)]
    [InlineData(0, 180, 180)]
    public void Between_BodyTurned_IsTheShorterWay(float one, float other, float expected)
        => Assert.Equal(expected, ViewAngle.Between(Turned(one), Front, Turned(other), Front), 1e-2f);

    [Fact]
    public void Between_CameraGoneAround_IsAsFar()
        => Assert.Equal(70, ViewAngle.Between(Turned(20), Front, Turned(20), CameraPath.Orbit(Front, Vector3.Zero, 70 * MathF.PI / 180)), 1e-2f);

    [Fact]
    public void Between_BodyAsideTurnedToTheCamera_IsZero()
    {
        // One step aside and one away: who faces the camera from there is turned by 45 degrees less.
        var aside = new Vector3(4, 0, 0);
        Assert.Equal(0, ViewAngle.Between(Turned(0), Front, Turned(-45, aside), Front), 1e-2f);
    }

    [Fact]
    public void ThirdOf_HalfATurn_IsTheLast()
        => Assert.Equal(["0–60°", "60–120°", "120–180°"], ((float[])[59.9f, 60, 180]).Select(ViewAngle.ThirdOf));
}

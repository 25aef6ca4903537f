using System.Numerics;
using Impersonator.Bodies;
using Impersonator.Imaging;
using Impersonator.Rendering;

namespace Impersonator.Tests.Rendering;

public class GroundShadowTests
{
    // Looks down at 30°, the origin in the middle of the picture.
    private static readonly Camera Above = Camera.Front(64, 64, 64, 4) with { Rotation = Quaternion.Normalize(Quaternion.CreateFromAxisAngle(Vector3.UnitX, MathF.PI / 6) * Camera.FacingMinusZ) };

    [Fact]
    public void Draw_BallOnTheGround_DarkensBelowItAndNothingFarAway()
    {
        Frame frame = Shadow(0.2f);
        Assert.InRange(frame.Rgba[4 * ((32 * 64) + 32)], 60, 200);
        Assert.Equal(255, frame.Rgba[4 * 63]); // above the horizon
        Assert.Equal(255, frame.Rgba[4 * 64 * 63]);
        Assert.Equal(255, frame.Rgba[(4 * ((32 * 64) + 32)) + 3]); // alpha stays
    }

    [Fact]
    public void Draw_HigherBall_ThrowsALighterAndWiderShadow()
    {
        Frame low = Shadow(0.2f), high = Shadow(0.9f);
        int middle = 4 * ((32 * 64) + 32), beside = middle + (4 * 11);
        Assert.True(high.Rgba[middle] > low.Rgba[middle] + 20);
        Assert.True(high.Rgba[beside] < low.Rgba[beside]);
    }

    [Fact]
    public void Draw_FromBelowTheGround_ChangesNothing()
    {
        Frame frame = White();
        new GroundShadow().Draw(frame, Camera.Front(64, 64, 64, 4) with { Translation = new Vector3(0, -1, 4) }, [Ball(0.2f)]);
        Assert.All(frame.Rgba, b => Assert.Equal(255, b));
    }

    [Fact]
    public void Draw_Lean_MovesTheShadow()
    {
        Frame frame = White();
        new GroundShadow(2) { Lean = new Vector2(1, 0) }.Draw(frame, Above, [Ball(0.5f)]);
        Assert.True(frame.Rgba[4 * ((32 * 64) + 40)] < frame.Rgba[4 * ((32 * 64) + 24)]);
    }

    private static Frame Shadow(float height)
    {
        Frame frame = White();
        new GroundShadow().Draw(frame, Above, [Ball(height)]);
        return frame;
    }

    private static TexturedMesh Ball(float height)
    {
        SkinnedMesh mesh = TestMeshes.Sphere(new Vector3(0, height, 0), 0.2f);
        return new TexturedMesh(mesh, mesh.RestPositions, Texture.Opaque(new Image(1, 1)));
    }

    private static Frame White()
    {
        var frame = new Frame(64, 64);
        Array.Fill(frame.Rgba, (byte)255);
        return frame;
    }
}

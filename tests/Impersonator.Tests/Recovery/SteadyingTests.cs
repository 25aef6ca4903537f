using System.Numerics;
using Impersonator.Imaging;
using Impersonator.Recovery.Capture;

namespace Impersonator.Tests.Recovery;

public sealed class SteadyingTests
{
    private const int Width = 480, Height = 320;

    private static readonly (Vector2 Low, Vector2 High) Person = (new Vector2(180, 60), new Vector2(300, 300));

    /// <summary>A wall of soft spots, seen by a camera that moved; a striped person before it who goes his own way.</summary>
    private static Frame Seen(Similarity frameFromWall, float person, bool patterned = true)
    {
        Similarity back = frameFromWall.Inverse();
        var frame = new Frame(Width, Height);
        for (int y = 0; y < Height; y++)
            for (int x = 0; x < Width; x++)
            {
                Vector2 p = back.Apply(new Vector2(x + 0.5f, y + 0.5f));
                float wall = patterned ? 0.5f + (0.15f * MathF.Sin((p.X / 23) + MathF.Sin(p.Y / 31))) + (0.15f * MathF.Sin((p.Y / 19) + (2 * MathF.Sin(p.X / 47)))) : 0.5f;
                bool hidden = x > Person.Low.X + person && x < Person.High.X + person && y > Person.Low.Y && y < Person.High.Y;
                byte value = (byte)(255 * (hidden ? 0.5f + (0.4f * MathF.Sin((x - (2 * person)) / 3)) : wall));
                frame.Rgba.AsSpan(4 * ((y * Width) + x), 4).Fill(value);
            }
        return frame;
    }

    [Theory]
    [InlineData(0, 1, 12, -7)]
    [InlineData(0.03f, 1.04f, -9, 5)]
    [InlineData(-0.02f, 0.95f, 20, 14)]
    public void Next_CameraThatMoved_FindsHow(float angle, float scale, float right, float down)
    {
        var moved = new Similarity(scale * MathF.Cos(angle), scale * MathF.Sin(angle), new Vector2(right, down));
        var steadying = new Steadying();
        steadying.Next(Seen(Similarity.Identity, 0), Person);
        Similarity found = steadying.Next(Seen(moved, 15), (Person.Low + new Vector2(15, 0), Person.High + new Vector2(15, 0)));
        foreach (Vector2 corner in (Vector2[])[new(40, 40), new(440, 40), new(40, 280), new(440, 280)])
            Assert.True(Vector2.Distance(found.Apply(moved.Apply(corner)), corner) < 0.7f, $"{corner} comes back to {found.Apply(moved.Apply(corner))}");
    }

    [Fact]
    public void Next_WallWithoutPattern_TakesTheCameraToStandStill()
    {
        var steadying = new Steadying();
        steadying.Next(Seen(Similarity.Identity, 0, patterned: false), Person);
        Similarity found = steadying.Next(Seen(Similarity.Identity, 25, patterned: false), (Person.Low + new Vector2(25, 0), Person.High + new Vector2(25, 0)));
        Assert.True(Vector2.Distance(found.Apply(new Vector2(400, 200)), new Vector2(400, 200)) < 0.5f);
    }

    [Fact]
    public void Next_CameraThatPansFarAway_KeepsCount()
    {
        var steadying = new Steadying();
        Similarity found = default;
        for (int i = 0; i <= 30; i++) found = steadying.Next(Seen(Similarity.Identity with { Move = new Vector2(-20 * i, 0) }, 0), Person);
        Assert.True(Vector2.Distance(found.Apply(new Vector2(0, 100)), new Vector2(600, 100)) < 4, $"{found.Apply(new Vector2(0, 100))}");
    }

    [Fact]
    public void Inverse_AfterItself_IsIdentity()
    {
        var turn = new Similarity(0.9f, 0.3f, new Vector2(4, -5));
        Assert.True(Vector2.Distance(turn.Inverse().After(turn).Apply(new Vector2(7, 8)), new Vector2(7, 8)) < 1e-4f);
    }
}

using System.Numerics;

namespace Impersonator.Recovery.Capture;

/// <summary>Turns, scales and moves a picture: <c>p → (C x − S y, S x + C y) + Move</c>, with C and S scale times cosine and sine.</summary>
/// <param name="Cosine">C.</param>
/// <param name="Sine">S.</param>
/// <param name="Move">Pixels.</param>
internal readonly record struct Similarity(float Cosine, float Sine, Vector2 Move)
{
    /// <summary>Changes nothing.</summary>
    public static Similarity Identity { get; } = new(1, 0, Vector2.Zero);

    /// <summary>How much longer things become.</summary>
    public float Scale => MathF.Sqrt((Cosine * Cosine) + (Sine * Sine));

    /// <summary>By how much things turn from x towards y, radians.</summary>
    public float Angle => MathF.Atan2(Sine, Cosine);

    /// <summary>A place, moved.</summary>
    public Vector2 Apply(Vector2 p) => new Vector2((Cosine * p.X) - (Sine * p.Y), (Sine * p.X) + (Cosine * p.Y)) + Move;

    /// <summary>This after another.</summary>
    public Similarity After(Similarity first)
        => new((Cosine * first.Cosine) - (Sine * first.Sine), (Sine * first.Cosine) + (Cosine * first.Sine), Apply(first.Move));

    /// <summary>The way back.</summary>
    public Similarity Inverse()
    {
        float square = (Cosine * Cosine) + (Sine * Sine);
        var turn = new Similarity(Cosine / square, -Sine / square, Vector2.Zero);
        return turn with { Move = -turn.Apply(Move) };
    }

    /// <summary>The same for pictures in which a pixel is so many of these.</summary>
    public Similarity Coarser(float factor) => this with { Move = Move / factor };
}

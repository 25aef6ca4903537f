using System.Numerics;

namespace Impersonator.Training.Synthesis;

/// <summary>How far a body reaches from a vertical axis, ring by ring and direction by direction: what a tube of cloth or hair lies on.</summary>
internal sealed class RingHull(int rings)
{
    private const int Directions = 24;
    private static readonly Vector2[] Compass = [.. Enumerable.Range(0, Directions).Select(d => new Vector2(MathF.Sin(2 * MathF.PI * d / Directions), MathF.Cos(2 * MathF.PI * d / Directions)))];
    private readonly float[] _own = new float[rings * Directions], _above = new float[rings * Directions];

    /// <summary>Measures.</summary>
    /// <param name="points">Places of the body.</param>
    /// <param name="among">Which of them count.</param>
    /// <param name="top">Height of the first ring.</param>
    /// <param name="step">From ring to ring.</param>
    /// <param name="axis">x and z of the axis.</param>
    /// <param name="least">No ring is narrower.</param>
    public void Measure(Vector3[] points, ushort[] among, float top, float step, Vector2 axis, float least)
    {
        Array.Fill(_own, least);
        foreach (ushort v in among)
        {
            Vector3 p = points[v];
            int ring = (int)MathF.Round((top - p.Y) / step);
            if (ring < -1 || ring > rings || (ring < 0 && p.Y > top + 0.03f)) continue;
            for (int d = 0; d < Directions; d++)
            {
                float reach = ((p.X - axis.X) * Compass[d].X) + ((p.Z - axis.Y) * Compass[d].Y);
                for (int r = Math.Max(0, ring - 1); r <= Math.Min(rings - 1, ring + 1); r++)
                    if (reach > _own[(r * Directions) + d]) _own[(r * Directions) + d] = reach;
            }
        }
        for (int i = 0; i < _own.Length; i++) _above[i] = i < Directions ? _own[i] : MathF.Max(_own[i], _above[i - Directions]);
    }

    /// <summary>The hull's radius.</summary>
    /// <param name="ring">Which ring.</param>
    /// <param name="angle">From the front to the left, radians.</param>
    /// <param name="drape">0 of this ring alone … 1 of this one and all above.</param>
    public float Radius(int ring, float angle, float drape)
    {
        float radius = float.MaxValue;
        for (int d = 0; d < Directions; d++)
        {
            float facing = MathF.Cos(angle - (2 * MathF.PI * d / Directions));
            int at = (ring * Directions) + d;
            if (facing > 0.25f) radius = MathF.Min(radius, float.Lerp(_own[at], _above[at], drape) / facing);
        }
        return radius;
    }
}

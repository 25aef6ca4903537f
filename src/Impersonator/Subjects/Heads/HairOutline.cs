using System.Numerics;
using Impersonator.Bodies;

namespace Impersonator.Subjects.Heads;

/// <summary>How far hair stands off the skull, from where it ends in the photo, and how far down it hangs.</summary>
internal sealed class HairOutline
{
    /// <summary>Thickness of the thinnest hair, metres.</summary>
    public const float Thin = 0.006f;

    private const int Bins = 48, Chin = 10;

    // Metres: how far hair may stand off; what may lie open between its strands.
    private const float Most = 0.25f, Gap = 0.02f, Row = 0.01f, Lowest = 0.7f, LeastWidth = 0.025f, Crown = 0.025f, Reach = 0.28f;

    private readonly HairMask _mask;
    private readonly Vector3 _centre, _right, _view;
    private readonly float[] _standOff;
    private readonly (float Left, float Right)[] _rows;

    /// <param name="mask">Which pixels are hair.</param>
    /// <param name="wearer">The body that wears it, as it stands in the photo.</param>
    /// <param name="centre">Middle of the skull, world space.</param>
    /// <param name="up">The head's up, world space.</param>
    /// <param name="skull">Points of the skull's surface, world space.</param>
    public HairOutline(HairMask mask, PosedBody wearer, Vector3 centre, Vector3 up, IReadOnlyList<Vector3> skull)
    {
        (_mask, _centre) = (mask, centre);
        _right = Vector3.Transform(Vector3.UnitX, Quaternion.Conjugate(mask.Camera.Rotation));
        _view = Vector3.Normalize(centre - mask.Camera.Position);
        float pixels = mask.Camera.FocalLength / mask.Camera.CameraFromWorld(centre).Z;
        Vector2 middle = mask.Camera.Project(centre);
        Vector2 upwards = mask.Camera.Project(centre + (up * 0.05f)) - middle;
        upwards /= MathF.Max(upwards.Length(), 0.15f * 0.05f * pixels);
        var skullEdge = new float[Bins];
        foreach (Vector3 point in skull)
        {
            Vector2 from = mask.Camera.Project(point) - middle;
            ref float edge = ref skullEdge[Bin(from)];
            edge = MathF.Max(edge, from.Length() / pixels);
        }
        _standOff = new float[Bins];
        for (int bin = 0; bin < Bins; bin++)
        {
            (float sin, float cos) = MathF.SinCos((bin - (Bins / 2) + 0.5f) * 2 * MathF.PI / Bins);
            _standOff[bin] = skullEdge[bin] == 0 || (cos * upwards.X) + (sin * upwards.Y) < -0.1f ? float.NaN : MathF.Max(0, Edge(wearer, middle, new Vector2(cos, sin), skullEdge[bin], pixels) - skullEdge[bin]);
        }
        _rows = [.. Enumerable.Range(0, (int)(Lowest / Row)).Select(i => RowAt(wearer, i, middle, pixels))];
        LeftHem = Hem(row => row.Left);
        RightHem = Hem(row => row.Right);
    }

    /// <summary>How far below the middle of the head hair hangs at the photo's left, metres; 0 if it does not.</summary>
    public float LeftHem { get; }

    /// <summary>The same at the photo's right.</summary>
    public float RightHem { get; }

    /// <summary>How far hair stands off the skull in a direction from its middle, metres. What is narrow in the picture is narrow in depth too.</summary>
    /// <param name="direction">Unit, world space.</param>
    public float StandOff(Vector3 direction)
    {
        Vector2 on = _mask.Camera.Project(_centre + (direction * 0.05f)) - _mask.Camera.Project(_centre);
        float depth = MathF.Abs(Vector3.Dot(direction, _view)), spread = 0.5f + (Bins / 4f * depth * depth);
        float at = (Angle(on) / (2 * MathF.PI) * Bins) + (Bins / 2) - 0.5f, sum = 0, total = 0;
        for (int bin = 0; bin < Bins; bin++)
        {
            if (float.IsNaN(_standOff[bin])) continue;
            float away = MathF.Abs(at - bin);
            away = MathF.Min(away, Bins - away) / spread;
            float weight = MathF.Exp(-0.5f * away * away) + 1e-6f;
            (sum, total) = (sum + (_standOff[bin] * weight), total + weight);
        }
        float standOff = total > 0 ? sum / total : 0;
        // A brim is thin: where it is not seen edge on there is only the hat's crown.
        return _mask.IsHat ? standOff + ((MathF.Min(standOff, Crown) - standOff) * TextureProjection.SmoothStep(0.15f, 0.5f, depth)) : standOff;
    }

    /// <summary>How far from the middle hair reaches sideways, metres; 0 where there is none on that side.</summary>
    /// <param name="below">Metres below the middle of the head.</param>
    /// <param name="right">At the photo's right.</param>
    public float Width(float below, bool right)
    {
        float at = Math.Clamp(below / Row, 0, _rows.Length - 1);
        int i = Math.Min((int)at, _rows.Length - 2);
        (float a, float b) = right ? (_rows[i].Right, _rows[i + 1].Right) : (_rows[i].Left, _rows[i + 1].Left);
        return a > 0 && b > 0 ? a + ((b - a) * (at - i)) : MathF.Max(a, b);
    }

    /// <summary>Camera's right in world space, for telling sides.</summary>
    public Vector3 Right => _right;

    private static float Angle(Vector2 from) => MathF.Atan2(from.Y, from.X);

    private static int Bin(Vector2 from) => Math.Clamp((int)MathF.Floor((Angle(from) / (2 * MathF.PI) * Bins) + (Bins / 2)), 0, Bins - 1);

    private float Edge(PosedBody wearer, Vector2 middle, Vector2 direction, float skull, float pixels)
    {
        float last = 0;
        for (float d = 0.5f * skull; d < skull + Most; d += 0.5f / pixels)
        {
            Vector2 place = middle + (direction * (d * pixels));
            if (d > skull && IsArm(wearer, place)) return float.NaN;
            if (_mask.At(place)) last = d;
            else if (last > 0 && d - last > Gap) break;
        }
        return last;
    }

    private (float Left, float Right) RowAt(PosedBody wearer, int row, Vector2 middle, float pixels)
    {
        Vector2 at = middle + new Vector2(0, row * Row * pixels);
        float Side(int sign)
        {
            float last = 0, width = 0;
            for (float d = 0; d < Reach; d += 0.5f / pixels)
            {
                Vector2 place = at + new Vector2(sign * d * pixels, 0);
                if (IsArm(wearer, place)) return width >= LeastWidth ? last : float.NaN;
                if (!_mask.At(place)) continue;
                last = d;
                width += 0.5f / pixels;
            }
            return width >= LeastWidth ? last : 0;
        }
        (float left, float right) = (Side(-1), Side(1));
        // What an arm hides is as at the other side.
        if (float.IsNaN(left) && float.IsNaN(right)) return default;
        return (float.IsNaN(left) ? right : left, float.IsNaN(right) ? left : right);
    }

    private float Hem(Func<(float Left, float Right), float> side)
    {
        int last = -1;
        for (int i = 0; i < _rows.Length && i - last <= (last < 0 ? Chin : 4); i++)
            if (side(_rows[i]) > 0) last = i;
        return (last + 1) * Row;
    }

    private bool IsArm(PosedBody wearer, Vector2 pixel)
    {
        float scale = wearer.Camera.FocalLength / _mask.Camera.FocalLength;
        Vector2 place = wearer.Camera.PrincipalPoint + ((pixel - _mask.Camera.PrincipalPoint) * scale);
        return wearer.PartAt((int)place.X, (int)place.Y) is >= BodyPart.LeftUpperArm and <= BodyPart.RightHand;
    }
}

using System.Numerics;
using Impersonator.Bodies;
using Impersonator.Rendering;

namespace Impersonator.Training.Synthesis.Pairs;

/// <summary>One camera before which somebody performs: it looks one way; who is before it stands nearer or farther, in the middle or aside.</summary>
internal sealed class PairAim(Dice dice)
{
    /// <summary>Pixels a side of frames: only their working squares are drawn.</summary>
    public const int FrameSide = 512;

    private const int Turns = 48;
    private const int HeadAndArms = 1 << (int)BodyPart.Head | 1 << (int)BodyPart.LeftUpperArm | 1 << (int)BodyPart.RightUpperArm;
    private const int WithoutLegs = 0x1FE, WithoutShins = 0x7FE, Whole = ~0;

    private Quaternion _look = Quaternion.Identity;
    private float _distance;

    /// <summary>Towards the camera, world space.</summary>
    public Vector3 Toward { get; private set; }

    /// <summary>Chooses height and distance; the camera stands at +z.</summary>
    public void Choose()
    {
        float elevation = Math.Clamp(dice.Normal(6) + 4, -14, 26) * MathF.PI / 180;
        _distance = MathF.Exp(dice.Range(MathF.Log(1.7f), MathF.Log(7)));
        Toward = new Vector3(0, MathF.Sin(elevation), MathF.Cos(elevation));
        Quaternion level = Camera.FacingMinusZ;
        _look = Quaternion.Normalize(Turn.Z(dice.Normal(0.03f)) * Turn.X(-elevation) * level);
    }

    /// <summary>Where around the pelvis's upright axis the camera is, radians from its front towards its left.</summary>
    /// <param name="pelvis">Its rotation, world space.</param>
    public float Around(Quaternion pelvis)
    {
        Vector3 seen = Vector3.Transform(Toward, Quaternion.Conjugate(pelvis));
        return MathF.Atan2(seen.X, seen.Z);
    }

    /// <summary>Turns a pose about the vertical until the camera is where wanted around its pelvis, as nearly as that goes.</summary>
    /// <param name="pose">Its pelvis is turned.</param>
    /// <param name="around">Wanted, as of <see cref="Around"/>.</param>
    /// <returns>Where it is now.</returns>
    public float Face(FigurePose pose, float around)
    {
        Quaternion from = pose.Local[Joint.Pelvis], best = from;
        float nearest = float.MaxValue;
        for (int n = 0; n < Turns; n++)
        {
            Quaternion turned = Turn.Y((n + 0.5f) * 2 * MathF.PI / Turns) * from;
            float off = MathF.Abs(Between(Around(turned), around));
            if (off < nearest) (nearest, best) = (off, turned);
        }
        pose.Local[Joint.Pelvis] = best;
        return Around(best);
    }

    /// <summary>The angle from one direction to another, −π … π.</summary>
    public static float Between(float from, float to) => MathF.IEEERemainder(to - from, 2 * MathF.PI);

    /// <summary>A photo of the figure as it stands: mostly whole, else cut at knees, hips or chest; its axis is in its middle.</summary>
    public Camera Photo(Figure figure, int size)
    {
        float framing = dice.Unit();
        int keep = framing < 0.8f ? Whole : framing < 0.87f ? WithoutShins : framing < 0.95f ? WithoutLegs : HeadAndArms;
        return keep == Whole ? Frame(figure, size, keep, dice.Range(0.72f, 0.95f), cut: false, 1) : Frame(figure, size, keep, dice.Range(0.85f, 0.96f), cut: true, 1);
    }

    /// <summary>A frame of the figure as it stands: mostly whole, of any size.</summary>
    public Camera Frame(Figure figure)
    {
        float fill = dice.Chance(0.12f) ? dice.Range(1, 1.7f) : dice.Range(0.4f, 0.95f);
        return Frame(figure, FrameSide, Whole, fill, cut: false, MathF.Exp(dice.Normal(0.15f)));
    }

    private Camera Frame(Figure figure, int size, int keep, float fill, bool cut, float farther)
    {
        Vector3[] posed = figure.Meshes[0].Posed;
        byte[] parts = figure.Meshes[0].Parts;
        Vector3 low = new(1e9f), high = new(-1e9f);
        foreach (ushort v in Figure.Scattered) (low, high) = (Vector3.Min(low, posed[v]), Vector3.Max(high, posed[v]));
        float distance = _distance * farther;
        Vector3 shift = new Vector3(0, 0, distance) - Vector3.Transform((low + high) / 2, _look);
        Vector2 lowest = new(1e9f), highest = new(-1e9f);
        foreach (ushort v in Figure.Scattered)
        {
            if ((keep >> parts[v] & 1) == 0) continue;
            Vector3 p = Vector3.Transform(posed[v], _look) + shift;
            Vector2 q = new Vector2(p.X, p.Y) / MathF.Max(0.3f, p.Z);
            (lowest, highest) = (Vector2.Min(lowest, q), Vector2.Max(highest, q));
        }
        Vector2 extent = highest - lowest;
        float focal = fill * size / MathF.Max(extent.X, extent.Y), slack = MathF.Max(0.04f, MathF.Abs(1 - fill)) * 0.5f * size;
        Vector2 at = new Vector2(dice.Range(-slack, slack), dice.Range(-slack, slack));
        // Who is cut off stands on the lower edge.
        if (cut) at.Y = (size * dice.Range(0.49f, 0.52f)) - (extent.Y * focal / 2);
        Vector2 away = (at / focal) - ((lowest + highest) / 2);
        return new Camera(size, size, focal, new Vector2(size / 2f), _look, shift + new Vector3(away * distance, 0));
    }
}

using System.Numerics;
using Impersonator.Bodies;
using Impersonator.Recovery;

namespace Impersonator.Training.Synthesis;

/// <summary>Puts the camera somewhere around a person and frames all or some of the body.</summary>
internal sealed class Aim(View view, Dice dice)
{
    private const int HeadAndShoulders = 1 << (int)BodyPart.Head | 1 << (int)BodyPart.LeftUpperArm | 1 << (int)BodyPart.RightUpperArm;
    private const int HeadOnly = 1 << (int)BodyPart.Head;
    private const int WithoutLegs = 0x1FE;

    /// <summary>Whether pictures are whole photos, whose axis is in their middle, not crops.</summary>
    public bool Centred { get; set; }

    /// <summary>Sets the view.</summary>
    /// <param name="figure">Posed.</param>
    /// <param name="size">Pixels a side.</param>
    /// <param name="wholeOnly">All of the body, well inside.</param>
    /// <param name="fromAllSides">No side is likelier than another, but for the profiles.</param>
    public void Choose(Figure figure, int size, bool wholeOnly, bool fromAllSides)
    {
        float yaw = fromAllSides && dice.Chance(0.4f) ? (dice.Sign() * MathF.PI / 2) + dice.Normal(0.35f)
            : !fromAllSides && dice.Chance(0.55f) ? dice.Normal(0.6f) : dice.Range(-MathF.PI, MathF.PI);
        float elevation = dice.Unit() switch { < 0.75f => Math.Clamp(dice.Normal(9) + 6, -20, 45), < 0.95f => dice.Range(-20, 45), _ => dice.Range(-35, 80) };
        float distance = MathF.Exp(dice.Range(MathF.Log(1.4f), MathF.Log(12))), e = elevation * MathF.PI / 180;
        var direction = new Vector3(MathF.Sin(yaw) * MathF.Cos(e), MathF.Sin(e), MathF.Cos(yaw) * MathF.Cos(e));
        Vector3 forward = -direction, right = Vector3.Normalize(Vector3.Cross(forward, Vector3.UnitY)), down = Vector3.Cross(forward, right);
        var look = Quaternion.CreateFromRotationMatrix(new Matrix4x4(right.X, down.X, forward.X, 0, right.Y, down.Y, forward.Y, 0, right.Z, down.Z, forward.Z, 0, 0, 0, 0, 1));
        float roll = dice.Chance(0.04f) ? dice.Range(-MathF.PI, MathF.PI) : dice.Normal(0.07f);
        // Off-axis by up to half a wide lens's field: the crop need not come from the middle of its photo.
        float off = MathF.Min(0.35f, 0.9f / distance);
        view.Turn = Quaternion.Normalize(Turn.Z(roll) * Turn.Y(dice.Range(-off, off)) * Turn.X(dice.Range(-off, off) * 0.7f) * look);
        Vector3[] posed = figure.Meshes[0].Posed;
        Vector3 low = new(1e9f), high = new(-1e9f);
        foreach (ushort v in Figure.Scattered) (low, high) = (Vector3.Min(low, posed[v]), Vector3.Max(high, posed[v]));
        view.Shift = Vector3.Transform(-(((low + high) / 2) + (direction * distance)), view.Turn);
        Frame(figure, posed, size, wholeOnly);
        if (Centred) Centre(size);
    }

    /// <summary>Turns the camera so that what is in the middle of the picture lies on its axis.</summary>
    private void Centre(int size)
    {
        Vector2 half = new(size / 2f);
        Quaternion turn = PoseEstimator.ToAxis((half - new Vector2(view.CentreX, view.CentreY)) / view.Focal);
        (view.Turn, view.Shift) = (Quaternion.Normalize(turn * view.Turn), Vector3.Transform(view.Shift, turn));
        (view.CentreX, view.CentreY) = (half.X, half.Y);
    }

    private void Frame(Figure figure, Vector3[] posed, int size, bool wholeOnly)
    {
        float framing = wholeOnly ? 1 : dice.Unit();
        int keep = framing < 0.02f ? HeadOnly : framing < 0.06f ? HeadAndShoulders : framing < 0.15f ? WithoutLegs : ~0;
        Vector2 lowest = new(1e9f), highest = new(-1e9f);
        byte[] parts = figure.Meshes[0].Parts;
        foreach (ushort v in Figure.Scattered)
        {
            if ((keep >> parts[v] & 1) == 0) continue;
            Vector3 p = view.FromWorld(posed[v]);
            Vector2 q = new Vector2(p.X, p.Y) / MathF.Max(0.15f, p.Z);
            (lowest, highest) = (Vector2.Min(lowest, q), Vector2.Max(highest, q));
        }
        Vector2 extent = highest - lowest;
        float fill = keep != ~0 ? dice.Range(0.7f, 1.1f) : framing < 0.23f ? dice.Range(1, 1.7f) : framing < 0.38f ? dice.Range(0.22f, 0.48f) : dice.Range(0.5f, 0.97f);
        if (wholeOnly) fill = 0.9f;
        view.Focal = fill * size / MathF.Max(0.02f, MathF.Max(extent.X, extent.Y));
        float slack = wholeOnly ? 0 : (MathF.Max(0.04f, 1 - fill) * 0.5f) + (fill > 1 ? (fill - 1) * 0.5f : 0);
        Vector2 at = new Vector2(0.5f + dice.Range(-slack, slack), 0.5f + dice.Range(-slack, slack)) * size, middle = (lowest + highest) / 2 * view.Focal;
        (view.CentreX, view.CentreY) = (at.X - middle.X, at.Y - middle.Y);
    }
}

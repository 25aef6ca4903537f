using System.Numerics;
using Impersonator.Bodies;

namespace Impersonator.Training.Synthesis;

/// <summary>How procedural cloth is cut out of a body-tight mesh (sleeves, hem, neckline, front opening) and how loosely it hangs; all in the fitted T-pose.</summary>
internal class Cut
{
    private const int Bins = 20;
    private readonly float[] _torso = new float[Bins], _legs = new float[2 * Bins], _arms = new float[2 * Bins];

    /// <summary>Covers the torso; the legs.</summary>
    public bool Upper, Lower;

    /// <summary>0 … 1 of the arm.</summary>
    public float Sleeve;

    /// <summary>Of upper cloth: share of hip to knee below the hip (negative: above); of lower: 0 … 1 of the leg.</summary>
    public float Hem;

    /// <summary>Metres above the hip.</summary>
    public float Waist = 0.1f;

    /// <summary>Metres above the collar bones; half width; how far the front dips.</summary>
    public float Neck, NeckWidth = 0.08f, NeckPoint;

    /// <summary>Half width of a gap down the front at the hem.</summary>
    public float Open;

    /// <summary>How far cloth stands off: everywhere, more towards the hem, at sleeves, more towards cuffs, metres.</summary>
    public float Loose = 0.01f, Flare, SleeveLoose, SleeveFlare;

    /// <summary>0 follows the body … 1 hangs straight from the widest place above.</summary>
    public float Drape;

    /// <summary>Hides the skin below.</summary>
    public bool CoversSkin = true;

    /// <summary>Metres inside the cloth; negative outside.</summary>
    public virtual float Depth(Vector3 p, BodyPart part, ShapedBody body)
    {
        Vector3[] rest = body.Joints;
        if (IsArm(part))
        {
            if (!Upper) return -0.1f;
            int shoulder = IsLeft(part) ? Joint.LeftShoulder : Joint.RightShoulder;
            Vector3 s = rest[shoulder], e = rest[shoulder + 2], w = rest[shoulder + 4];
            float upper = Vector3.Distance(s, e), lower = Vector3.Distance(e, w);
            float reached = part is BodyPart.LeftUpperArm or BodyPart.RightUpperArm ? Along(p, s, e) * upper : upper + (Along(p, e, w) * lower);
            return (Sleeve * (upper + lower)) - reached;
        }
        float hip = Middle(rest, Joint.LeftHip), knee = Middle(rest, Joint.LeftKnee), ankle = Middle(rest, Joint.LeftAnkle);
        float low = Lower ? hip - (Hem * (hip - ankle)) : hip - (Hem * (hip - knee));
        float depth = p.Y - low;
        if (part == BodyPart.Head && !Upper) return -0.1f;
        if (Open > 0 && p.Z > rest[Joint.Spine2].Z) depth = MathF.Min(depth, MathF.Abs(p.X) - (Open * Math.Clamp(1 - ((p.Y - low) * 0.9f), 0.3f, 1)));
        if (!Upper) return MathF.Min(depth, hip + Waist - p.Y);
        Vector3 collar = (rest[Joint.LeftCollar] + rest[Joint.RightCollar]) / 2;
        float dip = p.Z > collar.Z - 0.02f ? NeckPoint * MathF.Max(0, 1 - (MathF.Abs(p.X) / NeckWidth)) : 0;
        float top = collar.Y + Neck + (MathF.Max(0, MathF.Abs(p.X) - NeckWidth) * 2.5f) - dip;
        return MathF.Min(depth, top - p.Y);
    }

    /// <summary>How far the cloth stands off the mesh it is cut from, metres.</summary>
    public virtual float Ease(Vector3 p, BodyPart part, ShapedBody body)
    {
        Vector3[] rest = body.Joints;
        if (IsArm(part))
        {
            (Vector3 from, Vector3 to) = IsLeft(part) ? (rest[Joint.LeftShoulder], rest[Joint.LeftWrist]) : (rest[Joint.RightShoulder], rest[Joint.RightWrist]);
            float down = Along(p, from, to);
            return (Loose * Math.Clamp(0.5f + (2 * down), 0.5f, 1)) + ((SleeveLoose + (SleeveFlare * MathF.Max(0, down))) * MathF.Min(1, MathF.Max(0, 3 * down)));
        }
        return Loose + (Flare * MathF.Max(0, Middle(rest, Joint.LeftHip) - p.Y));
    }

    /// <summary>Finds the widest place above, per direction, from which draped cloth hangs.</summary>
    public void Measure(Vector3[] places, byte[] parts, int count, ShapedBody body)
    {
        if (Drape <= 0) return;
        Array.Clear(_torso);
        Array.Clear(_legs);
        Array.Clear(_arms);
        for (int v = 0; v < count; v++)
        {
            var part = (BodyPart)parts[v];
            bool torso = part == BodyPart.Torso, leg = part is BodyPart.LeftUpperLeg or BodyPart.RightUpperLeg, arm = part is BodyPart.LeftUpperArm or BodyPart.RightUpperArm;
            if (!torso && !leg && !arm) continue;
            (float radius, float bin, float down, _) = Cylinder(places[v], part, body);
            if (torso ? !(Upper && down is > 0 and < 0.75f) : leg ? !(Lower && down is > 0.12f and < 0.4f) : !(Upper && down is > 0.3f and < 0.9f)) continue;
            float[] widest = torso ? _torso : leg ? _legs : _arms;
            int at = ((int)bin % Bins) + (torso || IsLeft(part) ? 0 : Bins);
            widest[at] = MathF.Max(widest[at], radius);
        }
    }

    /// <summary>Pulls a place of the cloth out to where it hangs.</summary>
    public virtual Vector3 Hang(Vector3 p, BodyPart part, ShapedBody body)
    {
        bool torsoCloth = part == BodyPart.Torso || (Upper && part is BodyPart.LeftUpperLeg or BodyPart.RightUpperLeg), leg = part >= BodyPart.LeftUpperLeg, fore = part is BodyPart.LeftLowerArm or BodyPart.RightLowerArm;
        if (Drape <= 0 || part == BodyPart.Head || (!torsoCloth && !(leg ? Lower : Upper))) return p;
        (float radius, float bin, float down, Vector3 outward) = Cylinder(p, torsoCloth ? BodyPart.Torso : part, body);
        float[] widest = torsoCloth ? _torso : leg ? _legs : _arms;
        int at = (int)bin % Bins, offset = torsoCloth || IsLeft(part) ? 0 : Bins;
        float share = bin - MathF.Floor(bin), target = (widest[offset + at] * (1 - share)) + (widest[offset + ((at + 1) % Bins)] * share) + Loose;
        if (!torsoCloth) target *= leg ? 0.85f : fore ? 0.8f : 0.95f;
        float start = torsoCloth ? 0.2f : leg ? 0.3f : fore ? -0.6f : 0.3f;
        float amount = Drape * Math.Clamp((down - start) / 0.45f, 0, 1);
        return target > radius ? p + (outward * ((target - radius) * amount)) : p;
    }

    private protected static bool IsLeft(BodyPart part) => (byte)part % 2 == 1;

    private protected static bool IsArm(BodyPart part) => part is >= BodyPart.LeftUpperArm and <= BodyPart.RightHand;

    private protected static float Middle(Vector3[] joints, int left) => (joints[left].Y + joints[left + 1].Y) / 2;

    private static float Along(Vector3 p, Vector3 from, Vector3 to) => Vector3.Dot(p - from, to - from) / Vector3.DistanceSquared(from, to);

    /// <summary>Around the torso, each leg and each arm: how far from its axis a place is, in which direction, and how far down.</summary>
    private static (float Radius, float Bin, float Down, Vector3 Outward) Cylinder(Vector3 p, BodyPart part, ShapedBody body)
    {
        Vector3[] rest = body.Joints;
        int side = IsLeft(part) ? 0 : 1;
        Vector3 start, end, front = Vector3.UnitZ;
        if (part >= BodyPart.LeftUpperLeg) (start, end) = (rest[Joint.LeftHip + side], rest[Joint.LeftAnkle + side]);
        else if (part is BodyPart.LeftUpperArm or BodyPart.RightUpperArm) (start, end) = (rest[Joint.LeftShoulder + side], rest[Joint.LeftElbow + side]);
        else if (IsArm(part)) (start, end) = (rest[Joint.LeftElbow + side], rest[Joint.LeftWrist + side]);
        else (start, end) = (rest[Joint.Spine3] with { X = 0, Y = rest[Joint.LeftShoulder].Y - 0.08f }, rest[Joint.Pelvis] with { X = 0 });
        float along = Along(p, start, end);
        Vector3 axis = Vector3.Normalize(end - start);
        front = Vector3.Normalize(front - (axis * Vector3.Dot(front, axis)));
        Vector3 across = Vector3.Cross(axis, front), off = p - (start + ((end - start) * along));
        float radius = off.Length(), angle = MathF.Atan2(Vector3.Dot(off, across), Vector3.Dot(off, front));
        return (radius, ((angle / (2 * MathF.PI)) + 0.5f) * Bins, along, radius > 1e-4f ? off / radius : front);
    }
}

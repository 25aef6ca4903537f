using System.Numerics;
using Impersonator.Bodies;
using Impersonator.Imaging;

namespace Impersonator.Subjects;

/// <summary>A slice through a skirt at one height: where it ends in the photo, and the body inside it.</summary>
/// <param name="Centre">Between the legs, metres, world space.</param>
/// <param name="Left">From the centre to the cloth at the photo's left, metres.</param>
/// <param name="Right">From the centre to the cloth at the photo's right, metres.</param>
/// <param name="Near">From the centre to the cloth towards the camera, metres.</param>
/// <param name="Far">From the centre to the cloth away from the camera, metres.</param>
internal readonly record struct SkirtSlice(Vector3 Centre, float Left, float Right, float Near, float Far);

/// <summary>Finds a skirt (or the hanging part of a dress or coat) in a matte: cloth that fills the space between and around the legs.</summary>
/// <remarks>
/// Level by level down the legs of the naked body: a skirt goes on while the matte is closed between the legs, and ends where the figure
/// suddenly gets narrower on both sides or opens as wide as bare legs stand apart. Trousers open gradually, and narrow the gap between the legs.
/// </remarks>
internal static class SkirtOutline
{
    private const float Step = 0.01f;

    /// <summary>How fast cloth may widen on its way down, metres per metre.</summary>
    private const float Steepest = 1.2f;

    /// <summary>How much narrower a figure gets within six centimetres where cloth ends, metres.</summary>
    private const float Narrowing = 0.07f;

    /// <summary>Levels below and above within which something wider tells that cloth was missed in between: it hangs, and draws in nowhere for a hand's length.</summary>
    private const int Notch = 8;

    /// <summary>Levels over which a skirt's profile is evened.</summary>
    private const int Drape = 10;

    /// <summary>Levels that the front of a hem hangs below where its sides end in a picture taken from above it.</summary>
    private const int Sag = 2;

    /// <summary>A row of the photo at one height of the world.</summary>
    /// <param name="Centre">Between the legs, metres, world space.</param>
    /// <param name="Closed">The matte is filled between the legs.</param>
    /// <param name="Gap">What is open between the legs, metres.</param>
    /// <param name="Apart">Distance between the legs' axes in the picture, metres.</param>
    /// <param name="Left">From the centre to the matte's edge at the photo's left, metres; NaN where an arm is in the way.</param>
    /// <param name="Right">The same at the right.</param>
    /// <param name="Naked">What the naked body leaves open between its legs, metres.</param>
    private readonly record struct Level(Vector3 Centre, bool Closed, float Gap, float Apart, float Left, float Right, float Naked)
    {
        public float Width => Left + Right;
    }

    /// <summary>Slices from the waist to the hem, a centimetre apart; null when the person wears no skirt, or does not stand.</summary>
    /// <param name="posed">The naked body as it stands in the photo.</param>
    /// <param name="joints">[J] its joints, metres, world space.</param>
    /// <param name="matte">The person's alpha at the working camera's size.</param>
    public static SkirtSlice[]? Find(PosedBody posed, ReadOnlySpan<Vector3> joints, Matte matte)
    {
        Vector3 leftThigh = joints[Joint.LeftKnee] - joints[Joint.LeftHip], rightThigh = joints[Joint.RightKnee] - joints[Joint.RightHip];
        Vector3 spine = joints[Joint.Spine3] - joints[Joint.Pelvis];
        if (-leftThigh.Y < 0.75f * leftThigh.Length() || -rightThigh.Y < 0.75f * rightThigh.Length() || spine.Y < 0.8f * spine.Length()) return null;

        float hips = (joints[Joint.LeftHip].Y + joints[Joint.RightHip].Y) / 2, waist = joints[Joint.Spine1].Y + 0.05f;
        float last = MathF.Max(joints[Joint.LeftAnkle].Y, joints[Joint.RightAnkle].Y) + 0.06f;
        int count = (int)((waist - last) / Step), crotch = (int)((waist - (hips - 0.10f)) / Step);
        if (count < crotch + 20) return null;
        Vector3[] legs = [.. joints];
        Level[] levels = [.. Enumerable.Range(0, count).Select(i => At(posed, legs, matte, waist - (i * Step)))];
        int hem = Hem(levels, crotch);
        return hem < 0 ? null : Slices(posed, [.. levels[..(hem + 1)], .. levels[(hem + 1)..Math.Min(hem + 1 + Sag, count)].Select(l => l with { Left = levels[hem].Left, Right = levels[hem].Right })]);
    }

    /// <summary>The camera's right and forward, horizontal, unit, world space.</summary>
    public static (Vector3 Right, Vector3 Forward) Axes(PosedBody posed)
    {
        Vector3 right = Vector3.Transform(Vector3.UnitX, Quaternion.Conjugate(posed.Camera.Rotation));
        right = Vector3.Normalize(right with { Y = 0 });
        Vector3 forward = Vector3.Cross(Vector3.UnitY, right);
        return Vector3.Dot(forward, posed.Positions[0] - posed.Camera.Position) < 0 ? (right, -forward) : (right, forward);
    }

    private static Vector3 Leg(Vector3[] joints, int hip, int knee, int ankle, float y)
    {
        (Vector3 from, Vector3 to) = y > joints[knee].Y ? (joints[hip], joints[knee]) : (joints[knee], joints[ankle]);
        return Vector3.Lerp(from, to, Math.Clamp((from.Y - y) / MathF.Max(from.Y - to.Y, 1e-3f), 0, 1)) with { Y = y };
    }

    private static Level At(PosedBody posed, Vector3[] joints, Matte matte, float y)
    {
        Vector3 a = Leg(joints, Joint.LeftHip, Joint.LeftKnee, Joint.LeftAnkle, y), b = Leg(joints, Joint.RightHip, Joint.RightKnee, Joint.RightAnkle, y);
        Vector3 centre = (a + b) / 2, at = posed.Project(centre);
        float pixels = posed.Camera.FocalLength / at.Z;
        float first = MathF.Min(posed.Project(a).X, posed.Project(b).X), second = MathF.Max(posed.Project(a).X, posed.Project(b).X);
        int row = (int)at.Y;
        bool Inside(float x) => (uint)row < (uint)matte.Height && x >= 0 && x < matte.Width && matte[(int)x, row] >= 0.5f;
        int open = 0, all = 0, naked = 0;
        for (float x = first; x <= second; x++)
        {
            all++;
            if (!Inside(x)) open++;
            if (posed.PartAt((int)x, row) == BodyPart.None) naked++;
        }
        float Reach(float from, int direction)
        {
            for (float x = from; ; x += direction)
            {
                if (IsArm(posed.PartAt((int)x, row))) return float.NaN;
                if (!Inside(x)) return MathF.Abs(x - at.X) / pixels;
            }
        }
        return new Level(centre, open <= 0.06f * all, open / pixels, (second - first) / pixels, Reach(first, -1), Reach(second, 1), naked / pixels);
    }

    /// <summary>The lowest level of the skirt, −1 for none.</summary>
    private static int Hem(Level[] levels, int crotch)
    {
        const int Least = 8, Across = 3, Long = 35, Below = 12;
        const float Bare = 0.01f;
        int end = crotch;
        while (end + 1 < levels.Length && levels[end + 1].Closed) end++;
        // Trousers' legs open within a hand of the crotch.
        if (end < crotch + Least) return -1;
        // Closed past the knees of legs that stand apart: a gown or a long coat, however wide what is below it.
        int open = crotch;
        while (open + 1 < levels.Length && levels[open + 1].Gap < 0.01f) open++;
        if (open >= crotch + Long && levels[open].Apart > 0.15f) return open;
        (int best, float most) = (-1, Narrowing);
        for (int i = crotch + Least; i <= Math.Min(end + Across, levels.Length - Across - 1); i++)
        {
            Level above = levels[i - Across], below = levels[i + Across];
            // Something carried sticks out on one side; cloth does on both.
            if (!(above.Left - below.Left > 0.01f) || !(above.Right - below.Right > 0.01f) || above.Width - below.Width <= most) continue;
            (best, most) = (i, above.Width - below.Width);
        }
        if (best >= 0)
        {
            float half = (levels[best - Across].Width + levels[best + Across].Width) / 2;
            int last = best + Across;
            while (last > best - Across && !(levels[last].Width > half)) last--;
            return last;
        }
        int further = Math.Min(end + Across, levels.Length - 1);
        if (end >= levels.Length - 1 || !(levels[further].Gap > 0.04f)) return -1;
        // Below a hem legs are bare, and nothing narrows the gap between them; trousers, closed to the knees in a coarse matte, do.
        Level[] under = levels[further..Math.Min(further + Below, levels.Length)];
        return under.Average(l => l.Gap - l.Naked) > -Bare ? end : -1;
    }

    private static SkirtSlice[] Slices(PosedBody posed, Level[] levels)
    {
        (Vector3 right, Vector3 forward) = Axes(posed);
        var body = new SkirtSlice[levels.Length];
        for (int i = 0; i < levels.Length; i++) body[i] = BodyAt(posed, levels[i].Centre, right, forward);
        // It grows out of the waist, inside whatever is worn above it.
        float[] leftward = Completed([.. levels.Select(l => l.Left)], body[0].Left), rightward = Completed([.. levels.Select(l => l.Right)], body[0].Right);
        (leftward[0], rightward[0]) = (MathF.Min(leftward[0], body[0].Left + 0.01f), MathF.Min(rightward[0], body[0].Right + 0.01f));
        var slices = new SkirtSlice[levels.Length];
        for (int i = 1; i < slices.Length; i++) (leftward[i], rightward[i]) = (MathF.Min(leftward[i], leftward[i - 1] + (Steepest * Step)), MathF.Min(rightward[i], rightward[i - 1] + (Steepest * Step)));
        for (int i = 0; i < slices.Length; i++)
        {
            // What the photo cannot show: cloth stands off before and behind as it does at both sides, a little less.
            SkirtSlice inner = body[i];
            float standOff = 0.012f + (0.75f * MathF.Max(0, MathF.Min(leftward[i] - inner.Left, rightward[i] - inner.Right)));
            slices[i] = new SkirtSlice(levels[i].Centre, MathF.Max(leftward[i], inner.Left + 0.004f), MathF.Max(rightward[i], inner.Right + 0.004f), inner.Near + standOff, inner.Far + standOff);
        }
        // Cloth hangs: before and behind it never draws in on its way down.
        for (int i = 1; i < slices.Length; i++)
            slices[i] = slices[i] with { Near = MathF.Max(slices[i].Near, slices[i - 1].Near - 0.002f), Far = MathF.Max(slices[i].Far, slices[i - 1].Far - 0.002f) };
        // No bump of a knee or a hip shows through.
        float[] near = Smooth([.. slices.Select(s => s.Near)], Drape), far = Smooth([.. slices.Select(s => s.Far)], Drape);
        for (int i = 0; i < slices.Length; i++) slices[i] = slices[i] with { Near = MathF.Max(near[i], body[i].Near + 0.004f), Far = MathF.Max(far[i], body[i].Far + 0.004f) };
        return slices;
    }

    private static SkirtSlice BodyAt(PosedBody posed, Vector3 centre, Vector3 right, Vector3 forward)
    {
        float l = 0.05f, r = 0.05f, near = 0.05f, far = 0.05f;
        for (int v = 0; v < posed.Positions.Length; v++)
        {
            Vector3 from = posed.Positions[v] - centre;
            if (MathF.Abs(from.Y) > 0.012f || IsArm(posed.Mesh.Parts[v])) continue;
            float across = Vector3.Dot(from, right), along = Vector3.Dot(from, forward);
            (l, r, near, far) = (MathF.Max(l, -across), MathF.Max(r, across), MathF.Max(near, -along), MathF.Max(far, along));
        }
        return new SkirtSlice(centre, l, r, near, far);
    }

    /// <summary>Gaps and dips closed between their neighbours, then smoothed over five levels; the hem keeps its width.</summary>
    private static float[] Completed(float[] values, float top)
    {
        (int from, float known) = (-1, top);
        for (int i = 0; i <= values.Length; i++)
        {
            if (i < values.Length && float.IsNaN(values[i])) continue;
            float to = i < values.Length ? values[i] : known;
            for (int k = from + 1; k < i; k++) values[k] = known + ((to - known) * (k - from) / (i - from));
            (from, known) = (i, to);
        }
        return Smooth(Closed(values), 2);
    }

    /// <summary>Dips between two wider places filled up to the narrower of them (a morphological closing).</summary>
    private static float[] Closed(float[] values)
    {
        static float[] Around(float[] values, Func<float[], float> of) => [.. values.Select((_, i) => of(values[Math.Max(0, i - Notch)..Math.Min(values.Length, i + Notch + 1)]))];
        return Around(Around(values, v => v.Max()), v => v.Min());
    }

    /// <summary>Means over levels on both sides; the ends stay.</summary>
    private static float[] Smooth(float[] values, int most) => [.. values.Select((_, i) =>
    {
        int reach = Math.Min(most, Math.Min(i, values.Length - 1 - i));
        return values[(i - reach)..(i + reach + 1)].Average();
    })];

    private static bool IsArm(BodyPart part) => part is >= BodyPart.LeftUpperArm and <= BodyPart.RightHand;
}

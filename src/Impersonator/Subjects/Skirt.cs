using System.Numerics;
using Impersonator.Bodies;
using Impersonator.Imaging;
using Impersonator.Recovery;

namespace Impersonator.Subjects;

/// <summary>A skirt, dress or long coat seen in the matte: how far down it hangs and how wide it is.</summary>
/// <remarks>
/// Two legs cannot become a skirt by moving outwards. Where the matte is filled between the legs though the body is not there,
/// cloth hangs: a tube of its own is hung around the hips and carried by pelvis and thighs.
/// </remarks>
internal sealed class Skirt
{
    private const int Stations = 48, Around = 56, Rings = 24;

    /// <summary>Cloth between the legs where there is no body, metres (root mean square over the stations). Wide trousers and dropped crotches reach 0.05.</summary>
    private const float MinGap = 0.06f;

    private readonly float[] _halfWidths, _middles;

    private Skirt(float hem, float[] halfWidths, float[] middles) => (Hem, _halfWidths, _middles) = (hem, halfWidths, middles);

    /// <summary>Where it ends, as a share of the way from hips to ankles.</summary>
    public float Hem { get; }

    /// <summary>Looks for one; null when legs are legs.</summary>
    /// <param name="body">The naked body.</param>
    /// <param name="person">Its pose and camera.</param>
    /// <param name="matte">The person's alpha, of the photo's shape.</param>
    public static Skirt? Find(Body body, Person person, Matte matte)
    {
        var posed = new PosedBody(body.Mesh, body, person);
        Matte small = matte.Resize(posed.Camera.Width, posed.Camera.Height);
        Vector3[] joints = Joints(body, person);
        Vector2 Leg(int side, float share)
        {
            Vector3 hip = joints[Joint.LeftHip + side], knee = joints[Joint.LeftKnee + side], ankle = joints[Joint.LeftAnkle + side];
            Vector3 at = share < 0.5f ? Vector3.Lerp(hip, knee, share * 2) : Vector3.Lerp(knee, ankle, (share * 2) - 1);
            Vector3 pixel = posed.Project(at);
            return new Vector2(pixel.X, pixel.Y);
        }
        // Only for people who stand or walk upright: cloth that hangs otherwise needs more than a tube.
        Vector2 down = ((Leg(0, 1) + Leg(1, 1)) / 2) - ((Leg(0, 0) + Leg(1, 0)) / 2);
        float length = down.Length();
        if (length < 40 || down.Y < 0.85f * length) return null;

        float metresPerPixel = posed.Project((joints[Joint.LeftHip] + joints[Joint.RightHip]) / 2).Z / posed.Camera.FocalLength;
        var (halfWidths, middles) = (new float[Stations], new float[Stations]);
        float gap = 0;
        int last = -1;
        for (int s = 0; s < Stations; s++)
        {
            float share = (s + 0.5f) / Stations;
            Vector2 left = Leg(0, share), right = Leg(1, share);
            if (left.X < right.X) (left, right) = (right, left); // seen from behind
            int y = (int)((left.Y + right.Y) / 2), from = (int)MathF.Floor(right.X), to = (int)MathF.Ceiling(left.X);
            if (y < 0 || y >= small.Height || from < 1 || to >= small.Width - 1) return null;
            int filled = 0, empty = 0, over = 0;
            for (int x = from; x <= to; x++)
            {
                if (small[x, y] >= 0.5f) filled++;
                if (posed.Maps.TriangleAt(x, y) < 0)
                {
                    empty++;
                    if (small[x, y] >= 0.5f) over++;
                }
            }
            if (filled < 0.94f * (to - from + 1)) break;
            int outerLeft = to, outerRight = from;
            while (outerLeft < small.Width - 1 && small[outerLeft + 1, y] >= 0.5f) outerLeft++;
            while (outerRight > 0 && small[outerRight - 1, y] >= 0.5f) outerRight--;
            gap += over * (float)over;
            last = s;
            halfWidths[s] = (outerLeft - outerRight + 1) / 2f * metresPerPixel;
            middles[s] = ((outerLeft + outerRight) / 2f - ((left.X + right.X) / 2)) * metresPerPixel;
        }
        // Trousers close the crotch too, but not far down, and between close legs there is no gap to fill.
        float hem = (last + 1f) / Stations;
        return hem > 0.22f && MathF.Sqrt(gap / Math.Max(1, last + 1)) * metresPerPixel > MinGap ? new Skirt(hem, halfWidths, middles) : null;
    }

    /// <summary>[V] true for leg vertices under the cloth, which must not be pulled out to its edge.</summary>
    public bool[] Covers(Body body)
    {
        float hem = HemHeight(body);
        return [.. Enumerable.Range(0, body.Mesh.VertexCount).Select(v => body.Mesh.Parts[v] is BodyPart.LeftUpperLeg or BodyPart.RightUpperLeg or BodyPart.LeftLowerLeg or BodyPart.RightLowerLeg
            && body.Mesh.RestPositions[v].Y > hem)];
    }

    /// <summary>The tube in the rest pose, around a clothed body.</summary>
    public SkinnedMesh Build(Body body, SkinnedMesh clothed)
    {
        float waist = body.RestJoints[Joint.Spine2].Y, hips = body.RestJoints[Joint.LeftHip].Y, hem = HemHeight(body), ankles = body.RestJoints[Joint.LeftAnkle].Y;
        var positions = new Vector3[(Rings + 1) * Around];
        var weights = new JointWeights[positions.Length];
        for (int r = 0; r <= Rings; r++)
        {
            float y = float.Lerp(waist, hem, (float)r / Rings);
            (Vector2 low, Vector2 high) = Extent(clothed, y);
            Vector2 middle = (low + high) / 2, half = (high - low) / 2;
            // From the waist to the hips the body's own outline, then the matte's, eased into each other.
            float seen = TextureProjection.SmoothStep(0, 1, (waist - y) / MathF.Max(0.02f, waist - hips));
            float share = Math.Clamp((hips - y) / (hips - ankles) * Stations, 0, (Hem * Stations) - 1);
            float wide = At(_halfWidths, share), aside = At(_middles, share);
            float across = float.Lerp(half.X * 1.01f, MathF.Max(wide, half.X * 0.9f), seen);
            float deep = MathF.Max(half.Y + (0.012f * seen), across * float.Lerp(half.Y / MathF.Max(half.X, 0.01f), 0.5f + (0.16f * share / Stations), seen));
            for (int k = 0; k < Around; k++)
            {
                float angle = 2 * MathF.PI * k / Around, left = MathF.Cos(angle);
                positions[(r * Around) + k] = new Vector3(middle.X + (aside * seen) + (across * left), y, middle.Y + (deep * MathF.Sin(angle)));
                float thigh = 0.85f * TextureProjection.SmoothStep(0, 0.35f, hips - y), toLeft = TextureProjection.SmoothStep(-0.9f, 0.9f, left);
                float spine = 0.5f * TextureProjection.SmoothStep(hips, waist, y);
                weights[(r * Around) + k] = new JointWeights(Joint.Pelvis, Joint.LeftHip, Joint.RightHip, Joint.Spine1, (1 - thigh) * (1 - spine), thigh * toLeft * (1 - spine), thigh * (1 - toLeft) * (1 - spine), spine);
            }
        }
        var texcoords = new Vector2[(Rings + 1) * (Around + 1)];
        for (int r = 0; r <= Rings; r++)
            for (int k = 0; k <= Around; k++) texcoords[(r * (Around + 1)) + k] = new Vector2(0.01f + (0.98f * k / Around), 0.01f + (0.98f * r / Rings));
        var (triangles, texcoordTriangles) = (new List<int>(), new List<int>());
        for (int r = 0; r < Rings; r++)
            for (int k = 0; k < Around; k++)
                foreach ((int dr, int dk) in (ReadOnlySpan<(int, int)>)[(0, 0), (0, 1), (1, 1), (0, 0), (1, 1), (1, 0)])
                {
                    triangles.Add(((r + dr) * Around) + ((k + dk) % Around));
                    texcoordTriangles.Add(((r + dr) * (Around + 1)) + k + dk);
                }
        return new SkinnedMesh(positions, weights, [.. Enumerable.Repeat(BodyPart.Torso, positions.Length)], [.. triangles], texcoords, [.. texcoordTriangles]);
    }

    private float HemHeight(Body body) => float.Lerp(body.RestJoints[Joint.LeftHip].Y, body.RestJoints[Joint.LeftAnkle].Y, Hem);

    /// <summary>Linear between stations, smoothed over five of them.</summary>
    private float At(float[] values, float station)
    {
        int last = (int)(Hem * Stations) - 1;
        float sum = 0;
        for (int d = -2; d <= 2; d++) sum += values[Math.Clamp((int)station + d, 0, Math.Max(0, last))];
        return sum / 5;
    }

    private static Vector3[] Joints(Body body, Person person)
    {
        var places = new Vector3[body.RestJoints.Length];
        Kinematics.Forward(body.Model.Skeleton, body.RestJoints, person.Pose, new Quaternion[places.Length], places);
        return places;
    }

    /// <summary>Box (x, z) of the trunk and legs at a height of the rest pose.</summary>
    private static (Vector2 Low, Vector2 High) Extent(SkinnedMesh mesh, float height)
    {
        Vector2 low = new(float.MaxValue), high = new(float.MinValue);
        for (int v = 0; v < mesh.VertexCount; v++)
        {
            Vector3 p = mesh.RestPositions[v];
            if (MathF.Abs(p.Y - height) > 0.02f || mesh.Parts[v] is BodyPart.None or BodyPart.Head or (>= BodyPart.LeftUpperArm and <= BodyPart.RightHand)) continue;
            (low, high) = (Vector2.Min(low, new Vector2(p.X, p.Z)), Vector2.Max(high, new Vector2(p.X, p.Z)));
        }
        return low.X > high.X ? (new Vector2(-0.15f), new Vector2(0.15f)) : (low, high);
    }
}

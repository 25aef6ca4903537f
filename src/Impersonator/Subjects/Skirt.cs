using System.Numerics;
using Impersonator.Bodies;
using Impersonator.Imaging;
using Impersonator.Recovery;

namespace Impersonator.Subjects;

/// <summary>A tube of cloth from the waist to a hem, hanging around both legs and moved by them.</summary>
internal sealed class Skirt
{
    /// <summary>The layer's name.</summary>
    public const string Name = "skirt";

    private const int Around = 64, LevelsPerRing = 3;

    // Between an ellipse (2) and a box: two legs side by side have to fit in.
    private const float Roundness = 2.2f;

    private Skirt(SkinnedMesh mesh, bool[] covered) => (Mesh, Covered) = (mesh, covered);

    /// <summary>In the T-pose.</summary>
    public SkinnedMesh Mesh { get; }

    /// <summary>[V of the body] true for trunk and legs inside the cloth, which must not be pulled out to its edge.</summary>
    public bool[] Covered { get; }

    /// <summary>The skirt that a person wears in a photo, or null.</summary>
    /// <param name="body">The naked body.</param>
    /// <param name="person">Its pose and camera.</param>
    /// <param name="matte">The person's alpha, of the photo's shape.</param>
    public static Skirt? Find(Body body, Person person, Matte matte)
    {
        var posed = new PosedBody(body.Mesh, body, person);
        Vector3[] joints = [.. body.RestJoints.Select((j, i) => Vector3.Transform(j, posed.Transforms[i]))];
        SkirtSlice[]? slices = SkirtOutline.Find(posed, joints, matte.Resize(posed.Camera.Width, posed.Camera.Height));
        if (slices is null) return null;

        int rings = (slices.Length / LevelsPerRing) + 1;
        (Vector3 right, Vector3 forward) = SkirtOutline.Axes(posed);
        Vector3 toLeft = Vector3.Normalize((joints[Joint.LeftHip] - joints[Joint.RightHip]) with { Y = 0 });
        // The texture's seam hangs at the back.
        float start = MathF.Atan2(Vector3.Dot(Vector3.Cross(Vector3.UnitY, toLeft), forward), Vector3.Dot(Vector3.Cross(Vector3.UnitY, toLeft), right));
        var (positions, weights) = (new Vector3[rings * Around], new JointWeights[rings * Around]);
        float knee = (joints[Joint.LeftKnee].Y + joints[Joint.RightKnee].Y) / 2, hips = (joints[Joint.LeftHip].Y + joints[Joint.RightHip].Y) / 2;
        for (int ring = 0; ring < rings; ring++)
        {
            SkirtSlice slice = slices[(int)MathF.Round((float)ring * (slices.Length - 1) / (rings - 1))];
            for (int k = 0; k < Around; k++)
            {
                (float sin, float cos) = MathF.SinCos(start + (2 * MathF.PI * k / Around));
                float across = MathF.CopySign(MathF.Pow(MathF.Abs(cos), 2 / Roundness), cos) * (cos > 0 ? slice.Right : slice.Left);
                float along = MathF.CopySign(MathF.Pow(MathF.Abs(sin), 2 / Roundness), sin) * (sin > 0 ? slice.Far : slice.Near);
                Vector3 from = (right * across) + (forward * along), place = slice.Centre + from;
                int v = (ring * Around) + k;
                weights[v] = WeightsAt(Vector3.Dot(from, toLeft) / 0.12f, place.Y, hips, knee);
                positions[v] = place;
            }
        }
        (float waist, float hem) = (slices[0].Centre.Y - 0.05f, slices[^1].Centre.Y + 0.01f);
        bool[] covered = [.. posed.Positions.Select((p, v) => p.Y < waist && p.Y > hem && (body.Mesh.Parts[v] is BodyPart.Torso or >= BodyPart.LeftUpperLeg))];
        return Unposed(Tube(positions, weights, rings), posed.Transforms) is { } mesh ? new Skirt(mesh, covered) : null;
    }

    /// <summary>The same skirt of another cut.</summary>
    /// <param name="mesh">Of the same topology.</param>
    public Skirt With(SkinnedMesh mesh) => new(mesh, Covered);

    /// <summary>The mesh that skinning brings where this one lies; null where joints are turned against each other too far for one.</summary>
    internal static SkinnedMesh? Unposed(SkinnedMesh mesh, Matrix4x4[] posedFromRest)
    {
        Vector3[] wanted = mesh.RestPositions, posed = new Vector3[wanted.Length];
        var back = new Matrix4x4[wanted.Length];
        for (int v = 0; v < back.Length; v++)
        {
            Matrix4x4 blended = default;
            for (int k = 0; k < JointWeights.Count; k++) blended += posedFromRest[mesh.Weights[v].Joint(k)] * mesh.Weights[v].Weight(k);
            if (!Matrix4x4.Invert(blended, out back[v])) return null;
        }
        // Blended matrices are near what skinning does; what they miss is made up for step by step.
        mesh = mesh.WithRestPositions([.. wanted.Select((p, v) => Vector3.Transform(p, back[v]))]);
        for (int step = 0; step < 4; step++)
        {
            Skinning.Apply(mesh, posedFromRest, posed);
            mesh = mesh.WithRestPositions([.. mesh.RestPositions.Select((p, v) => p + Vector3.TransformNormal(wanted[v] - posed[v], back[v]))]);
        }
        return mesh;
    }

    /// <summary>The pelvis holds the waist; further down each side goes with its own leg, the middle with both.</summary>
    private static JointWeights WeightsAt(float side, float y, float hips, float knee)
    {
        float legs = TextureProjection.SmoothStep(hips + 0.06f, hips - 0.22f, y) * 0.92f;
        float left = TextureProjection.SmoothStep(-1, 1, side);
        float shin = TextureProjection.SmoothStep(knee + 0.06f, knee - 0.25f, y) * 0.5f;
        bool isLeft = left >= 0.5f;
        float own = legs * (isLeft ? left : 1 - left), other = legs - own;
        // A shin takes its share only where its leg is the nearer by far, else the two sides would tear at the middle.
        float below = own * shin * MathF.Abs((2 * left) - 1);
        return new JointWeights(Joint.Pelvis, (ushort)(isLeft ? Joint.LeftHip : Joint.RightHip), (ushort)(isLeft ? Joint.RightHip : Joint.LeftHip), (ushort)(isLeft ? Joint.LeftKnee : Joint.RightKnee), 1 - legs, own - below, other, below);
    }

    private static SkinnedMesh Tube(Vector3[] positions, JointWeights[] weights, int rings)
    {
        const int Columns = Around + 1;
        var texcoords = new Vector2[rings * Columns];
        for (int i = 0; i < texcoords.Length; i++) texcoords[i] = new Vector2((float)(i % Columns) / Around, (float)(i / Columns) / (rings - 1));
        var (triangles, corners) = (new List<int>(), new List<int>());
        for (int ring = 0; ring + 1 < rings; ring++)
            for (int k = 0; k < Around; k++)
            {
                int Vertex(int down, int on) => ((ring + down) * Around) + ((k + on) % Around);
                int Corner(int down, int on) => ((ring + down) * Columns) + k + on;
                triangles.AddRange([Vertex(0, 0), Vertex(1, 0), Vertex(0, 1), Vertex(1, 0), Vertex(1, 1), Vertex(0, 1)]);
                corners.AddRange([Corner(0, 0), Corner(1, 0), Corner(0, 1), Corner(1, 0), Corner(1, 1), Corner(0, 1)]);
            }
        return new SkinnedMesh(positions, weights, [.. Enumerable.Repeat(BodyPart.Torso, positions.Length)], [.. triangles], texcoords, [.. corners]);
    }
}

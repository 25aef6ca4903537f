using System.Numerics;
using Impersonator.Bodies;

namespace Impersonator.Tests.Bodies;

/// <summary>Carries loops around limbs along with the skin; unlike a slice of the posed mesh, such a loop cannot cut the limb it is folded against.</summary>
public sealed class LimbSectionTests(ITestOutputHelper output)
{
    private static readonly Body Person = BodyModel.Default.Create(Shape.Average);

    /// <summary>Joints with axis · degrees, and the limbs to measure.</summary>
    private static readonly (string Name, (int Joint, Vector3 Turn)[] Turns, (int Upper, int Lower)[] Limbs)[] Extremes =
    [
        ("elbow 140", [(Joint.LeftElbow, new(0, -140, 0))], [(Joint.LeftShoulder, Joint.LeftElbow), (Joint.LeftElbow, Joint.LeftWrist)]),
        ("right elbow 140", [(Joint.RightElbow, new(0, 140, 0))], [(Joint.RightShoulder, Joint.RightElbow), (Joint.RightElbow, Joint.RightWrist)]),
        ("knee 140", [(Joint.LeftKnee, new(140, 0, 0))], [(Joint.LeftHip, Joint.LeftKnee), (Joint.LeftKnee, Joint.LeftAnkle)]),
        ("arm up 170", [(Joint.LeftShoulder, new(0, 0, 80))], [(Joint.LeftShoulder, Joint.LeftElbow)]),
        ("arm down", [(Joint.LeftShoulder, new(0, 0, -80))], [(Joint.LeftShoulder, Joint.LeftElbow)]),
        ("hip flexion 110", [(Joint.LeftHip, new(-110, 0, 0))], [(Joint.LeftHip, Joint.LeftKnee)]),
        ("front split", [(Joint.LeftHip, new(-90, 0, 0)), (Joint.RightHip, new(70, 0, 0))], [(Joint.LeftHip, Joint.LeftKnee), (Joint.RightHip, Joint.RightKnee)]),
        ("deep squat", [(Joint.LeftHip, new(-110, 0, 0)), (Joint.RightHip, new(-110, 0, 0)), (Joint.LeftKnee, new(140, 0, 0)), (Joint.RightKnee, new(140, 0, 0))], [(Joint.LeftHip, Joint.LeftKnee), (Joint.RightKnee, Joint.RightAnkle)]),
        ("wrist twist 80", [(Joint.LeftWrist, new(80, 0, 0))], [(Joint.LeftElbow, Joint.LeftWrist)]),
        ("forearm twist 80", [(Joint.LeftElbow, new(80, 0, 0))], [(Joint.LeftShoulder, Joint.LeftElbow), (Joint.LeftElbow, Joint.LeftWrist)]),
        ("upper arm twist 80", [(Joint.LeftShoulder, new(80, 0, 0))], [(Joint.LeftShoulder, Joint.LeftElbow)]),
    ];

    [Fact]
    public void Apply_TurnedRoot_MovesTheBodyRigidly()
    {
        (int, Vector3)[] bent = [(Joint.LeftElbow, new(0, -90, 0)), (Joint.RightHip, new(-60, 0, 20))];
        var root = new Vector3(0.3f, 1.2f, -0.4f);
        Quaternion turn = Quaternion.CreateFromYawPitchRoll(2.5f, 0.4f, -1.1f);
        Vector3[] still = Posed(bent), moved = Posed(bent, turn, root);
        for (int v = 0; v < still.Length; v++)
            Assert.True(Vector3.Distance(moved[v], Vector3.Transform(still[v] - Person.RestJoints[0], turn) + root) < 1e-5f);
    }

    [Fact]
    public void Apply_ExtremePoses_KeepThreeQuartersOfEverySection()
    {
        var thin = new List<string>();
        foreach ((string name, (int, Vector3)[] turns, (int, int)[] limbs) in Extremes)
        {
            Vector3[] posed = Posed(turns), linear = Linear(turns);
            foreach ((int upper, int lower) in limbs)
            {
                var row = new List<string>();
                foreach (float station in Stations(upper, lower))
                {
                    float rest = Section(Person.Mesh.RestPositions, upper, lower, station), kept = Section(posed, upper, lower, station) / rest;
                    row.Add($"{100 * station:F0} %: {100 * Section(linear, upper, lower, station) / rest:F0} -> {100 * kept:F0}");
                    if (kept < 0.75f) thin.Add($"{name}, {Skeleton.SmplH.JointNames[upper]} at {station:P0}: {kept:P0} of rest");
                }
                output.WriteLine($"{name,-20} {Skeleton.SmplH.JointNames[upper],-14} {string.Join(" | ", row)}");
            }
        }
        Assert.Empty(thin);
    }

    [Fact]
    public void Apply_MirroredPose_GivesTheMirroredBody()
    {
        Vector3[] left = Posed([(Joint.LeftElbow, new(30, -120, 0)), (Joint.LeftKnee, new(120, 0, 0))]), right = Posed([(Joint.RightElbow, new(30, 120, 0)), (Joint.RightKnee, new(120, 0, 0))]);
        int[] mirror = BodyModel.Default.Mirror;
        Assert.True(Enumerable.Range(0, left.Length).Max(v => Vector3.Distance(left[v] * new Vector3(-1, 1, 1), right[mirror[v]])) < 0.015f);
    }

    /// <summary>Three centimetres from either end, between, and the lower joint itself; a thigh and an upper arm begin below crotch and armpit.</summary>
    private static float[] Stations(int upper, int lower)
    {
        float near = 0.03f / Vector3.Distance(Person.RestJoints[upper], Person.RestJoints[lower]);
        float first = upper is Joint.LeftHip or Joint.RightHip or Joint.LeftShoulder or Joint.RightShoulder ? 0.33f : near;
        return [first, 0.5f, 0.75f, 1 - near, 1];
    }

    /// <summary>Area that the skin around a station of a limb encloses: the rest's cut loop, carried along with the skin.</summary>
    private static float Section(Vector3[] positions, int upper, int lower, float station)
    {
        Vector3 bone = Vector3.Normalize(Person.RestJoints[lower] - Person.RestJoints[upper]);
        Vector3 at = Vector3.Lerp(Person.RestJoints[upper], Person.RestJoints[lower], station);
        float Height(int v) => Vector3.Dot(Person.Mesh.RestPositions[v] - at, bone);
        Vector3 sum = default, origin = default;
        Span<Vector3> ends = stackalloc Vector3[2];
        for (int t = 0; t < Person.Mesh.Triangles.Length; t += 3)
        {
            if (Vector3.Distance(Person.Mesh.RestPositions[Person.Mesh.Triangles[t]], at) > 0.16f || Person.Mesh.RestPositions[Person.Mesh.Triangles[t]].X * at.X < 0) continue;
            int found = 0;
            for (int c = 0; c < 3; c++)
            {
                int a = Person.Mesh.Triangles[t + c], b = Person.Mesh.Triangles[t + ((c + 1) % 3)];
                float from = Height(a), to = Height(b);
                if (from < 0 == to < 0) continue;
                // The upward crossing first, so that all pieces run the same way round.
                ends[from < 0 ? 0 : 1] = Vector3.Lerp(positions[a], positions[b], from / (from - to));
                found++;
            }
            if (found != 2) continue;
            if (origin == default) origin = ends[0];
            sum += Vector3.Cross(ends[0] - origin, ends[1] - origin);
        }
        return sum.Length() / 2;
    }

    internal static Matrix4x4[] Transforms((int Joint, Vector3 Turn)[] turns, Quaternion? turn = null, Vector3? root = null)
    {
        var rotations = Enumerable.Repeat(Quaternion.Identity, Joint.Count).ToArray();
        rotations[0] = turn ?? Quaternion.Identity;
        foreach ((int joint, Vector3 degrees) in turns)
            rotations[joint] = Quaternion.CreateFromAxisAngle(Vector3.Normalize(degrees), degrees.Length() * MathF.PI / 180);
        var transforms = new Matrix4x4[Joint.Count];
        Kinematics.PosedFromRest(Skeleton.SmplH, Person.RestJoints, new Pose([.. rotations], root ?? Person.RestJoints[0]), transforms);
        return transforms;
    }

    private static Vector3[] Posed((int Joint, Vector3 Turn)[] turns, Quaternion? turn = null, Vector3? root = null)
    {
        var posed = new Vector3[Person.Mesh.VertexCount];
        Skinning.Apply(Person.Mesh, Transforms(turns, turn, root), posed);
        return posed;
    }

    /// <summary>Plain linear blend skinning, to compare.</summary>
    private static Vector3[] Linear((int Joint, Vector3 Turn)[] turns)
    {
        Matrix4x4[] transforms = Transforms(turns);
        return [.. Person.Mesh.RestPositions.Select((p, v) => Enumerable.Range(0, JointWeights.Count)
            .Aggregate(Vector3.Zero, (sum, k) => sum + (Vector3.Transform(p, transforms[Person.Mesh.Weights[v].Joint(k)]) * Person.Mesh.Weights[v].Weight(k))))];
    }
}

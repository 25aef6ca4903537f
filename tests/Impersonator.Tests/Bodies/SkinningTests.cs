using System.Diagnostics;
using System.Numerics;
using Impersonator.Bodies;

namespace Impersonator.Tests.Bodies;

public sealed class SkinningTests
{
    private static readonly Body Average = BodyModel.Default.Create(Shape.Average);

    [Fact]
    public void Apply_IdentityPose_LeavesRestMesh()
    {
        Vector3[] posed = Posed(Pose.Rest(Skeleton.SmplH, Average.RestJoints[0]));
        Assert.All(posed.Zip(Average.Mesh.RestPositions), p => Assert.True(Vector3.Distance(p.First, p.Second) < 1e-5f));
    }

    [Fact]
    public void Apply_RootMotion_IsRigid()
    {
        Quaternion turn = Quaternion.CreateFromYawPitchRoll(1, -0.7f, 2);
        var root = new Vector3(1, 2, -3);
        Vector3[] posed = Posed(Bent(root, (Joint.Pelvis, turn)));
        for (int v = 0; v < posed.Length; v++)
            Assert.True(Vector3.Distance(posed[v], root + Vector3.Transform(Average.Mesh.RestPositions[v] - Average.RestJoints[0], turn)) < 1e-5f);
    }

    [Fact]
    public void Apply_AnyPose_AgreesWithBlendingInDoublePrecision()
    {
        var random = new Random(3);
        float Part() => (random.NextSingle() * 2) - 1;
        Pose pose = Bent(new Vector3(0.3f, 1, 2), [.. Enumerable.Range(0, Joint.Count).Select(j => (j, Quaternion.CreateFromYawPitchRoll(Part(), Part(), Part())))]);
        var transforms = new Matrix4x4[Joint.Count];
        Kinematics.PosedFromRest(Skeleton.SmplH, Average.RestJoints, pose, transforms);
        Matrix4x4[] upper = [.. transforms], lower = [.. transforms];
        Average.Mesh.Twist.Spread(transforms, upper, lower);
        Vector3[] posed = Posed(pose);
        for (int v = 0; v < posed.Length; v++)
        {
            JointWeights w = Average.Mesh.Weights[v];
            Vector4 shares = Average.Mesh.Twist.Shares[v];
            Vector3 Twin(Vector3 p) => ScalarTwin(p, w, shares, transforms, upper, lower);
            Vector3 expected = Twin(Average.Mesh.RestPositions[v]), middle = Average.Mesh.Twist.Middles[v].AsVector3();
            float corner = Average.Mesh.Twist.Middles[v].W;
            if (corner != 0)
            {
                expected -= Twin(middle) * corner;
                for (int k = 0; k < JointWeights.Count; k++)
                    expected += corner * w.Weight(k) * (((1 - shares[k]) * Vector3.Transform(middle, upper[w.Joint(k)])) + (shares[k] * Vector3.Transform(middle, lower[w.Joint(k)])));
            }
            Assert.True(Vector3.Distance(posed[v], expected) < 2e-5f);
        }
    }

    [Fact]
    public void Apply_OneJointPerVertex_IsThatJointsTransform()
    {
        JointWeights[] rigid = [.. Average.Mesh.Weights.Select(w => new JointWeights(w.Joint0, 0, 0, 0, 1, 0, 0, 0))];
        var mesh = new SkinnedMesh(Average.Mesh.RestPositions, rigid, Average.Mesh.Parts, Average.Mesh.Triangles, Average.Mesh.Texcoords, Average.Mesh.TexcoordTriangles);
        var transforms = new Matrix4x4[Joint.Count];
        Kinematics.PosedFromRest(Skeleton.SmplH, Average.RestJoints, Bent(Vector3.UnitY, (Joint.LeftElbow, Turn(Vector3.UnitY, -120)), (Joint.Neck, Turn(Vector3.UnitX, 170))), transforms);
        var posed = new Vector3[mesh.VertexCount];
        Skinning.Apply(mesh, transforms, posed);
        for (int v = 0; v < posed.Length; v++)
            Assert.True(Vector3.Distance(posed[v], Vector3.Transform(mesh.RestPositions[v], transforms[rigid[v].Joint0])) < 1e-5f);
    }

    /// <summary>Twisting a limb must not wring it: the section at every place along it keeps three quarters of its area.</summary>
    [Theory]
    [InlineData(Joint.LeftShoulder, Joint.LeftElbow, 0.2f, 80)]
    [InlineData(Joint.LeftElbow, Joint.LeftWrist, -0.15f, 80)]
    [InlineData(Joint.LeftElbow, Joint.LeftWrist, -0.15f, -80)]
    [InlineData(Joint.LeftHip, Joint.LeftKnee, 0.2f, 60)]
    [InlineData(Joint.LeftKnee, Joint.LeftAnkle, -0.15f, 45)]
    public void Apply_TwistedLimb_KeepsItsCrossSections(int joint, int end, float start, float degrees)
    {
        Vector3 from = Average.RestJoints[joint], to = Average.RestJoints[end], axis = Vector3.Normalize(to - from);
        Vector3[] posed = Posed(Bent(Average.RestJoints[0], (joint, Turn(axis, degrees))));
        for (float t = start; t < 0.95f; t += 0.05f)
            AssertKept(0.75f, posed, [joint, end, Skeleton.SmplH.Parents[joint]], Vector3.Lerp(from, to, t), axis, Vector3.Lerp(from, to, t), axis);
    }

    /// <summary>Bending a joint must not collapse it: the section in the plane between the two limbs keeps its area.</summary>
    /// <remarks>Blended matrices keep 88 % here. Beyond 90° the plane also cuts flesh of both limbs that overlaps, so the area says nothing.</remarks>
    [Theory]
    [InlineData(Joint.LeftElbow, 0, -1, 0, 60)]
    [InlineData(Joint.LeftKnee, 1, 0, 0, 60)]
    [InlineData(Joint.LeftWrist, 0, 0, 1, 70)]
    public void Apply_BentJoint_KeepsItsCrossSection(int joint, float x, float y, float z, float degrees)
    {
        Vector3 axis = new(x, y, z), place = Average.RestJoints[joint];
        int parent = Skeleton.SmplH.Parents[joint];
        Vector3[] posed = Posed(Bent(Average.RestJoints[0], (joint, Turn(axis, degrees))));
        Vector3 along = Vector3.Normalize(place - Average.RestJoints[parent]);
        AssertKept(0.95f, posed, [joint, parent], place, along, place, Vector3.Transform(along, Turn(axis, degrees / 2)));
    }

    [Fact]
    public void Apply_WholeBody_TakesLittleTime()
    {
        var transforms = new Matrix4x4[Joint.Count];
        Kinematics.PosedFromRest(Skeleton.SmplH, Average.RestJoints, Bent(Vector3.UnitY, (Joint.LeftKnee, Turn(Vector3.UnitX, 60))), transforms);
        var posed = new Vector3[Average.Mesh.VertexCount];
        double best = double.MaxValue;
        for (int run = 0; run < 200; run++)
        {
            long start = Stopwatch.GetTimestamp();
            Skinning.Apply(Average.Mesh, transforms, posed);
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }
        TestContext.Current.TestOutputHelper?.WriteLine($"{best:F3} ms");
        Assert.True(best < 5, $"{best:F2} ms; about 0.5 expected on an idle core");
    }

    private static void AssertKept(float share, Vector3[] posed, int[] joints, Vector3 restPoint, Vector3 restNormal, Vector3 point, Vector3 normal)
    {
        SkinnedMesh mesh = Average.Mesh;
        int[] limb = [.. mesh.Triangles.Chunk(3).Where(t => t.All(v => joints.Contains(mesh.Weights[v].Joint0) && Vector3.Distance(mesh.RestPositions[v], restPoint) < 0.16f)).SelectMany(t => t)];
        float before = CrossSection.Area(mesh.RestPositions, limb, restPoint, restNormal), after = CrossSection.Area(posed, limb, point, normal);
        TestContext.Current.TestOutputHelper?.WriteLine($"{1e4f * before:F1} cm² -> {1e4f * after:F1} cm² ({after / before:P0})");
        Assert.True(before > 5e-4f, $"the slice at rest has only {1e4f * before:F1} cm²");
        Assert.True(after >= share * before, $"{1e4f * before:F1} cm² became {1e4f * after:F1} cm²");
    }

    private static Quaternion Turn(Vector3 axis, float degrees) => Quaternion.CreateFromAxisAngle(Vector3.Normalize(axis), degrees * MathF.PI / 180);

    private static Pose Bent(Vector3 root, params (int Joint, Quaternion Turn)[] turns)
    {
        Quaternion[] rotations = [.. Pose.Rest(Skeleton.SmplH).Rotations];
        foreach ((int joint, Quaternion turn) in turns) rotations[joint] = turn;
        return new Pose([.. rotations], root);
    }

    private static Vector3[] Posed(Pose pose)
    {
        var posed = new Vector3[Average.Mesh.VertexCount];
        Average.Pose(pose, posed);
        return posed;
    }

    /// <summary>The definition, one number at a time: blended rotation quaternion, blended translation part, both divided by the rotation's length.</summary>
    private static Vector3 ScalarTwin(Vector3 p, JointWeights w, Vector4 shares, Matrix4x4[] transforms, Matrix4x4[] upper, Matrix4x4[] lower)
    {
        Span<double> r = stackalloc double[4], d = stackalloc double[4];
        Quaternion first = Quaternion.CreateFromRotationMatrix(transforms[w.Joint0]);
        for (int i = 0; i < 2 * JointWeights.Count; i++)
        {
            int k = i / 2;
            Matrix4x4 end = (i % 2 == 0 ? upper : lower)[w.Joint(k)];
            Quaternion q = Quaternion.CreateFromRotationMatrix(end);
            double weight = (double)w.Weight(k) * (i % 2 == 0 ? 1 - shares[k] : shares[k]);
            if (Quaternion.Dot(first, q) < 0) weight = -weight;
            Vector3 t = end.Translation;
            r[0] += weight * q.X; r[1] += weight * q.Y; r[2] += weight * q.Z; r[3] += weight * q.W;
            d[0] += weight * 0.5 * (((double)t.X * q.W) + ((double)t.Y * q.Z) - ((double)t.Z * q.Y));
            d[1] += weight * 0.5 * (((double)t.Y * q.W) + ((double)t.Z * q.X) - ((double)t.X * q.Z));
            d[2] += weight * 0.5 * (((double)t.Z * q.W) + ((double)t.X * q.Y) - ((double)t.Y * q.X));
            d[3] += weight * -0.5 * (((double)t.X * q.X) + ((double)t.Y * q.Y) + ((double)t.Z * q.Z));
        }
        double length = Math.Sqrt((r[0] * r[0]) + (r[1] * r[1]) + (r[2] * r[2]) + (r[3] * r[3]));
        var turn = new Quaternion((float)(r[0] / length), (float)(r[1] / length), (float)(r[2] / length), (float)(r[3] / length));
        var half = new Quaternion((float)(d[0] / length), (float)(d[1] / length), (float)(d[2] / length), (float)(d[3] / length));
        Quaternion move = half * Quaternion.Conjugate(turn);
        return Vector3.Transform(p, turn) + (2 * new Vector3(move.X, move.Y, move.Z));
    }
}

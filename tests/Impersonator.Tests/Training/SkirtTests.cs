using System.Numerics;
using Impersonator.Bodies;
using Impersonator.Training.Synthesis;

namespace Impersonator.Tests.Training;

public sealed class SkirtTests
{
    private static (ShapedBody Body, FigureMesh Mesh, Skirt Skirt) Sewn(SkirtCut cut)
    {
        var body = new ShapedBody(new HelperBasis());
        body.Take(new float[BodyModel.Default.Components.Length]);
        (FigureMesh mesh, Skirt skirt) = (new FigureMesh(), new Skirt());
        skirt.Build(mesh, body, cut);
        return (body, mesh, skirt);
    }

    [Theory]
    [InlineData(0.3f)]
    [InlineData(0.9f)]
    public void Build_Hem_EndsAtItsShareOfTheLeg(float hem)
    {
        (ShapedBody body, FigureMesh mesh, _) = Sewn(new SkirtCut { Hem = hem });
        float hip = body.Joints[Joint.LeftHip].Y, ankle = body.Joints[Joint.LeftAnkle].Y;
        Assert.Equal(hip - (hem * (hip - ankle)), mesh.Rest.Take(mesh.VertexCount).Min(p => p.Y), 0.001f);
    }

    [Fact]
    public void Build_LongSkirt_HoldsHipsAndLegs()
    {
        (ShapedBody body, FigureMesh mesh, _) = Sewn(new SkirtCut { Hem = 0.9f, Drape = 1 });
        float left = mesh.Rest.Take(mesh.VertexCount).Max(p => p.X), front = mesh.Rest.Take(mesh.VertexCount).Max(p => p.Z);
        for (int v = 0; v < ShapedBody.SkinCount; v++)
        {
            if (BodyModel.Default.Template.Parts[v] is not (BodyPart.LeftUpperLeg or BodyPart.LeftLowerLeg)) continue;
            Assert.True(body.Rest[v].X < left + 0.002f && body.Rest[v].Z < front + 0.002f, $"vertex {v} sticks out");
        }
        for (int v = 0; v < mesh.VertexCount; v++)
            if (MathF.Abs(mesh.Rest[v].X) > 0.03f && mesh.Parts[v] >= (byte)BodyPart.LeftUpperLeg) Assert.Equal(mesh.Rest[v].X > 0, mesh.Parts[v] % 2 == 1);
    }

    [Fact]
    public void Push_LiftedThigh_IsNotThroughTheCloth()
    {
        (ShapedBody body, FigureMesh mesh, Skirt skirt) = Sewn(new SkirtCut { Hem = 0.5f });
        var rotations = new Quaternion[Joint.Count];
        Array.Fill(rotations, Quaternion.Identity);
        rotations[Joint.LeftHip] = Quaternion.CreateFromAxisAngle(Vector3.UnitX, -1.2f);
        var pose = new Pose([.. rotations], body.Joints[0]);
        var places = new Vector3[Joint.Count];
        Kinematics.Forward(Skeleton.SmplH, body.Joints, pose, new Quaternion[Joint.Count], places);
        var skinner = new Skinner();
        skinner.Take(body.Joints, body.Limbs, pose);
        skinner.Apply(mesh.Binding!, mesh.Shares, mesh.Rest, mesh.Posed, null);
        skirt.Push(mesh, places);
        // Nothing but the first two rings, which the waist holds, comes nearer to the thigh's axis than flesh is thick.
        (Vector3 hip, Vector3 knee) = (places[Joint.LeftHip], places[Joint.LeftKnee]);
        for (int v = 80; v < mesh.VertexCount; v++)
        {
            float share = Vector3.Dot(mesh.Posed[v] - hip, knee - hip) / Vector3.DistanceSquared(knee, hip);
            if (share is < 0.2f or > 0.95f) continue;
            Assert.True(Vector3.Distance(mesh.Posed[v], hip + ((knee - hip) * share)) > 0.04f, $"vertex {v} lies in the thigh");
        }
    }
}

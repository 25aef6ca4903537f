using System.Numerics;
using Impersonator.Bodies;
using Impersonator.Training.Synthesis;

namespace Impersonator.Tests.Training;

public sealed class HairTests
{
    [Theory]
    [InlineData(0.1f)]
    [InlineData(0.5f)]
    public void LongHair_OfAnyLength_FollowsThePoseEverywhere(float length)
    {
        (FigureMesh mesh, ShapedBody body) = (new FigureMesh(), Average());
        new LongHair().Build(mesh, body, new LongHairCut { Length = length });
        Assert.All(Posed(mesh, body), p => Assert.InRange(p.Y, -1.2f, 1));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.45f)]
    public void HairTail_BunOrPonytail_FollowsThePoseBehindTheFace(float length)
    {
        (FigureMesh mesh, ShapedBody body) = (new FigureMesh(), Average());
        new HairTail().Build(mesh, body, new HairTailCut { Length = length });
        Vector3[] posed = Posed(mesh, body);
        Assert.All(posed, p => Assert.InRange(p.Y, -1.2f, 1));
        Assert.True(posed.Average(p => p.Z) < body.Joints[Joint.Head].Z - body.Joints[Joint.Pelvis].Z - 0.05f);
        if (length > 0) Assert.InRange(posed.Max(p => p.Y) - posed.Min(p => p.Y), 0.7f * length, 1.3f * length);
    }

    private static ShapedBody Average()
    {
        var body = new ShapedBody(PeoplePack.CreateProcedural().Helpers);
        body.Take(new float[BodyModel.Default.Components.Length]);
        return body;
    }

    private static Vector3[] Posed(FigureMesh mesh, ShapedBody body)
    {
        var pose = new FigurePose();
        pose.Clear();
        var skinner = new Skinner();
        skinner.Take(body.Joints, body.Limbs, new Pose([.. pose.Local], Vector3.Zero));
        skinner.Apply(mesh.Binding!, mesh.Shares, mesh.Rest, mesh.Posed, null);
        return mesh.Posed[..mesh.VertexCount];
    }
}

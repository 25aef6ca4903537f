using System.Numerics;
using Impersonator.Bodies;
using Impersonator.Training.Synthesis;

namespace Impersonator.Tests.Training;

public sealed class SkinnerTests
{
    [Fact]
    public void Apply_BentBody_IsTheLibrarysBody()
    {
        BodyModel model = BodyModel.Default;
        var dice = new Dice(5);
        float[] shape = [.. Enumerable.Range(0, model.Components.Length).Select(_ => dice.Normal())];
        var pose = new Pose([.. Enumerable.Range(0, Joint.Count).Select(_ => Quaternion.CreateFromAxisAngle(dice.Direction(), dice.Normal(0.5f)))], new Vector3(0.1f, 1, -0.2f));
        Body body = model.Create(new Shape([.. shape]));
        var expected = new Vector3[body.Mesh.VertexCount];
        body.Pose(pose, expected);

        var shaped = new ShapedBody(new HelperBasis());
        shaped.Take(shape);
        SkinBinding binding = SkinBinding.Of(model.Template.Weights);
        var shares = new float[4 * expected.Length];
        binding.Shares(shaped.Rest, shaped.Limbs, shares);
        var skinner = new Skinner();
        skinner.Take(shaped.Joints, shaped.Limbs, pose);
        var posed = new Vector3[expected.Length];
        skinner.Apply(binding, shares, shaped.Rest, posed, null);
        for (int v = 0; v < posed.Length; v++) Assert.True(Vector3.Distance(posed[v], expected[v]) < 1e-4f, $"vertex {v}: {posed[v]} and {expected[v]}");
    }
}

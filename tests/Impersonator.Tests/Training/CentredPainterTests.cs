using System.Numerics;
using Impersonator.Training.Synthesis;

namespace Impersonator.Tests.Training;

public sealed class CentredPainterTests
{
    [Fact]
    public void Paint_Centred_HasTheAxisInTheMiddleAndKeypointsWhereTheCameraSeesThem()
    {
        var painter = new PersonPainter(PeoplePack.CreateProcedural()) { Centred = true };
        var sample = new Sample(128);
        painter.Paint(5, sample);
        Assert.Equal(new Vector2(64), sample.Camera.PrincipalPoint);
        Vector3 pelvis = new(sample.Joints3D.AsSpan(0, 3));
        Vector2 seen = sample.Camera.PrincipalPoint + (new Vector2(pelvis.X, pelvis.Y) * (sample.Camera.FocalLength / pelvis.Z));
        Vector2 hips = (Hip(9) + Hip(12)) / 2;
        Assert.InRange(Vector2.Distance(seen, hips), 0, 12);

        Vector2 Hip(int k) => new(sample.Keypoints[3 * k], sample.Keypoints[(3 * k) + 1]);
    }
}

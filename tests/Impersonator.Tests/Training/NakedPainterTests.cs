using System.Numerics;
using Impersonator.Bodies;
using Impersonator.Training.Synthesis;

namespace Impersonator.Tests.Training;

public sealed class NakedPainterTests
{
    [Fact]
    public void Paint_SameSeed_SameBytes() => PainterLaws.SameSeedSameBytes(new NakedPainter(), new NakedPainter());

    [Fact]
    public void Paint_Annotations_AgreeWithEachOther()
    {
        var painter = new NakedPainter();
        var sample = new Sample(160);
        (int seen, int onMatte) = (0, 0);
        var errors = new List<float>();
        for (int seed = 0; seed < 12; seed++)
        {
            painter.Paint(seed, sample);
            PainterLaws.JointsProjectOntoKeypoints(sample);
            PainterLaws.PoseLeadsToJointsAndKeypoints(sample);
            (int s, int on) = PainterLaws.SeenOnMatte(sample);
            (seen, onMatte) = (seen + s, onMatte + on);
            errors.AddRange(PainterLaws.LandmarkErrors(sample, ["nose", "left_mouth_corner", "right_mouth_corner"]));
            Assert.True(PainterLaws.OnOwnSide(sample) > 0.99f);
        }
        Assert.True(seen > 150 && onMatte >= 0.97 * seen, $"{onMatte} of {seen} on the matte");
        Assert.NotEmpty(errors);
        Assert.True(errors.Average() < 0.02f, $"{errors.Average()} m");
    }

    [Fact]
    public void CanonicalBox_HoldsTheTemplate()
        => Assert.All(BodyModel.Default.Template.RestPositions, p => Assert.True(Vector3.Clamp(p, CanonicalBox.Min, CanonicalBox.Max) == p));

    [Fact]
    public void Mirror_OfKeypoints_SwapsSidesAndUndoesItself()
    {
        Assert.Equal(33, Keypoints33.Names.Distinct().Count());
        for (int k = 0; k < Keypoints33.Count; k++)
        {
            Assert.Equal(k, Keypoints33.Mirror[Keypoints33.Mirror[k]]);
            Assert.Equal(Keypoints33.Names[k].Contains('_') && !Keypoints33.Names[k].StartsWith("head", StringComparison.Ordinal), Keypoints33.Mirror[k] != k);
        }
    }
}

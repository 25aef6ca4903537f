using Impersonator.Training.Synthesis;

namespace Impersonator.Tests.Training;

public sealed class PersonPainterTests
{
    private static readonly Lazy<PeoplePack> Pack = new(PeoplePack.CreateProcedural);

    [Fact]
    public void Paint_SameSeed_SameBytes() => PainterLaws.SameSeedSameBytes(new PersonPainter(Pack.Value), new PersonPainter(Pack.Value));

    [Fact]
    public void Paint_OnManyThreads_SameBytes()
    {
        var alone = new Sample(64);
        var painter = new PersonPainter(Pack.Value);
        var together = new byte[24][];
        Parallel.For(0, together.Length, () => new PersonPainter(Pack.Value), (n, _, own) =>
        {
            var sample = new Sample(64);
            own.Paint(n, sample);
            together[n] = sample.Rgb;
            return own;
        }, _ => { });
        for (int n = together.Length - 1; n >= 0; n--)
        {
            painter.Paint(n, alone);
            Assert.Equal(alone.Rgb, together[n]);
        }
    }

    [Fact]
    public void Paint_Annotations_AgreeWithEachOther()
    {
        var painter = new PersonPainter(Pack.Value);
        var sample = new Sample(160);
        (int seen, int onMatte, int sided) = (0, 0, 0);
        var errors = new List<float>();
        const int Count = 40;
        for (int seed = 0; seed < Count; seed++)
        {
            painter.Paint(seed, sample);
            PainterLaws.JointsProjectOntoKeypoints(sample);
            PainterLaws.PoseLeadsToJointsAndKeypoints(sample);
            PainterLaws.PartsLieOnTheMatte(sample);
            (int s, int on) = PainterLaws.SeenOnMatte(sample);
            (seen, onMatte) = (seen + s, onMatte + on);
            errors.AddRange(PainterLaws.LandmarkErrors(sample, ["nose", "left_mouth_corner", "right_mouth_corner", "left_ear", "right_ear"]));
            if (PainterLaws.OnOwnSide(sample) > 0.98f) sided++;
        }
        Assert.True(seen > 300 && onMatte >= 0.97 * seen, $"{onMatte} of {seen} seen keypoints on the matte");
        Assert.True(errors.Count > 20 && errors.Average() < 0.02f, $"{errors.Average()} m over {errors.Count}");
        Assert.True(sided >= Count - 2, $"{sided} of {Count} with parts on their own sides");
    }
}

using System.Numerics;
using Impersonator.Bodies;
using Impersonator.Recovery;
using Impersonator.Training.Synthesis;
using Impersonator.Training.Synthesis.Pairs;

namespace Impersonator.Tests.Training;

public sealed class PairPainterTests
{
    private const int Plane = PairSample.Side * PairSample.Side;
    private static readonly Lazy<PeoplePack> Pack = new(PeoplePack.CreateProcedural);

    [Fact]
    public void Paint_SameSeed_SameBytes()
    {
        (PairSample a, PairSample b) = (new PairSample(1), new PairSample(1));
        var painter = new PairPainter(Pack.Value);
        Assert.True(painter.Paint(5, a));
        painter.Paint(6, b);
        Assert.NotEqual(a.Photo, b.Photo);
        Assert.True(painter.Paint(5, b));
        Assert.Equal(a.Photo, b.Photo);
        Assert.Equal(a.Frame[0], b.Frame[0]);
        Assert.Equal(a.Flow[0], b.Flow[0]);
        Assert.Equal(a.Truth[0], b.Truth[0]);
        Assert.Equal(a.Face[0], b.Face[0]);
        Assert.Equal(a.Yaw, b.Yaw);
    }

    [Fact]
    public void Paint_ExactBody_MeshStandsWhereTheTruthDoes()
    {
        var painter = new PairPainter(Pack.Value) { Wrongness = 0 };
        var sample = new PairSample(3);
        var overlaps = new List<double>();
        foreach (long seed in (ReadOnlySpan<long>)[3, 5, 8])
        {
            Assert.True(painter.Paint(seed, sample));
            for (int t = 0; t < sample.Targets; t++) overlaps.Add(Overlap(sample.Frame[t].AsSpan(3 * Plane, Plane), sample.Truth[t].AsSpan(3 * Plane, Plane)));
        }
        Assert.InRange(overlaps.Average(), 0.75, 1);
        foreach (float[] face in sample.Face) Assert.All(face, x => Assert.InRange(x, 0, PairSample.Side));
    }

    [Fact]
    public void DrawPhoto_InThePhotosSquare_IsThePhotosPerson()
    {
        var painter = new PairPainter(Pack.Value) { Wrongness = 0 };
        var sample = new PairSample(1);
        Assert.True(painter.Paint(8, sample));
        var truth = new PaintedFigure(PairSample.Side);
        painter.DrawPhoto(truth);
        (double off, int count) = (0, 0);
        for (int i = 0; i < Plane; i++)
        {
            if (sample.Photo[(3 * Plane) + i] < 255 || truth.Sample.Alpha[i] < 255) continue;
            for (int c = 0; c < 3; c++) off += Math.Abs(sample.Photo[(c * Plane) + i] - truth.Rgb[(3 * i) + c]);
            count += 3;
        }
        Assert.True(count > 3000);
        Assert.InRange(off / count, 0, 8);
        Assert.InRange(Overlap(sample.Photo.AsSpan(3 * Plane, Plane), truth.Sample.Alpha), 0.93, 1);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(70)]
    [InlineData(-150)]
    public void Face_TurnsThePelvis_ByWhatIsAsked(float degrees)
    {
        var dice = new Dice(4);
        var aim = new PairAim(dice);
        aim.Choose();
        var pose = new FigurePose();
        pose.Clear();
        float now = aim.Face(pose, degrees * MathF.PI / 180);
        Assert.InRange(MathF.Abs(PairAim.Between(now, degrees * MathF.PI / 180)), 0, 4 * MathF.PI / 180);
        // Seen from its left, a body looks to the picture's left: away from the camera's right.
        Vector3 forward = Vector3.Transform(Vector3.UnitZ, pose.Local[Joint.Pelvis]);
        Assert.Equal(-MathF.Sin(degrees * MathF.PI / 180), forward.X, 0.08f);
    }

    [Fact]
    public void Of_WrongPerson_KeypointsStayWhereTheyAreSeen()
    {
        var dice = new Dice(2);
        var stage = new PairStage(Pack.Value, dice);
        var aim = new PairAim(dice);
        var errors = new FitErrors(dice);
        var (off, leans) = (new List<float>(), new List<float>());
        for (int n = 0; n < 20; n++)
        {
            dice.Restart(n);
            if (n == 0) stage.Figure.Dress(Owner.Person);
            FigurePose pose = stage.Poses.MakeForPhoto();
            aim.Choose();
            stage.Take(pose);
            Person truth = TruePerson.Of(stage.Figure, pose, aim.Photo(stage.Figure, 384)), wrong = errors.Of(truth, 1);
            Vector2[] there = FittedPoints.Keypoints(BodyModel.Default, truth), here = FittedPoints.Keypoints(BodyModel.Default, wrong);
            for (int k = 0; k < there.Length; k++) off.Add(Vector2.Distance(there[k], here[k]) / truth.Keypoints.PersonHeight);
            leans.Add(MathF.Abs(Lean(wrong) - Lean(truth)));
            Assert.Same(truth, errors.Of(truth, 0));
        }
        Assert.InRange(off.Average(), 0.003f, 0.03f);
        Assert.InRange(leans.Average(), 2, 20);
    }

    /// <summary>How far the left thigh leans away from the camera, degrees.</summary>
    private static float Lean(Person person)
    {
        Vector3[] joints = FittedPoints.Joints(BodyModel.Default, person);
        return MathF.Asin(Vector3.Normalize(joints[Joint.LeftKnee] - joints[Joint.LeftHip]).Z) * 180 / MathF.PI;
    }

    private static double Overlap(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b)
    {
        (int both, int either) = (0, 0);
        for (int i = 0; i < a.Length; i++)
        {
            if (a[i] > 127 && b[i] > 127) both++;
            if (a[i] > 127 || b[i] > 127) either++;
        }
        return (double)both / either;
    }
}

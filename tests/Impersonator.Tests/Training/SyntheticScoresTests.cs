using System.Numerics;
using System.Text;
using System.Text.Json;
using Impersonator.Bodies;
using Impersonator.Training.Evaluation;
using Impersonator.Training.Synthesis;

namespace Impersonator.Tests.Training;

public sealed class SyntheticScoresTests
{
    private static readonly Vector3[] Corners = [new(0, 0, 0), new(1, 0, 0), new(0, 2, 0), new(0, 0, 3), new(1, 2, 1)];

    [Fact]
    public void Errors_TurnedScaledAndMovedPoints_AreNone()
    {
        var turn = Quaternion.CreateFromYawPitchRoll(2.1f, -0.7f, 0.4f);
        Vector3[] moved = [.. Corners.Select(p => (Vector3.Transform(p, turn) * 0.3f) + new Vector3(5, -4, 8))];
        Assert.All(Procrustes.Errors(Corners, moved), e => Assert.InRange(e, 0, 1e-4f));
    }

    [Fact]
    public void Errors_MirroredPoints_AreNotTakenForATurn()
        => Assert.True(Procrustes.Errors(Corners, [.. Corners.Select(p => p with { X = -p.X })]).Max() > 0.2f);

    [Fact]
    public void Errors_OneLineScaled_LeavesWhatTheBestScaleLeaves()
    {
        // −1, 0, 1 on a line for −1, 0, 4 (about its middle −2, −1, 3): best scale (2 + 3) / 2 = 2.5.
        float[] errors = Procrustes.Errors([new(-1, 0, 0), new(0, 0, 0), new(4, 0, 0)], [new(-1, 0, 0), new(0, 0, 0), new(1, 0, 0)]);
        Assert.Equal([0.5f, 1, 0.5f], errors.Select(e => MathF.Round(e, 4)));
    }

    [Fact]
    public void Of_BodyMovedAway_HasNoErrors()
    {
        PlacedBody body = Straight(Vector3.Zero);
        SyntheticScore score = SyntheticScore.Of(body, Straight(new Vector3(3, 2, 1)));
        Assert.Equal((0, 0), (MathF.Round(score.Joints, 5), MathF.Round(score.Vertices, 5)));
    }

    [Fact]
    public void Of_OneJointAndOneVertexOff_TellsByHowMuchAndWhereTo()
    {
        PlacedBody truth = Straight(Vector3.Zero), found = Straight(Vector3.Zero);
        found.Joints[5] += new Vector3(0, 0, 0.24f);
        found.Vertices[1] += new Vector3(0.4f, 0, 0);
        SyntheticScore score = SyntheticScore.Of(truth, found);
        Assert.Equal(0.01f, score.Joints, 1e-6f);
        Assert.InRange(Vector3.Distance(new Vector3(0, 0, 0.24f), score.Offsets[5]), 0, 1e-5f);
        Assert.Equal(0.2f, score.Vertices, 1e-6f);
        // The alignment leaves the least squares: no more than the one offset's.
        Assert.InRange(MathF.Sqrt(score.Aligned.Average(e => e * e)), 0.001f, 0.24f / MathF.Sqrt(24));
    }

    [Fact]
    public void Of_PaintedPerson_PutsJointsWhereThePainterSaysTheyAre()
    {
        var sample = new Sample(64);
        new NakedPainter().Paint(11, sample);
        PlacedBody body = PlacedBody.Of(sample);
        for (int j = 0; j < Joint.BodyCount; j++)
            Assert.InRange(Vector3.Distance(body.Joints[j], new Vector3(sample.Joints3D.AsSpan(3 * j, 3))), 0, 1e-4f);
        Assert.Equal(BodyModel.Default.Template.VertexCount, body.Vertices.Length);
    }

    [Fact]
    public void ToTable_KnownPeople_GivesMeansAndFailures()
    {
        var scores = new SyntheticScores();
        foreach ((int seed, float off) in new[] { (1, 0.24f), (2, 0.48f) })
        {
            PlacedBody found = Straight(Vector3.Zero);
            found.Joints[3] += new Vector3(off, 0, 0);
            scores.Add(seed, whole: seed == 1, SyntheticScore.Of(Straight(Vector3.Zero), found));
            scores.AddMatte(seed, seed == 1, 0.9, 0.8);
        }
        scores.AddFailure(3, "nobody was found");
        Assert.Equal(15, scores.Mpjpe, 1e-3);
        Assert.InRange(scores.PaMpjpe, 1, 1000 * 0.36 / Math.Sqrt(24));
        string table = scores.ToTable();
        Assert.Contains("2 of 3 people recovered", table);
        Assert.Contains("seed 3: nobody was found", table);
        Assert.Contains("0.900 refined, 0.800 raw", table);

        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream)) scores.WriteJson(writer);
        using var json = JsonDocument.Parse(Encoding.UTF8.GetString(stream.ToArray()));
        Assert.Equal(10, json.RootElement.GetProperty("whole").GetProperty("mpjpe_mm").GetProperty("mean").GetDouble(), 1e-3);
        Assert.Equal(20, json.RootElement.GetProperty("all").GetProperty("mpjpe_mm").GetProperty("worst_tenth").GetDouble(), 1e-3);
        Assert.Equal(0.8, json.RootElement.GetProperty("cut_off").GetProperty("raw_matte_iou").GetProperty("mean").GetDouble(), 1e-6);
    }

    /// <summary>24 joints down a zigzag and two vertices.</summary>
    private static PlacedBody Straight(Vector3 at)
        => new([.. Enumerable.Range(0, 24).Select(j => at + new Vector3(0.1f * (j % 3), 0.07f * j, 0.1f * (j % 2)))], [at, at + Vector3.UnitY]);
}

using Impersonator.Bodies;
using Impersonator.Training.Augmentations;
using Impersonator.Training.Synthesis;
using Impersonator.Training.Trainers;
using static TorchSharp.torch;

namespace Impersonator.Tests.Training;

public sealed class PersonLossTests : TorchTests
{
    private const int Grid = 16, Picture = Grid * PersonBatch.Stride, LeftWrist = 8, RightWrist = 5;
    private const float Tolerance = 1e-3f;

    /// <summary>One picture: wrists seen, left at cell (3.5, 4.5), right at (12.5, 10.5); the body is the whole picture, part 2.</summary>
    private static PersonBatch Batch()
    {
        Tensor place = zeros(1, Keypoints33.Count, 2), weight = zeros(1, Keypoints33.Count);
        foreach ((int keypoint, float x, float y) in new[] { (LeftWrist, 3.5f, 4.5f), (RightWrist, 12.5f, 10.5f) })
        {
            place[0][keypoint].copy_(tensor(new[] { x * PersonBatch.Stride, y * PersonBatch.Stride }));
            weight[0][keypoint].fill_(1);
        }
        return new PersonBatch(zeros(1, 3, Picture, Picture), place, weight, weight.clone(), ones(1, 1, Picture / 2, Picture / 2),
            full([1, Grid, Grid], 2L, ScalarType.Int64), full([1, 3, Grid, Grid], 0.5f), zeros(1, 1, Grid, Grid));
    }

    private static PersonOutput Output(params (int Keypoint, int Column, int Row)[] peaks)
    {
        Tensor heat = zeros(1, Keypoints33.Count, Grid, Grid), parts = zeros(1, 15, Grid, Grid);
        foreach ((int keypoint, int column, int row) in peaks) heat[0][keypoint][row][column].fill_(40);
        parts.select(1, 2).fill_(20);
        return new PersonOutput(heat, zeros(1, Keypoints33.Count), zeros(1, Keypoints33.Count), full([1, 1, Picture / 2, Picture / 2], 20f), parts,
            full([1, 3, Grid, Grid], 0.5f), zeros(1, 1, Grid, Grid));
    }

    private static Dictionary<string, float> Figures(PersonOutput output, PersonBatch? batch = null)
    {
        float[] values = new PersonLoss(CPU, Keypoints33.Mirror).Compute(output, batch ?? Batch()).Figures.data<float>().ToArray();
        return PersonLoss.Figures.Zip(values).ToDictionary(p => p.First, p => p.Second);
    }

    [Fact]
    public void Compute_PeaksAtTheTruth_HaveNoErrorAndNoMirror()
    {
        Dictionary<string, float> figures = Figures(Output((LeftWrist, 3, 4), (RightWrist, 12, 10)));
        Assert.Equal(0, figures["pixels"], Tolerance);
        Assert.Equal(0, figures["mirror"], Tolerance);
        Assert.Equal(0, figures["likelihood"], Tolerance);
        Assert.Equal(1, figures["iou"], Tolerance);
        Assert.Equal(1, figures["part_accuracy"], Tolerance);
        Assert.Equal(0, figures["matte"], Tolerance);
        Assert.Equal(0, figures["parts"], Tolerance);
        Assert.Equal(0, figures["surface_mm"], Tolerance);
        Assert.Equal(MathF.Log(2), figures["inside"], Tolerance);
    }

    [Fact]
    public void Compute_SidesSwapped_CostsMoreThanTheSameErrorElsewhere()
    {
        // The right wrist lies 9 columns right of and 6 rows below the left; (3, 10) and (12, 4) are wrong too, but nobody's.
        Dictionary<string, float> swapped = Figures(Output((LeftWrist, 12, 10), (RightWrist, 3, 4)));
        Dictionary<string, float> elsewhere = Figures(Output((LeftWrist, 3, 10), (RightWrist, 12, 4)));
        Assert.Equal(MathF.Sqrt(81 + 36) * PersonBatch.Stride, swapped["pixels"], 0.01f);
        Assert.Equal(9 + 6, swapped["likelihood"], 0.01f);
        // All heat at the counterpart, 10.8 cells away: −log(1 − 0.999) · (1 − e^(−117/18)).
        Assert.Equal(-MathF.Log(0.001f) * (1 - MathF.Exp(-117 / 18f)), swapped["mirror"], 0.01f);
        Assert.True(elsewhere["mirror"] < 0.01);
        Assert.True(swapped["loss"] > elsewhere["loss"]);
    }

    [Fact]
    public void Compute_FlatHeat_CostsTheLogarithmOfAllCells()
    {
        Dictionary<string, float> figures = Figures(Output());
        Assert.Equal(MathF.Log(Grid * Grid), figures["heat"], Tolerance);
    }

    [Fact]
    public void Compute_LargerScale_CostsItsLogarithmAndForgivesErrors()
    {
        PersonOutput output = Output((LeftWrist, 5, 4), (RightWrist, 14, 10));
        Assert.Equal(2, Figures(output)["likelihood"], 0.01f);
        Assert.Equal((2 / MathF.E) + 2, Figures(output with { Scale = ones(1, Keypoints33.Count) })["likelihood"], 0.01f);
    }

    [Fact]
    public void Compute_SurfaceAndDepth_CountOnlyWhereThereIsABody()
    {
        PersonBatch batch = Batch();
        batch.Parts[0][0].fill_(0L);
        Tensor surface = full([1, 3, Grid, Grid], 0.5f), depth = zeros(1, 1, Grid, Grid);
        surface.select(2, 0).fill_(9);
        depth.select(2, 0).fill_(9);
        PersonOutput output = Output() with { Surface = surface + tensor(new[] { 0.1f, 0, 0 }, [1, 3, 1, 1]), Depth = depth + 0.02f };
        Dictionary<string, float> figures = Figures(output, batch);
        float width = CanonicalBox.Max.X - CanonicalBox.Min.X;
        Assert.Equal(100 * width, figures["surface_mm"], 0.05f);
        Assert.Equal(0.1f / 3, figures["surface"], Tolerance);
        Assert.Equal(20, figures["depth_mm"], 0.05f);
    }

    [Fact]
    public void Compute_HiddenPoint_WeighsLess()
    {
        PersonBatch batch = Batch();
        batch.Weight[0][RightWrist].fill_(0.35f);
        // The left is right, the right is wrong by two cells.
        Dictionary<string, float> figures = Figures(Output((LeftWrist, 3, 4), (RightWrist, 14, 10)), batch);
        Assert.Equal(0.35f * 2 / 1.35f, figures["likelihood"], 0.01f);
        Assert.Equal(0, figures["pixels"], Tolerance);
    }
}

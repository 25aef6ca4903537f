using Impersonator.Files;
using Impersonator.Training.Synthesis.Packing;

namespace Impersonator.Tests.Training;

public sealed class GarmentFileTests
{
    private static string Write(TemporaryFolder folder, string fit)
    {
        File.WriteAllText(Path.Combine(folder.Path, "a.obj"), "v 0 0 0\nv 1 0 0\nv 0 1 0\nv 1 1 0\nvt 0 0\nvt 1 0\nvt 1 1\nvt 0 1\nf 1/1 2/2 4/3 3/4\n");
        string path = Path.Combine(folder.Path, "a.mhclo");
        File.WriteAllText(path, fit);
        return path;
    }

    [Fact]
    public void Read_RangesAndSingleAnchors_AreUnderstood()
    {
        using var folder = new TemporaryFolder();
        GarmentFile file = GarmentFile.Read(Write(folder, """
            # a comment
            name test
            obj_file a.obj
            x_scale 5 7 1.5
            verts 0
            material none.mhmat
             10 11 12 0.5 0.25 0.25 .1 -.2 0
             20
             21
             22
            delete_verts
            3 7 - 9 12
            """));
        Assert.Equal(4, file.VertexCount);
        Assert.Equal([10, 11, 12, 20, 20, 20], file.Anchors[..6]);
        Assert.Equal([1f, 0, 0], file.Weights[3..6]);
        Assert.Equal([0.1f, -0.2f, 0], file.Offsets[..3]);
        Assert.Equal([3, 7, 8, 9, 12], file.Covered);
        Assert.Equal((5, 7, 1.5f), file.Scales[0]);
        Assert.Equal(2, file.Triangles.Count);
    }

    [Theory]
    [InlineData("obj_file a.obj\nverts 0\n 10 11 12 0.5 x 0.25 0 0 0\n")]
    [InlineData("obj_file a.obj\nverts 0\n 10\n")]
    [InlineData("obj_file missing.obj\nverts 0\n 10\n 11\n 12\n 13\n")]
    [InlineData("obj_file\n")]
    public void Read_Damaged_RefusedInOneLine(string fit)
    {
        using var folder = new TemporaryFolder();
        InputException refused = Assert.Throws<InputException>(() => GarmentFile.Read(Write(folder, fit)));
        Assert.DoesNotContain('\n', refused.Message);
    }
}

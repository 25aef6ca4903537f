using System.Globalization;
using System.Numerics;
using System.Text;
using Impersonator.Bodies;
using Impersonator.Files;

namespace Impersonator.Tests.Bodies;

public sealed class SmplUvMapTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly SkinnedMesh _mesh;

    public SmplUvMapTests()
    {
        new SmallSmpl().WriteNpz(_folder["small.npz"]);
        _mesh = SmplImport.Read(_folder["small.npz"]).Template;
    }

    public void Dispose() => _folder.Dispose();

    private const int Cells = 8;

    /// <summary>An OBJ that gives each triangle a cell of the texture for itself, row by row from below: corners at (0.1, 0.1), (0.9, 0.1), (0.1, 0.9) of the cell.</summary>
    public static string Obj(SkinnedMesh mesh)
    {
        var text = new StringBuilder("# texture coordinates\nmtllib any.mtl\nv 0 0 0\n");
        int triangles = mesh.Triangles.Length / 3;
        for (int t = 0; t < triangles; t++)
            for (int c = 0; c < 3; c++) text.Append(CultureInfo.InvariantCulture, $"vt {((t % Cells) + (c == 1 ? 0.9f : 0.1f)) / Cells} {((t / Cells) + (c == 2 ? 0.9f : 0.1f)) / Cells}\n");
        for (int t = 0; t < triangles; t++)
            text.Append(CultureInfo.InvariantCulture, $"f {mesh.Triangles[3 * t] + 1}/{(3 * t) + 1} {mesh.Triangles[(3 * t) + 1] + 1}/{(3 * t) + 2}/1 {mesh.Triangles[(3 * t) + 2] + 1}/{(3 * t) + 3}\n");
        return text.ToString();
    }

    [Fact]
    public void Read_Obj_TurnsVDownAndTakesTheMiddleOfTheFirstEdge()
    {
        SmplUvMap uv = Read(Obj(_mesh));
        int triangles = _mesh.Triangles.Length / 3;
        Assert.Equal(3 * triangles, uv.Texcoords.Length);
        Assert.Equal(Enumerable.Range(0, 3 * triangles), uv.Corners);
        Assert.Equal(1 - (0.9f / Cells), uv.Texcoords[2].Y, 1e-6f);
        // The first two corners lie level, one tenth of a cell above its lower edge.
        for (int t = 0; t < triangles; t++) Assert.Equal(0, Vector2.Distance(new Vector2(((t % Cells) + 0.5f) / Cells, 1 - (((t / Cells) + 0.1f) / Cells)), uv.FirstEdges[t]), 5);
    }

    [Theory]
    [InlineData("f 1/1 2/2", "no triangle")]
    [InlineData("f 1 2 3", "no triangle with texture coordinates")]
    [InlineData("f 1/0 2/2 3/3", "no triangle with texture coordinates")]
    [InlineData("f 9/1 2/2 3/3", "names vertex 9, the body's triangle has 1 there")]
    [InlineData("vt 0", "no texture coordinate")]
    [InlineData("vt nan 0", "no texture coordinate")]
    [InlineData("v 1 2 3", "has 0 triangles")]
    public void Read_OtherFiles_AreRefusedInOneLine(string line, string expected)
    {
        string message = Assert.Throws<InputException>(() => Read(line)).Message;
        Assert.StartsWith("small.obj: ", message, StringComparison.Ordinal);
        Assert.Contains(expected, message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
    }

    [Fact]
    public void Read_TexcoordOrTriangleTooMany_IsRefused()
    {
        Assert.Contains("more triangles", Assert.Throws<InputException>(() => Read(Obj(_mesh) + "f 1/1 2/2 3/3\n")).Message, StringComparison.Ordinal);
        Assert.Contains("texture coordinate", Assert.Throws<InputException>(() => Read(Obj(_mesh).Replace("vt 0.0125 0.0125\n", "", StringComparison.Ordinal))).Message, StringComparison.Ordinal);
    }

    private SmplUvMap Read(string text)
    {
        File.WriteAllText(_folder["small.obj"], text);
        return SmplUvMap.Read(_folder["small.obj"], _mesh);
    }
}

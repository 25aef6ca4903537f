using System.Numerics;
using Impersonator.Imaging;
using Impersonator.Synthesis.Generation;

namespace Impersonator.Tests.Synthesis.Generation;

public sealed class CompositionTests
{
    private const int Side = SourceMaps.Side, Plane = Side * Side;
    private static readonly WorkingSquare Whole = new(0, 0, 2 * Side);

    /// <summary>A mesh that covers the left half in grey with fine stripes, and what the generator makes of it.</summary>
    private static Frame Compose(Vector3 paint, float blend, Func<int, bool> person)
    {
        var frame = new byte[FrameMaps.Channels * Plane];
        var (painted, matte, blends) = (new float[3 * Plane], new float[Plane], new float[Plane]);
        var mesh = new Image(2 * Side, 2 * Side);
        for (int i = 0; i < Plane; i++)
        {
            bool covered = i % Side < Side / 2;
            for (int c = 0; c < 3; c++) (frame[(c * Plane) + i], painted[(c * Plane) + i]) = ((byte)(covered ? 128 : 0), paint[c]);
            (frame[(3 * Plane) + i], matte[i], blends[i]) = ((byte)(covered ? 255 : 0), person(i % Side) ? 9 : -9, blend);
        }
        for (int y = 0; y < 2 * Side; y++)
            for (int x = 0; x < Side; x++)
            {
                float light = Srgb.ToLinear((byte)(x % 2 == 0 ? 108 : 148));
                mesh[x, y] = new Vector4(light, light, light, 1);
            }
        var composition = new Composition();
        composition.Read(frame, painted, matte, blends);
        var drawn = new Frame(2 * Side, 2 * Side);
        for (int i = 3; i < drawn.Rgba.Length; i += 4) drawn.Rgba[i] = 255;
        composition.Draw(drawn, Whole, mesh);
        return drawn;
    }

    private static byte[] Row(Frame frame) => [.. Enumerable.Range(0, frame.Width).Select(x => frame.Rgba[4 * ((100 * frame.Width) + x)])];

    [Fact]
    public void Draw_BlendKeepsTheMesh_ShowsItsDetailAndItsEdge()
    {
        byte[] row = Row(Compose(new Vector3(0.9f, 0.1f, 0.1f), 20, x => x < Side / 2));
        Assert.All(Enumerable.Range(0, Side), x => Assert.InRange(row[x] - (x % 2 == 0 ? 108 : 148), -2, 2));
        Assert.All(row[Side..], v => Assert.Equal(0, v));
    }

    [Fact]
    public void Draw_OtherPaint_ShowsItWithoutTheMeshsDetail()
    {
        byte[] row = Row(Compose(new Vector3(0.9f), -20, x => x < Side / 2));
        Assert.All(row[..(Side - 2)], v => Assert.InRange(v, 229, 231));
    }

    [Fact]
    public void Draw_PersonBesideTheMesh_IsPaintedThere()
    {
        byte[] row = Row(Compose(new Vector3(0.9f), -20, x => x < (Side / 2) + 20));
        Assert.All(row[(Side + 4)..(Side + 36)], v => Assert.InRange(v, 228, 231));
        Assert.All(row[(Side + 46)..], v => Assert.Equal(0, v));
    }

    [Fact]
    public void Draw_EdgeBesideTheMeshAtTwiceTheSize_IsSteeperThanEnlarged()
    {
        byte[] row = Row(Compose(new Vector3(1), -20, x => x < (Side / 2) + 20));
        // Enlarged, the pixels beside the edge would hold 3/4 and 1/4 of the light: 225 and 137.
        Assert.InRange(row[Side + 39], 235, 245);
        Assert.InRange(row[Side + 40], 90, 105);
    }

    [Fact]
    public void Draw_MeshBesideThePerson_LetsTheBackgroundThrough()
    {
        byte[] row = Row(Compose(new Vector3(0.9f), -20, x => x < (Side / 2) - 20));
        Assert.All(row[(Side - 30)..], v => Assert.Equal(0, v));
    }
}

using System.Numerics;
using Impersonator.Rendering;
using Impersonator.Synthesis.LiquidWarping;

namespace Impersonator.Tests.Synthesis.LiquidWarping;

public sealed class ConditionMapTests : IDisposable
{
    private const int Side = 64;
    private readonly TemporaryFolder _folder = new();
    private readonly SmallPerson _small;
    private readonly BodySurface _photo;

    public ConditionMapTests()
    {
        _small = new SmallPerson(_folder, 48, 64);
        _photo = new BodySurface(_small.Body, WarpedShot.Square(_small.Person.Camera, Side));
        _photo.Draw(_small.Person.Pose);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Of_EveryPixel_IsThePlaceOfItsTriangleOrBackground()
    {
        float[] map = ConditionMap.Of(_photo, _small.Uv.FirstEdges);
        int body = 0;
        for (int i = 0; i < Side * Side; i++)
        {
            int t = _photo.Maps.TriangleAt(i % Side, i / Side);
            Vector2 place = t < 0 ? Vector2.Zero : _small.Uv.FirstEdges[t];
            Assert.Equal((place.X, place.Y, t < 0 ? 1 : 0), (map[i], map[(Side * Side) + i], map[(2 * Side * Side) + i]));
            if (t >= 0) body++;
        }
        Assert.InRange(body, 50, Side * Side / 2);
    }

    [Fact]
    public void Flow_SamePose_PointsEachPixelAtItself()
    {
        float[] flow = ConditionMap.Flow(_photo, _photo);
        for (int i = 0; i < Side * Side; i++)
        {
            bool seen = _photo.Maps.TriangleAt(i % Side, i / Side) >= 0;
            Assert.Equal(seen ? (2 * ((i % Side) + 0.5f) / Side) - 1 : -2, flow[2 * i], 1e-4f);
            Assert.Equal(seen ? (2 * ((i / Side) + 0.5f) / Side) - 1 : -2, flow[(2 * i) + 1], 1e-4f);
        }
    }

    [Fact]
    public void Flow_BodyMovedAside_PointsBackToWhereItWas()
    {
        var frame = new BodySurface(_small.Body, _photo.Camera);
        frame.Draw(_small.Person.Pose with { Root = _small.Person.Pose.Root + new Vector3(0.2f, 0, 0) });
        float[] flow = ConditionMap.Flow(frame, _photo);
        var moved = new List<float>();
        for (int i = 0; i < Side * Side; i++)
            if (frame.Maps.TriangleAt(i % Side, i / Side) >= 0) moved.Add((i % Side) + 0.5f - ((flow[2 * i] + 1) * Side / 2));
        // 0.2 m at 2.2 m, a focal length of 64 pixels; limbs are nearer or farther by centimetres.
        Assert.NotEmpty(moved);
        Assert.All(moved, pixels => Assert.Equal(0.2f * 64 / 2.2f, pixels, 0.5f));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(13)]
    public void ErodeAndDilate_AnyMask_AreWhatTheirBoxesSay(int k)
    {
        const int Small = 20;
        var random = new Random(k);
        float[] mask = [.. Enumerable.Range(0, Small * Small).Select(_ => random.NextSingle() < (k == 13 ? 0.99 : 0.8) ? 1f : 0)];
        float[] eroded = ConditionMap.Erode(mask, Small, k), dilated = ConditionMap.Dilate(Array.ConvertAll(mask, v => 1 - v), Small, k);
        for (int i = 0; i < mask.Length; i++)
        {
            float sum = 0, other = 0;
            for (int dy = -(k / 2); dy <= k / 2; dy++)
                for (int dx = -(k / 2); dx <= k / 2; dx++)
                {
                    int x = (i % Small) + dx, y = (i / Small) + dy;
                    bool inside = x >= 0 && y >= 0 && x < Small && y < Small;
                    sum += inside ? mask[(y * Small) + x] : 1;
                    other += inside ? 1 - mask[(y * Small) + x] : 0;
                }
            Assert.Equal(sum == k * k ? 1 : 0, eroded[i]);
            Assert.Equal(other >= 1 ? 1 : 0, dilated[i]);
        }
        Assert.Contains(1, eroded);
        Assert.Contains(1, dilated);
    }

    [Fact]
    public void Square_Camera_SeesTheSquareAroundThePhoto()
    {
        Camera square = WarpedShot.Square(_small.Person.Camera, 128);
        Vector3 point = new(0.3f, 1.2f, 0.1f);
        Vector2 expected = (_small.Person.Camera.Project(point) + new Vector2(8, 0)) * 2;
        Assert.Equal(0, Vector2.Distance(expected, square.Project(point)), 4);
    }
}

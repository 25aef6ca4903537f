using System.Numerics;
using Impersonator.Subjects;

namespace Impersonator.Tests.Subjects;

public sealed class MeshGraphTests
{
    /// <summary>Two triangles that share the edge 1-2.</summary>
    private static readonly MeshGraph Square = new(5, [0, 1, 2, 2, 1, 3]);

    [Fact]
    public void Of_SharedEdge_NamesEachNeighbourOnce()
    {
        Assert.Equal([1, 2], Square.Of(0).ToArray());
        Assert.Equal([0, 2, 3], Square.Of(1).ToArray());
        Assert.Equal([], Square.Of(4).ToArray());
    }

    [Fact]
    public void Laplacian_KnownValues_KnownAnswer()
    {
        float[] values = [1, 2, 4, 8, 16], result = new float[5];
        Square.Laplacian(values, result);
        Assert.Equal([-4, 1 - 2 - 6, 3 + 2 - 4, 6 + 4, 0], result);
        var both = new Vector2[5];
        Square.Laplacian([.. values.Select(v => new Vector2(v, -3 * v))], both);
        for (int v = 0; v < 5; v++) Assert.Equal(new Vector2(result[v], -3 * result[v]), both[v]);
        Assert.Throws<ArgumentException>(() => Square.Laplacian(values.AsSpan(1), result));
    }
}

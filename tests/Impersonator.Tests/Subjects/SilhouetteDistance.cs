using Impersonator.Imaging;
using Impersonator.Subjects;

namespace Impersonator.Tests.Subjects;

/// <summary>How far the outline of a posed mesh lies from the outline of a matte.</summary>
internal static class SilhouetteDistance
{
    /// <summary>Mean distance from each outline pixel of the mesh to the nearest of the matte, pixels of a picture with a longer side of 512.</summary>
    public static float Mean(PosedBody posed, Matte matte)
    {
        int width = posed.Camera.Width, height = posed.Camera.Height;
        Matte small = matte.Resize(width, height);
        List<(int X, int Y)> Outline(Func<int, int, bool> inside)
        {
            var edge = new List<(int, int)>();
            for (int y = 1; y < height - 1; y++)
                for (int x = 1; x < width - 1; x++)
                    if (inside(x, y) && !(inside(x - 1, y) && inside(x + 1, y) && inside(x, y - 1) && inside(x, y + 1))) edge.Add((x, y));
            return edge;
        }
        var mesh = Outline((x, y) => posed.Maps.TriangleAt(x, y) >= 0);
        var person = Outline((x, y) => small[x, y] >= 0.5f);
        return mesh.Average(m => MathF.Sqrt(person.Min(p => ((p.X - m.X) * (p.X - m.X)) + ((p.Y - m.Y) * (p.Y - m.Y))))) * 512 / Math.Max(width, height);
    }
}

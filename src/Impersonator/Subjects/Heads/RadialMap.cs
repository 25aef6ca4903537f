using System.Numerics;

namespace Impersonator.Subjects.Heads;

/// <summary>How far a surface reaches from a middle in every direction: [rows, columns], the columns run once around.</summary>
/// <remarks>Filled by splatting triangles; what none of them reached comes from the neighbours in its row.</remarks>
internal sealed class RadialMap(int columns, int rows)
{
    private readonly float[] _reach = new float[columns * rows];

    /// <summary>Reach at a column and a row, metres; 0 where there is no surface in the whole row.</summary>
    public ref float this[int column, int row] => ref _reach[(row * columns) + (((column % columns) + columns) % columns)];

    /// <summary>Splats a triangle given as points of (column, row, reach); columns may lie beyond the last one, once around.</summary>
    public void Add(Vector3 a, Vector3 b, Vector3 c)
    {
        // Across the seam: all corners on one side of it.
        if (MathF.Max(a.X, MathF.Max(b.X, c.X)) - MathF.Min(a.X, MathF.Min(b.X, c.X)) > columns / 2)
        {
            if (a.X < columns / 2) a.X += columns;
            if (b.X < columns / 2) b.X += columns;
            if (c.X < columns / 2) c.X += columns;
        }
        float longest = MathF.Sqrt(MathF.Max(Flat(a, b), MathF.Max(Flat(b, c), Flat(c, a))));
        int steps = Math.Clamp((int)(longest * 2) + 1, 1, 40);
        for (int i = 0; i <= steps; i++)
            for (int j = 0; j <= steps - i; j++)
            {
                Vector3 p = ((a * i) + (b * j) + (c * (steps - i - j))) / steps;
                int row = (int)MathF.Round(p.Y);
                if (row < 0 || row >= rows) continue;
                ref float reach = ref this[(int)MathF.Round(p.X), row];
                reach = MathF.Max(reach, p.Z);
            }
    }

    /// <summary>Closes gaps within each row, then rows without anything from the nearest row that has something.</summary>
    public void Close()
    {
        for (int row = 0; row < rows; row++)
        {
            float[] filled = new float[columns];
            for (int column = 0; column < columns; column++)
            {
                filled[column] = this[column, row];
                for (int d = 1; filled[column] == 0 && d <= columns / 2; d++)
                {
                    (float before, float behind) = (this[column - d, row], this[column + d, row]);
                    if (before > 0 || behind > 0) filled[column] = before > 0 && behind > 0 ? (before + behind) / 2 : MathF.Max(before, behind);
                }
            }
            filled.CopyTo(_reach, row * columns);
        }
    }

    /// <summary>Reach between columns and rows, bilinear; rows beyond the ends repeat.</summary>
    public float At(float column, float row)
    {
        row = Math.Clamp(row, 0, rows - 1);
        int x = (int)MathF.Floor(column), y = Math.Min((int)row, Math.Max(0, rows - 2)), y1 = Math.Min(y + 1, rows - 1);
        (float fx, float fy) = (column - x, row - y);
        float Row(int r) => this[x, r] + ((this[x + 1, r] - this[x, r]) * fx);
        return Row(y) + ((Row(y1) - Row(y)) * fy);
    }

    private static float Flat(Vector3 a, Vector3 b) => Vector2.DistanceSquared(new Vector2(a.X, a.Y), new Vector2(b.X, b.Y));
}

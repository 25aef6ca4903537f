using Impersonator.Bodies;

namespace Impersonator.Subjects.Heads;

/// <summary>A shell of hair: columns of a grid from the crown down.</summary>
/// <param name="Mesh">In the rest pose; the texture's rows are the grid's.</param>
/// <param name="Ends">[columns] the row where each column ends.</param>
/// <param name="Rows">Rows of the grid.</param>
/// <param name="Rim">The row at the level of the ears; below it hair hangs.</param>
internal sealed record HairShape(SkinnedMesh Mesh, float[] Ends, int Rows, int Rim)
{
    /// <summary>How far down the texture a row lies, [0, 1].</summary>
    public float ShareOf(float row) => row / Math.Max(1, Rows - 1);

    /// <summary>The row where hair ends between columns.</summary>
    /// <param name="column">Of the grid; once around.</param>
    public float EndAt(float column)
    {
        int k = (int)MathF.Floor(column);
        (float a, float b) = (Ends[(k + Ends.Length) % Ends.Length], Ends[(k + 1) % Ends.Length]);
        return a + ((b - a) * (column - k));
    }
}

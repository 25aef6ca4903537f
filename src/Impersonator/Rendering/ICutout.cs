namespace Impersonator.Rendering;

/// <summary>Holes in a mesh: which samples of a triangle are really there.</summary>
internal interface ICutout
{
    /// <summary>Whether there is something at the sample (x, y) of a triangle, counted within its mesh.</summary>
    bool Keeps(int triangle, int x, int y);
}

/// <summary>No holes.</summary>
internal readonly struct Uncut : ICutout
{
    public bool Keeps(int triangle, int x, int y) => true;
}

using System.Runtime.CompilerServices;

namespace Impersonator.Training.Synthesis;

/// <summary>Sine by table: folds need no precision.</summary>
internal static class Wave
{
    private const int Count = 1024;
    private static readonly float[] Table = [.. Enumerable.Range(0, Count).Select(i => MathF.Sin(i * 2 * MathF.PI / Count))];

    /// <summary>Sine to 0.6 %.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sin(float x) => Table[float.ConvertToIntegerNative<int>((x * (Count / (2 * MathF.PI))) + (1 << 20)) & (Count - 1)];

    /// <summary>Cosine to 0.6 %.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Cos(float x) => Sin(x + (MathF.PI / 2));
}

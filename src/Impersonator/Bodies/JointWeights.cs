namespace Impersonator.Bodies;

/// <summary>The four joints that move a vertex, and how much; weights are in [0, 1] and sum to 1.</summary>
public readonly record struct JointWeights(ushort Joint0, ushort Joint1, ushort Joint2, ushort Joint3, float Weight0, float Weight1, float Weight2, float Weight3)
{
    /// <summary>Joints per vertex.</summary>
    public const int Count = 4;

    /// <summary>The k-th joint.</summary>
    public int Joint(int k) => k switch { 0 => Joint0, 1 => Joint1, 2 => Joint2, _ => Joint3 };

    /// <summary>The k-th weight.</summary>
    public float Weight(int k) => k switch { 0 => Weight0, 1 => Weight1, 2 => Weight2, _ => Weight3 };
}

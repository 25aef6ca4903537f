using System.Collections.Immutable;

namespace Impersonator.Bodies;

/// <summary>Names and parents of joints; a parent always stands before its children, the root has parent −1.</summary>
public sealed class Skeleton
{
    private static readonly string[] Fingers = ["index", "middle", "pinky", "ring", "thumb"];

    /// <summary>SMPL-H's 52 joints by name and order: 22 of the body, then 15 of the left and 15 of the right hand.</summary>
    public static Skeleton SmplH { get; } = CreateSmplH();

    /// <summary>Creates a skeleton.</summary>
    /// <exception cref="ArgumentException">Lengths differ, or a parent does not stand before its child.</exception>
    public Skeleton(ImmutableArray<string> jointNames, ImmutableArray<int> parents)
    {
        if (jointNames.Length != parents.Length)
            throw new ArgumentException($"{jointNames.Length} names for {parents.Length} parents.", nameof(parents));
        for (int j = 0; j < parents.Length; j++)
            if (parents[j] >= j || parents[j] < -1)
                throw new ArgumentException($"Joint {j} has parent {parents[j]}; parents stand before children.", nameof(parents));
        (JointNames, Parents) = (jointNames, parents);
    }

    /// <summary>[J] joint names.</summary>
    public ImmutableArray<string> JointNames { get; }

    /// <summary>[J] parent of each joint, −1 for the root.</summary>
    public ImmutableArray<int> Parents { get; }

    /// <summary>J.</summary>
    public int JointCount => Parents.Length;

    /// <summary>Index of a joint by name, −1 if there is none.</summary>
    public int IndexOf(string jointName) => JointNames.IndexOf(jointName);

    private static Skeleton CreateSmplH()
    {
        List<string> names =
        [
            "pelvis", "left_hip", "right_hip", "spine1", "left_knee", "right_knee", "spine2", "left_ankle", "right_ankle", "spine3",
            "left_foot", "right_foot", "neck", "left_collar", "right_collar", "head", "left_shoulder", "right_shoulder",
            "left_elbow", "right_elbow", "left_wrist", "right_wrist",
        ];
        List<int> parents = [-1, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 9, 9, 12, 13, 14, 16, 17, 18, 19];
        foreach ((string side, int wrist) in (ReadOnlySpan<(string, int)>)[("left", 20), ("right", 21)])
            foreach (string finger in Fingers)
                for (int k = 1; k <= 3; k++)
                {
                    parents.Add(k == 1 ? wrist : names.Count - 1);
                    names.Add($"{side}_{finger}{k}");
                }
        return new Skeleton([.. names], [.. parents]);
    }
}

using System.Collections.Immutable;
using Impersonator.Bodies;
using Impersonator.Recovery;

namespace Impersonator.Training.Synthesis;

/// <summary>The 33 points that PersonNet learns: the 17 of <see cref="Keypoint"/> in their order, then pairs, left before right.</summary>
public static class Keypoints33
{
    /// <summary>How many there are.</summary>
    public const int Count = 33;

    private static readonly ImmutableArray<string> Pairs = LookedSurface.Pairs;

    /// <summary>[33] names, as in files.</summary>
    public static ImmutableArray<string> Names { get; } = [.. BodyModel.Default.Keypoints.Select(k => k.Name), .. Pairs.SelectMany(p => (string[])[$"left_{p}", $"right_{p}"])];

    /// <summary>[33] where each point sits on the body model that ships.</summary>
    public static ImmutableArray<Landmark> Landmarks { get; } =
        [.. BodyModel.Default.Keypoints, .. Names.Skip(BodyModel.Default.Keypoints.Length).Select(n => BodyModel.Default.Landmarks.First(l => l.Name == n))];

    /// <summary>[33] the point on the other side of the body, itself in the middle: what a mirrored picture turns it into.</summary>
    public static ImmutableArray<int> Mirror { get; } = [.. Names.Select(n => Names.IndexOf(
        n.StartsWith("left_", StringComparison.Ordinal) ? $"right_{n[5..]}" : n.StartsWith("right_", StringComparison.Ordinal) ? $"left_{n[6..]}" : n))];

    /// <summary>[33] how deep under the visible surface a point may lie and still count as seen, metres: a limb's radius, or little for points on the skin.</summary>
    internal static ImmutableArray<float> Depths { get; } = [.. Names.Select(n => n[(n.IndexOf('_') + 1)..] switch
    {
        "shoulder" or "neck" => 0.12f,
        "hip" => 0.18f,
        "elbow" => 0.09f,
        "knee" => 0.11f,
        "ankle" or "top" => 0.1f,
        "wrist" or "toe" or "small_toe" or "heel" => 0.07f,
        "index_knuckle" or "pinky_knuckle" => 0.04f,
        _ => 0.03f,
    })];
}

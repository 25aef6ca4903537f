using Impersonator.Networks;

namespace Impersonator.Training.Trainers;

/// <summary>How PoseNet is trained.</summary>
internal sealed record PoseTrainerOptions : TrainerOptions
{
    /// <summary>Its own defaults: a lower rate, and people that no PersonNet was trained on.</summary>
    public PoseTrainerOptions() => (Rate, WarmUp, Seed) = (1e-3, 500, 11);

    /// <summary>Weights of the PersonNet whose answers it learns from; they stay as they are.</summary>
    public required Weights Person { get; init; }

    /// <summary>That PersonNet.</summary>
    public PersonNetSize PersonNetwork { get; init; } = new();

    /// <summary>The network.</summary>
    public PoseNetSize Network { get; init; } = new();

    /// <summary>Share of a batch that is true proxies made doubtful instead of PersonNet's own.</summary>
    public double Doubted { get; init; } = 0.25;

    /// <summary>Whether some proxies are harmed: limbs exchanged, keypoints lost, pieces hidden.</summary>
    public bool Harm { get; init; } = true;
}

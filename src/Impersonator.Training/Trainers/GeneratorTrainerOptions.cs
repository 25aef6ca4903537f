using Impersonator.Networks;

namespace Impersonator.Training.Trainers;

/// <summary>How a generator is trained. A pair takes 1.17 MB of the device.</summary>
internal sealed record GeneratorTrainerOptions : TrainerOptions
{
    /// <summary>Its own defaults.</summary>
    public GeneratorTrainerOptions() => (SampleSize, Batch, Pool, First, HeldOut, Rate, Seed) = (256, 64, 32768, 1024, 256, 1.5e-3, 21);

    /// <summary>Weights of the PersonNet whose features pictures are compared by; they stay as they are.</summary>
    public required Weights Person { get; init; }

    /// <summary>That PersonNet.</summary>
    public PersonNetSize PersonNetwork { get; init; } = new();

    /// <summary>The network that is taught: inputs and outputs as <see cref="GeneratorNet.Build"/> for one photo has them.</summary>
    public required Graph Network { get; init; }

    /// <summary>The file that receives its weights.</summary>
    public string WeightsName { get; init; } = "generator-net.safetensors";

    /// <summary>Frames per subject.</summary>
    public int Targets { get; init; } = 8;

    /// <summary>Share of the schedule after which the discriminator joins; 1 = never.</summary>
    public double AdversaryFrom { get; init; } = 0.6;

    /// <summary>Side of the pieces that the discriminator judges, pixels.</summary>
    public int AdversarySide { get; init; } = 128;

    /// <summary>Channels of the discriminator's first layer.</summary>
    public int AdversaryWidth { get; init; } = 48;

    /// <summary>Highest learning rate of the discriminator.</summary>
    public double AdversaryRate { get; init; } = 4e-4;

    /// <summary>What counts how much.</summary>
    public GeneratorLossWeights Weights { get; init; } = new();
}

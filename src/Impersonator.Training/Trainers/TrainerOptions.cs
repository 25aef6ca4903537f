using Impersonator.Training.Augmentations;

namespace Impersonator.Training.Trainers;

/// <summary>How a network is trained on painted people. Defaults are for one large GPU beside 16 cores.</summary>
internal record TrainerOptions
{
    /// <summary>Folder that receives weights, <c>curve.csv</c>, <c>curve.png</c> and pictures.</summary>
    public required string Output { get; init; }

    /// <summary>Minutes from start to finish, everything included.</summary>
    public required double Minutes { get; init; }

    /// <summary>Minutes that the schedule is made for, earlier commands included; null = it ends with this one.</summary>
    public double? PlannedMinutes { get; init; }

    /// <summary>Weights or full state to go on from; null = from nothing.</summary>
    public string? Resume { get; init; }

    /// <summary>File that receives the full state for a next command on this machine; null = none.</summary>
    public string? State { get; init; }

    /// <summary>Samples of a step.</summary>
    public int Batch { get; init; } = 256;

    /// <summary>Side of the painted samples, pixels.</summary>
    public int SampleSize { get; init; } = 288;

    /// <summary>Samples kept on the device.</summary>
    public long Pool { get; init; } = 65536;

    /// <summary>Samples to wait for before the first step.</summary>
    public long First { get; init; } = 2048;

    /// <summary>Threads that paint; two cores are left to whoever feeds the device.</summary>
    public int Threads { get; init; } = Math.Max(1, Environment.ProcessorCount - 2);

    /// <summary>Samples never trained on, for figures.</summary>
    public int HeldOut { get; init; } = 512;

    /// <summary>Highest learning rate.</summary>
    public double Rate { get; init; } = 2e-3;

    /// <summary>Steps until the rate is at its highest.</summary>
    public int WarmUp { get; init; } = 300;

    /// <summary>Of everything random.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Seconds between log lines.</summary>
    public double LogSeconds { get; init; } = 10;

    /// <summary>Seconds between figures on held-out samples, after which the weights are written, too.</summary>
    public double HeldOutSeconds { get; init; } = 90;

    /// <summary>Stops after so many steps of this command if the time has not come before; null = by the clock alone.</summary>
    public int? MostSteps { get; init; }

    /// <summary>How pictures are treated.</summary>
    public AugmentationOptions Augmentation { get; init; } = new();

    /// <summary>Whether a processor computes in bfloat16, too; only those with instructions for it gain.</summary>
    public bool BFloat16 { get; init; }
}

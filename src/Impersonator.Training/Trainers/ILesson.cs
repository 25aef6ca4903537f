using System.Collections.Immutable;
using Impersonator.Networks;
using Impersonator.Torch;
using Impersonator.Training.Augmentations;
using static TorchSharp.torch;

namespace Impersonator.Training.Trainers;

/// <summary>What a network is taught and how it is examined; <see cref="NetworkTrainer"/> keeps time, pool, optimiser and files.</summary>
internal interface ILesson
{
    /// <summary>The network.</summary>
    Graph Graph { get; }

    /// <summary>The file that receives the weights.</summary>
    string WeightsName { get; }

    /// <summary>Side of the pictures that samples are shown as, pixels.</summary>
    int Picture { get; }

    /// <summary>Names of the figures of a step; the first is the loss.</summary>
    ImmutableArray<string> Figures { get; }

    /// <summary>Names of the figures on held-out samples.</summary>
    ImmutableArray<string> HeldOutFigures { get; }

    /// <summary>Starts the random numbers.</summary>
    void Begin(int seed);

    /// <summary>One step's loss with its gradient, and [F] its <see cref="Figures"/> without.</summary>
    /// <param name="engine">The network.</param>
    /// <param name="pool">The samples.</param>
    /// <param name="filled">How many of them there are.</param>
    /// <param name="batch">How many to draw.</param>
    (Tensor Loss, Tensor Figures) Learn(TorchEngine engine, StoredSamples pool, long filled, int batch);

    /// <summary>The <see cref="HeldOutFigures"/>.</summary>
    double[] Measure(TorchEngine engine, Tensor? parameters, HeldOut heldOut);

    /// <summary>Figures of steps for readers.</summary>
    string Line(double[] figures);

    /// <summary>Held-out figures for readers.</summary>
    string Held(double[] figures);

    /// <summary>Writes pictures of what was learnt, at the end.</summary>
    void WriteSheets(string folder, TorchEngine engine, Tensor? parameters, StoredSamples pool, long filled, HeldOut heldOut);
}

using System.Collections.Immutable;
using Impersonator.Networks;
using Impersonator.Torch;
using Impersonator.Training.Samples;
using static TorchSharp.torch;

namespace Impersonator.Training.Trainers;

/// <summary>What a network is taught and how it is examined; <see cref="NetworkTrainer"/> keeps time, optimiser and files.</summary>
internal interface ILesson
{
    /// <summary>The network.</summary>
    Graph Graph { get; }

    /// <summary>The file that receives the weights.</summary>
    string WeightsName { get; }

    /// <summary>Names of the figures of a step; the first is the loss.</summary>
    ImmutableArray<string> Figures { get; }

    /// <summary>Names of the figures on held-out samples.</summary>
    ImmutableArray<string> HeldOutFigures { get; }

    /// <summary>Other networks that learn beside it, by name: part of a training's state, not of its result.</summary>
    ImmutableArray<(string Name, TorchEngine Engine, FlatAdamW Optimizer)> Companions => [];

    /// <summary>Starts painters of what is learnt from; what is held out is painted before this returns.</summary>
    /// <param name="firstSeed">Of the first thing painted to be learnt from.</param>
    /// <param name="log">Told of failures.</param>
    ISupply Open(long firstSeed, Action<string> log);

    /// <summary>Starts the random numbers.</summary>
    void Begin(int seed);

    /// <summary>One step's loss with its gradient, and [F] its <see cref="Figures"/> without.</summary>
    /// <param name="engine">The network.</param>
    /// <param name="batch">How many to draw.</param>
    /// <param name="progress">Share of the planned schedule that is over, 0 … 1.</param>
    (Tensor Loss, Tensor Figures) Learn(TorchEngine engine, int batch, double progress);

    /// <summary>The <see cref="HeldOutFigures"/>.</summary>
    double[] Measure(TorchEngine engine, Tensor? parameters);

    /// <summary>Figures of steps for readers.</summary>
    string Line(double[] figures);

    /// <summary>Held-out figures for readers.</summary>
    string Held(double[] figures);

    /// <summary>Writes pictures of what was learnt, at the end.</summary>
    void WriteSheets(string folder, TorchEngine engine, Tensor? parameters);
}

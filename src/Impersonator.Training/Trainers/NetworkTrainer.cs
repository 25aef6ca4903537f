using System.Diagnostics;
using System.Globalization;
using Impersonator.Networks;
using Impersonator.Torch;
using Impersonator.Training.Curves;
using Impersonator.Training.Samples;
using static TorchSharp.torch;

namespace Impersonator.Training.Trainers;

/// <summary>Trains a network on painted people: painters on the processor, what they painted, its treatment and the network on the device.</summary>
/// <remarks>
/// AdamW with a warm-up and half a cosine, gradients clipped, weights averaged exponentially; the average is what is measured and
/// kept. The clock decides when to stop; a state file lets a next command go on within the same schedule.
/// </remarks>
internal sealed class NetworkTrainer
{
    /// <summary>Seeds from one run seed to the next.</summary>
    private const long SeedsPerRun = 1_000_000_000;

    /// <summary>Share of the highest rate that is left at the end.</summary>
    private const double LastRate = 0.005;

    /// <summary>Seconds kept for figures and files at the end.</summary>
    private const double Finish = 12;

    /// <summary>Steps from one look at what painters have finished to the next: each upload waits for the device.</summary>
    private const int StepsPerTake = 4;

    private readonly TrainerOptions _options;
    private readonly ILesson _lesson;
    private readonly TorchDevice _device;
    private readonly Action<string> _log;
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly TrainingCurve _curve;

    private NetworkTrainer(TrainerOptions options, ILesson lesson, TorchDevice device, Action<string> log)
    {
        (_options, _lesson, _device, _log) = (options, lesson, device, log);
        _curve = new TrainingCurve(["seconds", "step", "rate", .. lesson.Figures, "gradient", "samples_per_second", "painted_per_second", .. lesson.HeldOutFigures.Select(f => "held_out_" + f)]);
    }

    /// <summary>Trains, and writes weights, curve and pictures into the output folder.</summary>
    /// <param name="options">How.</param>
    /// <param name="lesson">What.</param>
    /// <param name="device">Where the network lives.</param>
    /// <param name="log">Told what happens, a line each.</param>
    /// <param name="token">Stops without files.</param>
    /// <returns>The curve.</returns>
    /// <exception cref="InvalidOperationException">The painters failed.</exception>
    /// <exception cref="Files.InputException">What to go on from is no weights or state of this network.</exception>
    /// <exception cref="Files.OutputException">A file cannot be written.</exception>
    public static TrainingCurve Run(TrainerOptions options, ILesson lesson, TorchDevice device, Action<string> log, CancellationToken token)
        => new NetworkTrainer(options, lesson, device, log).Train(token);

    private double Seconds => _clock.Elapsed.TotalSeconds;

    private TrainingCurve Train(CancellationToken token)
    {
        Directory.CreateDirectory(_options.Output);
        if (_device.IsCuda) TorchSettings.TuneConvolutions(true);
        Graph graph = _lesson.Graph;
        using var engine = new TorchEngine(graph, Weights.Initialise(graph, _options.Seed), _device, _device.IsCuda || _options.BFloat16 ? TorchPrecision.BFloat16 : TorchPrecision.Single);
        // (1 + step) / (10 + step) below the average's own share: it forgets the start of short runs, too.
        using var optimizer = new FlatAdamW(engine, new AdamWOptions { Decay = 0.03, Clip = 4, Averaging = 0.9995 });
        TrainingState.Progress done = _options.Resume is { } from ? TrainingState.Read(from, Learners(engine, optimizer), _log) : default;
        Log($"{graph.ParameterCount / 1e6:F2} M parameters, {2 * graph.Multiplications / 1e9:F2} GFLOP; {_device.Description}");

        using ISupply supply = _lesson.Open((_options.Seed * SeedsPerRun) + done.Painted, _log);
        supply.WaitFor(_options.First, token);
        Log($"{_options.HeldOut} samples held out; {supply.Filled} to begin with");

        int steps = Train(engine, optimizer, supply, done.Minutes, token);
        Write(engine, optimizer, supply, done, steps);
        return _curve;
    }

    private int Train(TorchEngine engine, FlatAdamW optimizer, ISupply supply, double minutesBefore, CancellationToken token)
    {
        _lesson.Begin(_options.Seed + optimizer.Steps);
        double end = (_options.Minutes * 60) - Finish, planned = Math.Max(1, ((_options.PlannedMinutes ?? (minutesBefore + _options.Minutes)) * 60) - Finish);
        double lastLog = Seconds, lastMeasured = lastLog;
        (long paintedThen, int since, int steps) = (supply.Painted, 0, 0);
        Tensor? sums = null;
        while (Seconds < end && steps < (_options.MostSteps ?? int.MaxValue))
        {
            token.ThrowIfCancellationRequested();
            if (steps % StepsPerTake == 0) supply.TakeReady();
            double progress = Math.Clamp(((minutesBefore * 60) + Seconds) / planned, 0, 1);
            double rate = _options.Rate * Math.Min(1, (optimizer.Steps + 1.0) / _options.WarmUp) * (LastRate + ((1 - LastRate) * 0.5 * (1 + Math.Cos(Math.PI * progress))));
            using (NewDisposeScope())
            {
                Tensor row = Step(engine, optimizer, rate, progress);
                Tensor next = sums is null ? row : sums + row;
                sums?.Dispose();
                sums = next.DetachFromDisposeScope();
            }
            (steps, since) = (steps + 1, since + 1);
            if (Seconds - lastLog < _options.LogSeconds && steps != _options.MostSteps) continue;

            double[] figures = Array.ConvertAll(TorchEngine.Floats(sums), v => (double)v / since), held = [.. _lesson.HeldOutFigures.Select(_ => double.NaN)];
            double seconds = Seconds, speed = since * _options.Batch / (seconds - lastLog), painted = (supply.Painted - paintedThen) / (seconds - lastLog);
            sums.Dispose();
            (sums, lastLog, since, paintedThen) = (null, seconds, 0, supply.Painted);
            if (seconds - lastMeasured >= _options.HeldOutSeconds)
            {
                held = _lesson.Measure(engine, optimizer.Average);
                // Should the machine be taken away, this much is there.
                engine.ToWeights(optimizer.Average).Write(Path.Combine(_options.Output, _lesson.WeightsName), WeightPrecision.Byte);
                (lastMeasured, lastLog) = (Seconds, Seconds);
            }
            _curve.Add([seconds, optimizer.Steps, rate, .. figures, speed, painted, .. held]);
            Log(Line(optimizer.Steps, rate, figures, speed, painted, supply, held));
        }
        sums?.Dispose();
        return steps;
    }

    /// <summary>One step; [F + 1] the lesson's figures and the gradient's length.</summary>
    private Tensor Step(TorchEngine engine, FlatAdamW optimizer, double rate, double progress)
    {
        (Tensor loss, Tensor figures) = _lesson.Learn(engine, _options.Batch, progress);
        loss.backward();
        Tensor gradient = optimizer.Step(rate);
        return cat([figures, gradient.view(1)]).nan_to_num();
    }

    private void Write(TorchEngine engine, FlatAdamW optimizer, ISupply supply, TrainingState.Progress done, int steps)
    {
        double[] held = _lesson.Measure(engine, optimizer.Average);
        _curve.Add([Seconds, optimizer.Steps, .. Enumerable.Repeat(double.NaN, _curve.Columns.Length - 2 - held.Length), .. held]);
        double minutes = done.Minutes + (Seconds / 60);
        Weights weights = engine.ToWeights(optimizer.Average);
        weights.Words["network"] = engine.Graph.Name;
        weights.Words["trained"] = FormattableString.Invariant($"{minutes:F1} minutes, {optimizer.Steps} steps of {_options.Batch}, {done.Painted + supply.Painted} samples painted, seed {_options.Seed}, rate {_options.Rate}");
        weights.Words["held_out"] = _lesson.Held(held);
        string path = Path.Combine(_options.Output, _lesson.WeightsName);
        weights.Write(path, WeightPrecision.Byte);
        if (_options.State is { } state) TrainingState.Write(state, Learners(engine, optimizer), new TrainingState.Progress(minutes, done.Painted + supply.Painted));
        _curve.Write(Path.Combine(_options.Output, "curve.csv"));
        PlainPng.Write(Path.Combine(_options.Output, "curve.png"), CurvePlot.Draw(_curve));
        // A batch of another size is not worth timing all convolutions anew.
        if (_device.IsCuda) TorchSettings.TuneConvolutions(false);
        _lesson.WriteSheets(_options.Output, engine, optimizer.Average);
        Log($"{steps} steps; {_lesson.Held(held)}; {_lesson.WeightsName} {new FileInfo(path).Length / (1024.0 * 1024):F2} MiB");
    }

    private TrainingState.Learner[] Learners(TorchEngine engine, FlatAdamW optimizer)
        => [new("", engine, optimizer), .. _lesson.Companions.Select(c => new TrainingState.Learner(c.Name + ".", c.Engine, c.Optimizer))];

    private void Log(string line) => _log(string.Create(CultureInfo.InvariantCulture, $"{Seconds,6:F1} s  {line}"));

    private string Line(int step, double rate, double[] figures, double speed, double painted, ISupply supply, double[] held)
    {
        string line = FormattableString.Invariant($"step {step} rate {rate:E1} {_lesson.Line(figures)} gradient {figures[^1]:F1} | {speed:F0} samples/s, {painted:F0} painted/s, {supply.Painted} in all");
        if (supply.Failures > 0) line += $", {supply.Failures} FAILED";
        return double.IsNaN(held[0]) ? line : line + "\n          " + _lesson.Held(held);
    }
}

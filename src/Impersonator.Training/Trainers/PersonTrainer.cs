using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Impersonator.Networks;
using Impersonator.Torch;
using Impersonator.Training.Augmentations;
using Impersonator.Training.Curves;
using Impersonator.Training.Samples;
using Impersonator.Training.Sheets;
using Impersonator.Training.Synthesis;
using static TorchSharp.torch;

namespace Impersonator.Training.Trainers;

/// <summary>Trains PersonNet on painted people: painters on the processor, pool, augmentation and network on the device.</summary>
/// <remarks>
/// AdamW with a warm-up and half a cosine, gradients clipped, weights averaged exponentially; the average is what is measured and
/// kept. The clock decides when to stop; a state file lets a next command go on within the same schedule.
/// </remarks>
internal sealed class PersonTrainer
{
    /// <summary>The file that receives the weights.</summary>
    public const string WeightsName = "person-net.safetensors";

    /// <summary>Seeds from one run seed to the next.</summary>
    private const long SeedsPerRun = 1_000_000_000;

    /// <summary>Share of the highest rate that is left at the end.</summary>
    private const double LastRate = 0.005;

    /// <summary>Seconds kept for figures and files at the end.</summary>
    private const double Finish = 12;

    /// <summary>Steps from one look at what painters have finished to the next: each upload waits for the device.</summary>
    private const int StepsPerTake = 4;

    private const int BlocksPerTake = 64, SheetPictures = 24, SheetColumns = 6;
    private static readonly ImmutableArray<string> Columns =
        ["seconds", "step", "rate", .. PersonLoss.Figures, "gradient", "samples_per_second", "painted_per_second", .. HeldOut.Figures.Select(f => "held_out_" + f)];

    private readonly PersonTrainerOptions _options;
    private readonly TorchDevice _device;
    private readonly Action<string> _log;
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly TrainingCurve _curve = new(Columns);

    private PersonTrainer(PersonTrainerOptions options, TorchDevice device, Action<string> log) => (_options, _device, _log) = (options, device, log);

    /// <summary>Trains, and writes weights, curve and samples into the output folder.</summary>
    /// <param name="options">How.</param>
    /// <param name="painter">Makes a painter for a thread.</param>
    /// <param name="device">Where the network lives.</param>
    /// <param name="log">Told what happens, a line each.</param>
    /// <param name="token">Stops without files.</param>
    /// <returns>The curve.</returns>
    /// <exception cref="InvalidOperationException">The painters failed.</exception>
    /// <exception cref="Files.InputException">What to go on from is no weights or state of this network.</exception>
    /// <exception cref="Files.OutputException">A file cannot be written.</exception>
    public static TrainingCurve Run(PersonTrainerOptions options, Func<IPainter> painter, TorchDevice device, Action<string> log, CancellationToken token)
        => new PersonTrainer(options, device, log).Run(painter, token);

    private double Seconds => _clock.Elapsed.TotalSeconds;

    private TrainingCurve Run(Func<IPainter> painter, CancellationToken token)
    {
        Directory.CreateDirectory(_options.Output);
        if (_device.IsCuda) TorchSettings.TuneConvolutions(true);
        Graph graph = PersonNet.Build(_options.Network);
        using var engine = new TorchEngine(graph, Weights.Initialise(graph, _options.Seed), _device, _device.IsCuda || _options.BFloat16 ? TorchPrecision.BFloat16 : TorchPrecision.Single);
        // (1 + step) / (10 + step) below the average's own share: it forgets the start of short runs, too.
        using var optimizer = new FlatAdamW(engine, new AdamWOptions { Decay = 0.03, Clip = 4, Averaging = 0.9995 });
        TrainingState.Progress done = _options.Resume is { } from ? TrainingState.Read(from, engine, optimizer, _log) : default;
        Log($"{graph.ParameterCount / 1e6:F2} M parameters, {2 * graph.Multiplications / 1e9:F2} GFLOP; {_device.Description}");

        using var painters = new SamplePainters(painter, _options.SampleSize, _options.Threads, (_options.Seed * SeedsPerRun) + done.Painted, _log);
        var heldOut = new HeldOut(painter, _options.HeldOut, _options.SampleSize, _options.Network.Picture, _options.Batch, _options.Threads, _device.Device);
        var pool = new SamplePool(_options.Pool, _options.SampleSize, _device.Device);
        pool.WaitFor(_options.First, painters, token);
        Log($"{_options.HeldOut} samples held out; {pool.Filled} to begin with");

        int steps = Train(engine, optimizer, pool, painters, heldOut, done.Minutes, token);
        Write(engine, optimizer, pool, heldOut, done, steps);
        return _curve;
    }

    private int Train(TorchEngine engine, FlatAdamW optimizer, SamplePool pool, SamplePainters painters, HeldOut heldOut, double minutesBefore, CancellationToken token)
    {
        var augmentation = new PersonAugmentation(_device.Device, _options.Network.Picture, PersonNet.Mirror, _options.Augmentation, _options.Seed + optimizer.Steps);
        var loss = new PersonLoss(_device.Device, PersonNet.Mirror);
        double end = (_options.Minutes * 60) - Finish, planned = Math.Max(1, ((_options.PlannedMinutes ?? (minutesBefore + _options.Minutes)) * 60) - Finish);
        double lastLog = Seconds, lastMeasured = lastLog;
        (long paintedThen, int since, int steps) = (pool.Painted, 0, 0);
        Tensor? sums = null;
        while (Seconds < end && steps < (_options.MostSteps ?? int.MaxValue))
        {
            token.ThrowIfCancellationRequested();
            if (steps % StepsPerTake == 0) pool.TakeReady(painters, BlocksPerTake);
            double progress = Math.Clamp(((minutesBefore * 60) + Seconds) / planned, 0, 1);
            double rate = _options.Rate * Math.Min(1, (optimizer.Steps + 1.0) / _options.WarmUp) * (LastRate + ((1 - LastRate) * 0.5 * (1 + Math.Cos(Math.PI * progress))));
            using (NewDisposeScope())
            {
                Tensor row = Step(engine, optimizer, augmentation, loss, pool, rate);
                Tensor next = sums is null ? row : sums + row;
                sums?.Dispose();
                sums = next.DetachFromDisposeScope();
            }
            (steps, since) = (steps + 1, since + 1);
            if (Seconds - lastLog < _options.LogSeconds && steps != _options.MostSteps) continue;

            double[] figures = Array.ConvertAll(TorchEngine.Floats(sums), v => (double)v / since), held = [.. HeldOut.Figures.Select(_ => double.NaN)];
            double seconds = Seconds, speed = since * _options.Batch / (seconds - lastLog), painted = (pool.Painted - paintedThen) / (seconds - lastLog);
            sums.Dispose();
            (sums, lastLog, since, paintedThen) = (null, seconds, 0, pool.Painted);
            if (seconds - lastMeasured >= _options.HeldOutSeconds)
            {
                held = heldOut.Measure(engine, optimizer.Average);
                // Should the machine be taken away, this much is there.
                engine.ToWeights(optimizer.Average).Write(Path.Combine(_options.Output, WeightsName), WeightPrecision.Byte);
                (lastMeasured, lastLog) = (Seconds, Seconds);
            }
            _curve.Add([seconds, optimizer.Steps, rate, .. figures, speed, painted, .. held]);
            Log(Line(optimizer.Steps, rate, figures, speed, painted, pool, painters, held));
        }
        sums?.Dispose();
        return steps;
    }

    /// <summary>One step; [F + 1] the loss's figures and the gradient's length.</summary>
    private Tensor Step(TorchEngine engine, FlatAdamW optimizer, PersonAugmentation augmentation, PersonLoss loss, SamplePool pool, double rate)
    {
        PersonBatch batch;
        using (no_grad()) batch = augmentation.Draw(pool.Samples, pool.Filled, _options.Batch);
        PersonOutput output = PersonOutput.Of(engine.Forward(new Dictionary<string, Tensor> { ["picture"] = batch.Picture }, training: true));
        (Tensor total, Tensor figures) = loss.Compute(output, batch);
        total.backward();
        Tensor gradient = optimizer.Step(rate);
        return cat([figures, gradient.view(1)]).nan_to_num();
    }

    private void Write(TorchEngine engine, FlatAdamW optimizer, SamplePool pool, HeldOut heldOut, TrainingState.Progress done, int steps)
    {
        double[] held = heldOut.Measure(engine, optimizer.Average);
        _curve.Add([Seconds, optimizer.Steps, .. Enumerable.Repeat(double.NaN, Columns.Length - 2 - held.Length), .. held]);
        double minutes = done.Minutes + (Seconds / 60);
        Weights weights = engine.ToWeights(optimizer.Average);
        weights.Words["network"] = "PersonNet";
        weights.Words["trained"] = FormattableString.Invariant($"{minutes:F1} minutes, {optimizer.Steps} steps of {_options.Batch}, {done.Painted + pool.Painted} samples painted, seed {_options.Seed}, rate {_options.Rate}");
        weights.Words["held_out"] = Held(held);
        string path = Path.Combine(_options.Output, WeightsName);
        weights.Write(path, WeightPrecision.Byte);
        if (_options.State is { } state) TrainingState.Write(state, engine, optimizer, new TrainingState.Progress(minutes, done.Painted + pool.Painted));
        _curve.Write(Path.Combine(_options.Output, "curve.csv"));
        PlainPng.Write(Path.Combine(_options.Output, "curve.png"), CurvePlot.Draw(_curve));
        WriteSheets(engine, optimizer, pool, heldOut);
        Log($"{steps} steps; {Held(held)}; {WeightsName} {new FileInfo(path).Length / (1024.0 * 1024):F2} MiB");
    }

    /// <summary>What training saw last, and held-out samples.</summary>
    private void WriteSheets(TorchEngine engine, FlatAdamW optimizer, SamplePool pool, HeldOut heldOut)
    {
        // A batch of another size is not worth timing all convolutions anew.
        if (_device.IsCuda) TorchSettings.TuneConvolutions(false);
        using var quiet = no_grad();
        using var scope = NewDisposeScope();
        var augmentation = new PersonAugmentation(_device.Device, _options.Network.Picture, PersonNet.Mirror, _options.Augmentation, _options.Seed);
        foreach ((string name, PersonBatch batch) in new[] { ("samples.png", augmentation.Draw(pool.Samples, pool.Filled, SheetPictures)), ("held-out.png", heldOut.Batch(0, SheetPictures)) })
        {
            PersonOutput output = PersonOutput.Of(engine.Forward(new Dictionary<string, Tensor> { ["picture"] = batch.Picture }, training: false, optimizer.Average));
            PlainPng.Write(Path.Combine(_options.Output, name), SampleSheet.Draw(batch, output, SheetPictures, SheetColumns));
        }
    }

    private void Log(string line) => _log(string.Create(CultureInfo.InvariantCulture, $"{Seconds,6:F1} s  {line}"));

    private static string Line(int step, double rate, double[] figures, double speed, double painted, SamplePool pool, SamplePainters painters, double[] held)
    {
        double F(string name) => figures[PersonLoss.Figures.IndexOf(name)];
        string line = FormattableString.Invariant($"step {step} rate {rate:E1} loss {F("loss"):F3} heat {F("heat"):F2} mirror {F("mirror"):F3} pixels {F("pixels"):F2} inside {F("inside"):F3} iou {F("iou"):F3} parts {F("part_accuracy"):F3} surface {F("surface_mm"):F0} mm depth {F("depth_mm"):F0} mm gradient {figures[^1]:F1} | {speed:F0} samples/s, {painted:F0} painted/s, {pool.Painted} in all");
        if (painters.Failures > 0) line += $", {painters.Failures} FAILED";
        return double.IsNaN(held[0]) ? line : line + "\n          " + Held(held);
    }

    private static string Held(double[] held) => FormattableString.Invariant(
        $"held out: PCK@0.05 {100 * held[0]:F1}, @0.1 {100 * held[1]:F1}, mean {100 * held[2]:F2} %, swapped {100 * held[3]:F1} %, matte IoU {held[4]:F3}, parts {100 * held[5]:F1} %, surface {held[6]:F1} cm, depth {held[7]:F1} cm");
}

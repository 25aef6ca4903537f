using Impersonator.Files;
using Impersonator.Networks;
using Impersonator.Subjects;

namespace Impersonator.Synthesis.Generation;

/// <summary>A subject and the generator that draws it: what is made of the photo once. Serves several painters at a time.</summary>
internal sealed class GeneratorSubject : IDisposable
{
    /// <summary>Name of the weights, if they ship.</summary>
    public const string Network = "generator-net";

    private const int Side = SourceMaps.Side, Cells = FrameMaps.FlowSide;

    private readonly OnnxEngine _transfer;
    private readonly Dictionary<string, NetworkArray> _features = [];
    private readonly List<SourceMaps> _others = [];

    /// <summary>Looks at the photo.</summary>
    /// <param name="subject">Whom to draw.</param>
    /// <param name="weights">Of <see cref="GeneratorNet"/>.</param>
    /// <param name="threads">Threads of one frame; 0 for as many as there are cores. Where several frames are drawn at once, one each is fastest.</param>
    /// <exception cref="InputException">The subject has no picture of its photo, or the weights are another network's.</exception>
    public GeneratorSubject(Subject subject, Weights weights, int threads)
    {
        if (subject.Source is null) throw new InputException($"{subject.Name}: saved by an older version, without what the generator needs of the photo; make it again from its photo or use --engine mesh.");
        GeneratorNetSize size = GeneratorNetSize.Of(weights)
            ?? throw new InputException("These weights are not the generator's, or another version's; train it (impersonator train generator) or use --engine mesh.");
        Source.Fill(subject);
        foreach (SubjectSource more in subject.MoreSources)
        {
            var maps = new SourceMaps();
            maps.Fill(subject, more);
            _others.Add(maps);
        }
        if (size.Mixing != FeatureMixing.None)
        {
            using var source = new OnnxEngine(GeneratorNet.Source(size), weights);
            Look(source, Source, 0);
            for (int j = 0; j < _others.Count; j++) Look(source, _others[j], j + 1);
        }
        _transfer = new OnnxEngine(GeneratorNet.Transfer(size, 1 + _others.Count), weights, threads);
    }

    /// <summary>What the generator is told of the photo.</summary>
    public SourceMaps Source { get; } = new();

    /// <summary>What it is told of the person's other photos.</summary>
    public IReadOnlyList<SourceMaps> Others => _others;

    /// <summary>Draws a frame at working size. May be called from several threads.</summary>
    /// <param name="maps">The frame's.</param>
    /// <param name="inputs">Kept by the caller from frame to frame; empty at first.</param>
    /// <returns><c>paint</c>, <c>matte</c>, <c>blend</c>; see <see cref="GeneratorNet"/>.</returns>
    public IReadOnlyDictionary<string, NetworkArray> Run(FrameMaps maps, Dictionary<string, NetworkArray> inputs)
    {
        if (inputs.Count == 0)
        {
            foreach ((string name, NetworkArray values) in _features) inputs[name] = values;
            inputs["frame"] = new NetworkArray(new float[FrameMaps.Channels * Side * Side], 1, FrameMaps.Channels, Side, Side);
            for (int j = 0; j <= _others.Count; j++) inputs[$"flow.{j}"] = new NetworkArray(new float[Cells * Cells * 2], 1, Cells, Cells, 2);
        }
        MapBytes.ToFractions(maps.Frame, inputs["frame"].Values);
        MapBytes.ToPlaces(maps.Flow, inputs["flow.0"].Values);
        int photo = 0;
        foreach (short[] flow in maps.OtherFlows) MapBytes.ToPlaces(flow, inputs[$"flow.{++photo}"].Values);
        return _transfer.Run(inputs);
    }

    /// <summary>Frees the network.</summary>
    public void Dispose() => _transfer.Dispose();

    private void Look(OnnxEngine source, SourceMaps maps, int index)
    {
        var photo = new float[SourceMaps.Channels * Side * Side];
        MapBytes.ToFractions(maps.Photo, photo);
        foreach ((string name, NetworkArray values) in source.Run(new NetworkArray(photo, 1, SourceMaps.Channels, Side, Side))) _features[$"{name}.{index}"] = values;
    }
}

using Impersonator.Training.Synthesis;
using Impersonator.Training.Synthesis.Pairs;

namespace Impersonator.Training.Samples;

/// <summary>Paints pairs into blocks.</summary>
/// <param name="people">Who is painted.</param>
/// <param name="subjects">Of a block.</param>
/// <param name="targets">Frames of a subject.</param>
internal sealed class PairBlockPainter(PeoplePack people, int subjects, int targets) : IBlockPainter<PairBlock>
{
    private readonly PairPainter _painter = new(people);
    private readonly PairSample _sample = new(targets);

    /// <inheritdoc/>
    public PairBlock CreateBlock() => new(subjects, targets, PairSample.Side);

    /// <inheritdoc/>
    public bool Paint(long seed, PairBlock block, int slot)
    {
        if (!_painter.Paint(seed, _sample)) return false;
        _sample.Photo.CopyTo(block.Photo(slot));
        for (int t = 0; t < targets; t++)
        {
            _sample.Frame[t].CopyTo(block.Frame(slot, t));
            _sample.Flow[t].CopyTo(block.Flow(slot, t));
            _sample.Truth[t].CopyTo(block.Truth(slot, t));
            Span<float> place = block.Place(slot, t);
            _sample.Face[t].CopyTo(place);
            place[4] = _sample.Yaw[t];
        }
        return true;
    }
}

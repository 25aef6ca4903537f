namespace Impersonator.Training.Samples;

/// <summary>Paints into blocks, for one thread.</summary>
/// <typeparam name="TBlock">Some painted things, packed as a pool keeps them.</typeparam>
internal interface IBlockPainter<TBlock>
{
    /// <summary>Makes room for a block; blocks are reused.</summary>
    TBlock CreateBlock();

    /// <summary>Paints what a seed says into a slot of a block.</summary>
    /// <returns>False if it is of no use; the slot is painted again from another seed then.</returns>
    bool Paint(long seed, TBlock block, int slot);
}

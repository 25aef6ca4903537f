namespace Impersonator.Videos;

/// <summary>When frames begin, in whole ticks: each rounded by itself, so errors never add up.</summary>
internal readonly record struct FrameTimes(double FrameRate, int TicksPerSecond)
{
    /// <summary>Begin of a frame, ticks.</summary>
    public long At(long frame) => (long)Math.Round(frame * TicksPerSecond / FrameRate, MidpointRounding.AwayFromZero);

    /// <summary>Ticks until the next one.</summary>
    public int Of(long frame) => (int)(At(frame + 1) - At(frame));
}

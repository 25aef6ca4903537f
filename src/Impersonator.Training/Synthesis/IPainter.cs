namespace Impersonator.Training.Synthesis;

/// <summary>Paints pictures of people with everything known about them. One painter per thread.</summary>
public interface IPainter
{
    /// <summary>Paints one picture.</summary>
    /// <param name="seed">Of every random choice: the same seed gives the same bytes, whatever was painted before.</param>
    /// <param name="into">Receives picture and annotations; its arrays are reused. Its size is the picture's.</param>
    void Paint(long seed, Sample into);
}

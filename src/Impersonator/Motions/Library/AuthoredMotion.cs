namespace Impersonator.Motions.Library;

/// <summary>A finished motion with what its author promised of it, for tests.</summary>
/// <param name="Motion">The poses.</param>
/// <param name="Sketch">Contacts and flights.</param>
internal sealed record AuthoredMotion(Motion Motion, MotionSketch Sketch);

using System.Numerics;

namespace Impersonator.Recovery;

/// <summary>One keypoint as the network sees it.</summary>
/// <param name="Position">Pixels of the photo.</param>
/// <param name="Error">Expected error per axis, pixels of the photo.</param>
/// <param name="Inside">Probability that it lies within the window and the photo.</param>
/// <param name="Concentration">Share of its heat that lies around the position: low when there are several guesses.</param>
public readonly record struct LookedKeypoint(Vector2 Position, float Error, float Inside, float Concentration);

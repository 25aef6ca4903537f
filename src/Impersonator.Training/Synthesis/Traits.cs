using System.Runtime.InteropServices;

namespace Impersonator.Training.Synthesis;

/// <summary>What clothes, hair and skin of a stored person are chosen by.</summary>
/// <param name="Male">0 female … 1 male.</param>
/// <param name="Years">Age.</param>
/// <param name="Weight">0 thin … 1 heavy.</param>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct Traits(float Male, float Years, float Weight);

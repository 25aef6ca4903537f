using System.Numerics;

namespace Impersonator.Motions;

/// <summary>Where a joint is and how it is turned, in the world of its file.</summary>
/// <param name="Turn">Rotation from the joint's own axes to the world's.</param>
/// <param name="Place">In the file's unit.</param>
public readonly record struct JointFrame(Quaternion Turn, Vector3 Place);

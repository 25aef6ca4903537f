using System.Numerics;
using Impersonator.Bodies;

namespace Impersonator.Training.Synthesis;

/// <summary>A pose being made, with what a picture must know about it.</summary>
internal sealed class FigurePose
{
    /// <summary>[52] as in <see cref="Pose.Rotations"/>.</summary>
    public readonly Quaternion[] Local = new Quaternion[Joint.Count];

    /// <summary>The lowest point stands on the ground.</summary>
    public bool Grounded = true;

    /// <summary>On something to sit on.</summary>
    public bool Seated;

    /// <summary>Neither lying nor head down.</summary>
    public bool Upright = true;

    /// <summary>To be seen from the side or behind as often as from the front.</summary>
    public bool FromAllSides;

    /// <summary>The T-pose.</summary>
    public void Clear()
    {
        Array.Fill(Local, Quaternion.Identity);
        (Grounded, Seated, Upright, FromAllSides) = (true, false, true, false);
    }
}

using System.Numerics;
using Impersonator.Bodies;
using Impersonator.Rendering;

namespace Impersonator.Training.Synthesis;

/// <summary>One painted picture of a person with everything known about it. Arrays are kept and reused.</summary>
/// <remarks>S = <see cref="Size"/>; row-major, pixel centres at +0.5. Left and right are the person's own.</remarks>
public sealed class Sample
{
    /// <summary>Makes room for a picture.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A size outside 16 … 4096.</exception>
    public Sample(int size)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 16);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, 4096);
        Size = size;
        int pixels = size * size;
        (Rgb, Alpha, OtherAlpha, Parts) = (new byte[pixels * 3], new byte[pixels], new byte[pixels], new byte[pixels]);
        (Surface, Depth) = (new ushort[pixels * 3], new short[pixels]);
        Camera = Camera.Front(size, size, size, 3);
    }

    /// <summary>S, pixels a side.</summary>
    public int Size { get; }

    /// <summary>[S, S, 3] the picture, sRGB.</summary>
    public byte[] Rgb { get; }

    /// <summary>[S, S] the person with clothes, hair and carried things, as far as they show: coverage 0 … 255.</summary>
    public byte[] Alpha { get; }

    /// <summary>[S, S] other people where they show.</summary>
    public byte[] OtherAlpha { get; }

    /// <summary>[S, S] the <see cref="BodyPart"/> shown, 0 where there is none; cloth takes the part of the skin below.</summary>
    public byte[] Parts { get; }

    /// <summary>[3, S, S] canonical x, y, z of the body-surface point shown: 0 … 65535 spans <see cref="CanonicalBox"/>; means something only where <see cref="Parts"/> &gt; 0.</summary>
    public ushort[] Surface { get; }

    /// <summary>[S, S] millimetres behind (+) or before (−) the pelvis joint along the camera's z; means something only where <see cref="Parts"/> &gt; 0.</summary>
    public short[] Depth { get; }

    /// <summary>[33, 3] <see cref="Keypoints33"/>: x, y in pixels, and 2 seen, 1 hidden, 0 outside the picture.</summary>
    public float[] Keypoints { get; } = new float[Keypoints33.Count * 3];

    /// <summary>[52] joint rotations relative to the T-pose, as in <see cref="Bodies.Pose"/>; the root's is in world space (see <see cref="Camera"/>).</summary>
    public Quaternion[] Pose { get; } = new Quaternion[Joint.Count];

    /// <summary>[32] shape coefficients of <see cref="BodyModel.Default"/>.</summary>
    public float[] Shape { get; } = new float[BodyModel.Default.Components.Length];

    /// <summary>[52, 3] joints in the camera's space (x right, y down, z forward), metres.</summary>
    public float[] Joints3D { get; } = new float[Joint.Count * 3];

    /// <summary>The camera; pictures are crops, so its principal point may lie far outside.</summary>
    public Camera Camera { get; set; }
}

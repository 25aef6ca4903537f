using Impersonator.Networks;
using Impersonator.Training.Evaluation.Pictures;

namespace Impersonator.Training.Evaluation.Methods;

/// <summary>The textured mesh as it is: its colours, and its coverage as the matte.</summary>
internal sealed class MeshMethod : IPictureMethod
{
    private const int Side = 256, Plane = Side * Side;

    /// <inheritdoc/>
    public string Name => "mesh only";

    /// <inheritdoc/>
    public FrameDrawing Read(byte[] photo) => (frame, _) => Of(frame);

    /// <summary>The picture of a frame's first four channels: sRGB times coverage, coverage.</summary>
    public static ComparedPicture Of(ReadOnlySpan<byte> frame)
    {
        var (rgb, alpha) = (new float[3 * Plane], new float[Plane]);
        for (int i = 0; i < Plane; i++)
        {
            alpha[i] = frame[(GeneratorNet.CoverageChannel * Plane) + i] / 255f;
            for (int c = 0; c < 3; c++) rgb[(c * Plane) + i] = (frame[(c * Plane) + i] / 255f) + (ComparedPicture.Grey * (1 - alpha[i]));
        }
        return new ComparedPicture(Side, Side, rgb, alpha);
    }
}

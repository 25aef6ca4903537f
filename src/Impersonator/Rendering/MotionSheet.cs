using System.Numerics;
using Impersonator.Bodies;
using Impersonator.Imaging;
using Impersonator.Motions;

namespace Impersonator.Rendering;

/// <summary>Draws a motion as a sheet of clay figures: time runs to the right, one row for each side it is seen from.</summary>
/// <remarks>Each figure stands in the middle of its cell, all at one scale on one ground.</remarks>
public static class MotionSheet
{
    /// <summary>Metres that a cell shows above the ground, and below.</summary>
    private const float Above = 2.25f, Below = 0.15f;

    /// <summary>Metres between camera and body: far, so that no limb looks large.</summary>
    private const float Distance = 9;

    /// <summary>Draws the sheet.</summary>
    /// <param name="motion">Of any body's size; it is scaled to the given one.</param>
    /// <param name="body">Who performs it.</param>
    /// <param name="poses">Figures in a row, evenly over the motion, first and last pose included; at least two.</param>
    /// <param name="cellWidth">Columns of a figure's cell.</param>
    /// <param name="cellHeight">Rows of a figure's cell.</param>
    /// <param name="yaws">One row each: 0 = seen from the front, π/2 = from the person's left, radians.</param>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than two poses, or a side that is not positive.</exception>
    public static Frame Draw(Motion motion, Body body, int poses, int cellWidth, int cellHeight, params ReadOnlySpan<float> yaws)
    {
        ArgumentNullException.ThrowIfNull(motion);
        ArgumentNullException.ThrowIfNull(body);
        ArgumentOutOfRangeException.ThrowIfLessThan(poses, 2);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(cellWidth);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(cellHeight);
        motion = motion.ForHipHeight(body.HipHeight);
        var sheet = new Frame(poses * cellWidth, Math.Max(1, yaws.Length) * cellHeight);
        var posed = new Vector3[body.Mesh.VertexCount];
        for (int k = 0; k < poses; k++)
        {
            Pose pose = motion.Poses[(int)MathF.Round((float)k * (motion.FrameCount - 1) / (poses - 1))];
            body.Pose(pose, posed);
            for (int row = 0; row < yaws.Length; row++)
            {
                Frame cell = Cell(posed, body.Mesh.Triangles, pose.Root, yaws[row], cellWidth, cellHeight);
                for (int y = 0; y < cellHeight; y++)
                    cell.Rgba.AsSpan(4 * y * cellWidth, 4 * cellWidth).CopyTo(sheet.Rgba.AsSpan(4 * ((((row * cellHeight) + y) * sheet.Width) + (k * cellWidth))));
            }
        }
        return sheet;
    }

    private static Frame Cell(Vector3[] posed, int[] triangles, Vector3 root, float yaw, int width, int height)
    {
        var frame = new Frame(width, height);
        const float Pitch = 0.12f;
        Quaternion rotation = Quaternion.Normalize(Quaternion.CreateFromAxisAngle(Vector3.UnitX, Pitch) * Camera.FacingMinusZ * Quaternion.CreateFromAxisAngle(Vector3.UnitY, -yaw));
        Vector3 middle = root with { Y = (Above - Below) / 2 };
        float focal = height * Distance / (Above + Below);
        var camera = new Camera(width, height, focal, new Vector2(width, height) / 2, rotation, new Vector3(0, 0, Distance) - Vector3.Transform(middle, rotation));
        // A plain floor that ends a step behind the body.
        int edge = Math.Clamp((int)camera.Project(root with { Y = 0 }).Y - (height / 14), 0, height);
        for (int i = 0; i < frame.Rgba.Length; i++) frame.Rgba[i] = i % 4 == 3 ? byte.MaxValue : i < 4 * edge * width ? (byte)242 : (byte)216;
        MeshPreview.Draw(frame, camera, posed, triangles);
        return frame;
    }
}

using System.Numerics;
using Impersonator.Bodies;
using Impersonator.Imaging;
using Impersonator.Rendering;

namespace Impersonator.Recovery.Capture;

/// <summary>A picture to judge a captured motion by: frames with the body over them, each beside the body seen from its left.</summary>
public static class CaptureSheet
{
    private const float BodyStrength = 0.75f, ViewDistance = 8, Margin = 1.15f;

    /// <summary>Draws the sheet.</summary>
    /// <param name="model">The model that was fitted.</param>
    /// <param name="captured">What was taken from the video.</param>
    /// <param name="frames">The video's frames once more, from its first on.</param>
    /// <param name="every">One frame out of so many is shown.</param>
    /// <param name="height">Rows of a frame in the sheet.</param>
    /// <param name="columns">Frames side by side.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is not positive.</exception>
    public static Frame Draw(BodyModel model, CapturedMotion captured, IEnumerable<Frame> frames, int every = 10, int height = 270, int columns = 5)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(captured);
        ArgumentNullException.ThrowIfNull(frames);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(every);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(columns);
        Body body = model.Create(captured.Shape);
        int width = Math.Max(1, (int)MathF.Round((float)height * captured.Cameras[0].Width / captured.Cameras[0].Height)), rows = (((captured.Poses.Length - 1) / every) + columns) / columns;
        var sheet = new Frame(columns * (width + height), rows * height);
        Camera side = Side(captured, body, height);
        int number = 0, shown = 0;
        foreach (Frame frame in frames)
        {
            int at = number++ - captured.FirstFrame;
            if (at >= captured.Poses.Length) break;
            if (at < 0 || at % every != 0) continue;
            var posed = new Vector3[body.Mesh.VertexCount];
            body.Pose(captured.Poses[at], posed);
            (int left, int top) = (shown % columns * (width + height), shown / columns * height);
            Put(Over(frame, captured.Cameras[at].Scaled(width, height), posed, body), sheet, left, top);
            var beside = new Frame(height, height);
            Array.Fill(beside.Rgba, (byte)235);
            GroundGrid.Draw(beside, side);
            MeshPreview.Draw(beside, side, posed, body.Mesh.Triangles);
            Put(beside, sheet, left + width, top);
            shown++;
        }
        return sheet;
    }

    private static Frame Over(Frame frame, Camera camera, Vector3[] posed, Body body)
    {
        Frame plain = frame.ToImage().Resize(camera.Width, camera.Height).ToFrame(), overlay = new(camera.Width, camera.Height);
        plain.Rgba.CopyTo(overlay.Rgba, 0);
        MeshPreview.Draw(overlay, camera, posed, body.Mesh.Triangles);
        for (int i = 0; i < overlay.Rgba.Length; i++) overlay.Rgba[i] = (byte)((overlay.Rgba[i] * BodyStrength) + (plain.Rgba[i] * (1 - BodyStrength)));
        return overlay;
    }

    /// <summary>A level camera at the left of the video's, that shows wherever the person goes.</summary>
    private static Camera Side(CapturedMotion captured, Body body, int size)
    {
        Vector3 low = new(float.PositiveInfinity), high = -low;
        foreach (Pose pose in captured.Poses) (low, high) = (Vector3.Min(low, pose.Root), Vector3.Max(high, pose.Root));
        float reach = 2 * body.HipHeight, extent = Margin * MathF.Max(high.Z - low.Z + reach, high.Y - low.Y + reach);
        Vector3 middle = (low + high) / 2;
        Quaternion rotation = Quaternion.Normalize(Camera.FacingMinusZ * Quaternion.CreateFromAxisAngle(Vector3.UnitY, -MathF.PI / 2));
        return new Camera(size, size, ViewDistance * size / extent, new Vector2(size) / 2, rotation, new Vector3(0, 0, ViewDistance) - Vector3.Transform(middle, rotation));
    }

    private static void Put(Frame from, Frame to, int left, int top)
    {
        for (int y = 0; y < from.Height; y++) from.Rgba.AsSpan(4 * y * from.Width, 4 * from.Width).CopyTo(to.Rgba.AsSpan(4 * (((top + y) * to.Width) + left)));
    }
}

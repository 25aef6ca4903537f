using System.Numerics;
using Impersonator.Bodies;
using Impersonator.Imaging;
using Impersonator.Rendering;

namespace Impersonator.Recovery;

/// <summary>A picture to judge a fit by: the photo, the body over it, and the body from both sides.</summary>
public static class FitSheet
{
    private const float BodyStrength = 0.7f, ViewDistance = 6;
    private static readonly float[] SideYaws = [MathF.PI / 2, -MathF.PI / 2];

    /// <summary>Draws the sheet, four pictures wide.</summary>
    /// <param name="model">The model the person was fitted with.</param>
    /// <param name="photo">The photo.</param>
    /// <param name="person">The fitted person.</param>
    /// <param name="height">Rows of the sheet.</param>
    /// <exception cref="ArgumentOutOfRangeException">The height is not positive.</exception>
    public static Frame Draw(BodyModel model, Photo photo, Person person, int height = 600)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(photo);
        ArgumentNullException.ThrowIfNull(person);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        Body body = model.Create(person.Shape);
        var posed = new Vector3[body.Mesh.VertexCount];
        body.Pose(person.Pose, posed);

        int width = Math.Max(1, (int)MathF.Round((float)height * photo.Width / photo.Height)), side = Math.Max(1, 3 * height / 4);
        Frame plain = photo.Image.Resize(width, height).ToFrame();
        var overlay = new Frame(width, height);
        plain.Rgba.CopyTo(overlay.Rgba, 0);
        Person small = person.Scaled(width, height);
        MeshPreview.Draw(overlay, small.Camera, posed, body.Mesh.Triangles);
        for (int i = 0; i < overlay.Rgba.Length; i++) overlay.Rgba[i] = (byte)((overlay.Rgba[i] * BodyStrength) + (plain.Rgba[i] * (1 - BodyStrength)));
        foreach (KeypointObservation o in small.Keypoints.Observations)
            if (o.Confidence > 0) Dot(overlay, o.Position, Math.Max(2, height / 250));

        var sheet = new Frame((2 * width) + (SideYaws.Length * side), height);
        Put(plain, sheet, 0);
        Put(overlay, sheet, width);
        for (int k = 0; k < SideYaws.Length; k++) Put(FromSide(posed, body.Mesh.Triangles, SideYaws[k], side, height), sheet, (2 * width) + (k * side));
        return sheet;
    }

    /// <summary>The body seen level from a side, on the ground, whole.</summary>
    private static Frame FromSide(Vector3[] posed, int[] triangles, float yaw, int width, int height)
    {
        var frame = new Frame(width, height);
        Array.Fill(frame.Rgba, (byte)235);
        Vector3 low = posed.Aggregate(Vector3.Min), high = posed.Aggregate(Vector3.Max), middle = (low + high) / 2;
        float focal = 0.85f * ViewDistance * MathF.Min(height, width) / MathF.Max(high.Y - low.Y, MathF.Max(high.X - low.X, high.Z - low.Z));
        Quaternion rotation = Quaternion.Normalize(Camera.FacingMinusZ * Quaternion.CreateFromAxisAngle(Vector3.UnitY, -yaw));
        var camera = new Camera(width, height, focal, new Vector2(width, height) / 2, rotation, new Vector3(0, 0, ViewDistance) - Vector3.Transform(middle, rotation));
        GroundGrid.Draw(frame, camera);
        MeshPreview.Draw(frame, camera, posed, triangles);
        return frame;
    }

    private static void Dot(Frame frame, Vector2 at, int radius)
    {
        for (int y = Math.Max(0, (int)at.Y - radius); y <= Math.Min(frame.Height - 1, (int)at.Y + radius); y++)
            for (int x = Math.Max(0, (int)at.X - radius); x <= Math.Min(frame.Width - 1, (int)at.X + radius); x++)
                ((ReadOnlySpan<byte>)[230, 30, 30, 255]).CopyTo(frame.Rgba.AsSpan(4 * ((y * frame.Width) + x)));
    }

    private static void Put(Frame from, Frame to, int left)
    {
        for (int y = 0; y < from.Height; y++) from.Rgba.AsSpan(4 * y * from.Width, 4 * from.Width).CopyTo(to.Rgba.AsSpan(4 * ((y * to.Width) + left)));
    }
}

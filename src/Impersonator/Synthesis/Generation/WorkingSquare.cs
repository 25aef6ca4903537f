using System.Numerics;
using Impersonator.Rendering;

namespace Impersonator.Synthesis.Generation;

/// <summary>The square of a picture that the generator works on: the person with some air, by one rule for photos and frames.</summary>
/// <param name="Left">Left edge, pixels of the picture; may lie outside.</param>
/// <param name="Top">Upper edge.</param>
/// <param name="Side">Columns and rows.</param>
internal readonly record struct WorkingSquare(float Left, float Top, float Side)
{
    /// <summary>How much longer than the person a side is: room for hair and cloth that stand off the mesh.</summary>
    private const float Room = 1.12f;

    /// <summary>Sides of anchored squares are powers of this.</summary>
    private const float Step = 1.06f;

    /// <summary>What comes nearer to the camera than this is as good as everywhere, metres.</summary>
    private const float Nearest = 0.25f;

    /// <summary>The square around what a picture shows of meshes; empty where it shows nothing.</summary>
    /// <param name="layers">World space, metres.</param>
    /// <param name="camera">The picture's camera.</param>
    public static WorkingSquare Around(IEnumerable<Vector3[]> layers, Camera camera)
    {
        (Vector2 low, Vector2 high) = (new(float.PositiveInfinity), new(float.NegativeInfinity));
        var cameraFromWorld = Matrix4x4.CreateFromQuaternion(camera.Rotation) with { Translation = camera.Translation };
        foreach (Vector3[] layer in layers)
            foreach (Vector3 place in layer)
            {
                var seen = Vector3.Transform(place, cameraFromWorld);
                Vector2 pixel = new Vector2(seen.X, seen.Y) / MathF.Max(seen.Z, Nearest);
                (low, high) = (Vector2.Min(low, pixel), Vector2.Max(high, pixel));
            }
        low = Vector2.Max((low * camera.FocalLength) + camera.PrincipalPoint, Vector2.Zero);
        high = Vector2.Min((high * camera.FocalLength) + camera.PrincipalPoint, new Vector2(camera.Width, camera.Height));
        if (!(high.X - low.X >= 1 && high.Y - low.Y >= 1)) return default;
        float side = Room * MathF.Max(high.X - low.X, high.Y - low.Y);
        Vector2 corner = (low + high - new Vector2(side)) / 2;
        return new WorkingSquare(corner.X, corner.Y, side);
    }

    /// <summary>Whether there is anything to work on.</summary>
    public bool IsEmpty => !(Side > 0);

    /// <summary>The square at whole pixels around this one.</summary>
    public WorkingSquare Whole()
    {
        float left = MathF.Floor(Left), top = MathF.Floor(Top);
        return new WorkingSquare(left, top, MathF.Ceiling(MathF.Max(Left + Side - left, Top + Side - top)));
    }

    /// <summary>A square around this one, at most a step larger, on a grid of its own pixels.</summary>
    /// <remarks>
    /// From frame to frame sides mostly stay the same and corners move by whole pixels: what rests in the picture rests in the square, and
    /// is not sampled anew at other places each time, which flickers.
    /// </remarks>
    /// <param name="side">Pixels of the square's own picture along a side.</param>
    public WorkingSquare Anchored(int side)
    {
        // Room for moving the corner by up to a pixel.
        float least = Side * side / (side - 1), step = MathF.Pow(Step, MathF.Ceiling(MathF.Log(least) / MathF.Log(Step))), pixel = step / side;
        Vector2 corner = new(Left - ((step - Side) / 2), Top - ((step - Side) / 2));
        return new WorkingSquare(MathF.Round(corner.X / pixel) * pixel, MathF.Round(corner.Y / pixel) * pixel, step);
    }

    /// <summary>The camera of the square as a picture of its own.</summary>
    /// <param name="camera">The whole picture's.</param>
    /// <param name="side">Columns and rows of the square's picture.</param>
    public Camera Crop(Camera camera, int side)
    {
        float scale = side / Side;
        return camera with { Width = side, Height = side, FocalLength = camera.FocalLength * scale, PrincipalPoint = (camera.PrincipalPoint - new Vector2(Left, Top)) * scale };
    }
}

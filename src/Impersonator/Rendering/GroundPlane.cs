using System.Numerics;

namespace Impersonator.Rendering;

/// <summary>The ground as a camera sees it.</summary>
internal readonly struct GroundPlane
{
    private readonly Camera _camera;
    private readonly float _ground;
    private readonly Vector3 _eye, _right, _down, _forward;

    public GroundPlane(Camera camera, float ground)
    {
        Quaternion worldFromCamera = Quaternion.Conjugate(camera.Rotation);
        (_camera, _ground, _eye) = (camera, ground, camera.Position);
        (_right, _down, _forward) = (Vector3.Transform(Vector3.UnitX, worldFromCamera), Vector3.Transform(Vector3.UnitY, worldFromCamera), Vector3.Transform(Vector3.UnitZ, worldFromCamera));
    }

    /// <summary>World x and z where a pixel's ray meets the ground; false at and above the horizon, and from below.</summary>
    public bool TryMeet(Vector2 pixel, out Vector2 place)
    {
        Vector2 p = (pixel - _camera.PrincipalPoint) / _camera.FocalLength;
        Vector3 ray = (_right * p.X) + (_down * p.Y) + _forward;
        float above = _eye.Y - _ground;
        place = default;
        if (!(above > 0) || !(ray.Y < -1e-4f)) return false;
        float t = above / -ray.Y;
        place = new Vector2(_eye.X + (ray.X * t), _eye.Z + (ray.Z * t));
        return true;
    }

    /// <summary>Pixels, exclusive at right and bottom, that a box of the ground can reach.</summary>
    public (int Left, int Top, int Right, int Bottom) Bounds(Vector2 low, Vector2 high)
    {
        Vector2 least = new(float.PositiveInfinity), most = new(float.NegativeInfinity);
        ReadOnlySpan<Vector3> corners = [new(low.X, _ground, low.Y), new(high.X, _ground, low.Y), new(low.X, _ground, high.Y), new(high.X, _ground, high.Y)];
        foreach (Vector3 corner in corners)
        {
            if (!(_camera.CameraFromWorld(corner).Z > Rasterizer.Near)) return (0, 0, _camera.Width, _camera.Height);
            Vector2 p = _camera.Project(corner);
            (least, most) = (Vector2.Min(least, p), Vector2.Max(most, p));
        }
        return ((int)Math.Clamp(least.X, 0, _camera.Width), (int)Math.Clamp(least.Y, 0, _camera.Height),
            (int)Math.Clamp(most.X + 1, 0, _camera.Width), (int)Math.Clamp(most.Y + 1, 0, _camera.Height));
    }
}

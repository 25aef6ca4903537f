using System.Numerics;
using Impersonator.Rendering;

namespace Impersonator.Training.Synthesis;

/// <summary>The camera of one picture in a form for fast loops; the pelvis is the world's origin.</summary>
internal sealed class View
{
    /// <summary>cameraFromWorld.</summary>
    public Quaternion Turn = Quaternion.Identity;

    /// <summary>The pelvis in the camera's space.</summary>
    public Vector3 Shift;

    /// <summary>Pixels.</summary>
    public float Focal = 300, CentreX, CentreY;

    /// <summary>The camera in world space.</summary>
    public Vector3 Position => Vector3.Transform(-Shift, Quaternion.Conjugate(Turn));

    /// <summary>As the library's camera.</summary>
    public Camera ToCamera(int size) => new(size, size, Focal, new Vector2(CentreX, CentreY), Turn, Shift);

    /// <summary>Takes the place of one of the library's cameras.</summary>
    public void Take(Camera camera)
        => (Turn, Shift, Focal, CentreX, CentreY) = (camera.Rotation, camera.Translation, camera.FocalLength, camera.PrincipalPoint.X, camera.PrincipalPoint.Y);

    /// <summary>A world point in the camera's space.</summary>
    public Vector3 FromWorld(Vector3 world) => Vector3.Transform(world, Turn) + Shift;

    /// <summary>World directions of pixels' rays: <c>First + x · Right + y · Down</c> for the centre of pixel (x, y).</summary>
    public (Vector3 First, Vector3 Right, Vector3 Down) Rays()
    {
        Quaternion back = Quaternion.Conjugate(Turn);
        return (Vector3.Transform(new Vector3((0.5f - CentreX) / Focal, (0.5f - CentreY) / Focal, 1), back),
            Vector3.Transform(new Vector3(1 / Focal, 0, 0), back), Vector3.Transform(new Vector3(0, 1 / Focal, 0), back));
    }

    /// <summary>Writes x, y in samples and the inverse depth, −1 behind the camera.</summary>
    public void Project(Vector3[] world, Vector3[] screen, ushort[]? used, int count, int scale, float lift)
    {
        Vector3 x = Vector3.Transform(Vector3.UnitX, Turn), y = Vector3.Transform(Vector3.UnitY, Turn), z = Vector3.Transform(Vector3.UnitZ, Turn), shift = Shift;
        float focal = Focal * scale, centreX = (CentreX * scale) - 0.5f, centreY = (CentreY * scale) - 0.5f;
        if (used != null) count = used.Length;
        for (int n = 0; n < count; n++)
        {
            int v = used == null ? n : used[n];
            Vector3 p = world[v];
            Vector3 view = (x * p.X) + (y * p.Y) + (z * p.Z) + shift;
            float inverse = view.Z > 0.08f ? 1 / view.Z : -1;
            screen[v] = new Vector3((focal * view.X * inverse) + centreX, (focal * view.Y * inverse) + centreY, inverse + (lift * inverse * inverse));
        }
    }
}

using System.Numerics;
using Impersonator.Bodies;
using Impersonator.Recovery;
using Impersonator.Rendering;

namespace Impersonator.Subjects;

/// <summary>A mesh as it stands in the photo: posed, before the photo's camera, with what the camera sees of it.</summary>
internal sealed class PosedBody
{
    private const int Side = 640;

    public PosedBody(SkinnedMesh mesh, Body body, Person person)
    {
        (Mesh, Person) = (mesh, person);
        Transforms = new Matrix4x4[body.Model.Skeleton.JointCount];
        Kinematics.PosedFromRest(body.Model.Skeleton, body.RestJoints, person.Pose, Transforms);
        Positions = new Vector3[mesh.VertexCount];
        Skinning.Apply(mesh, Transforms, Positions);
        Normals = new Vector3[mesh.VertexCount];
        MeshNormals.Compute(Positions, mesh.Triangles, Normals);

        float scale = MathF.Min(1, (float)Side / Math.Max(person.Camera.Width, person.Camera.Height));
        Camera = person.Camera.Scaled(Math.Max(1, (int)MathF.Round(person.Camera.Width * scale)), Math.Max(1, (int)MathF.Round(person.Camera.Height * scale)));
        InCamera = [.. Positions.Select(Camera.CameraFromWorld)];
        Maps = new SurfaceMaps();
        Maps.Clear(Camera.Width, Camera.Height);
        Rasterizer.Draw(Maps, Camera, InCamera, mesh.Triangles);
    }

    public SkinnedMesh Mesh { get; }

    public Person Person { get; }

    /// <summary>[J] posedFromRest.</summary>
    public Matrix4x4[] Transforms { get; }

    /// <summary>[V] world space.</summary>
    public Vector3[] Positions { get; }

    /// <summary>[V] world space.</summary>
    public Vector3[] Normals { get; }

    /// <summary>The photo's camera at working size.</summary>
    public Camera Camera { get; }

    /// <summary>[V] camera space.</summary>
    public Vector3[] InCamera { get; }

    /// <summary>What the working camera sees.</summary>
    public SurfaceMaps Maps { get; }

    /// <summary>The part seen at a working pixel, <see cref="BodyPart.None"/> outside the body or the picture.</summary>
    public BodyPart PartAt(int x, int y)
    {
        if ((uint)x >= (uint)Maps.Width || (uint)y >= (uint)Maps.Height) return BodyPart.None;
        int t = Maps.TriangleAt(x, y);
        return t < 0 ? BodyPart.None : Mesh.Parts[Mesh.Triangles[3 * t]];
    }

    /// <summary>Pixel of the working picture, and depth, of a world point.</summary>
    public Vector3 Project(Vector3 world)
    {
        Vector3 p = Camera.CameraFromWorld(world);
        float z = MathF.Max(p.Z, Rasterizer.Near);
        return new Vector3(Camera.PrincipalPoint + (new Vector2(p.X, p.Y) * (Camera.FocalLength / z)), z);
    }

    /// <summary>Depth of the nearest surface at a working pixel, infinite where there is none.</summary>
    public float DepthAt(float x, float y)
    {
        int column = (int)MathF.Floor(x), row = (int)MathF.Floor(y);
        return (uint)column < (uint)Maps.Width && (uint)row < (uint)Maps.Height && Maps.TriangleAt(column, row) >= 0 ? Maps.DepthAt(column, row) : float.PositiveInfinity;
    }
}

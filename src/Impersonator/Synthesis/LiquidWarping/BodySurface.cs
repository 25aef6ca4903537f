using System.Numerics;
using Impersonator.Bodies;
using Impersonator.Rendering;

namespace Impersonator.Synthesis.LiquidWarping;

/// <summary>What a square camera sees of a body in a pose: which triangle and where on it, front faces only.</summary>
internal sealed class BodySurface(Body body, Camera camera)
{
    private readonly Vector3[] _world = new Vector3[body.Mesh.VertexCount];

    public Camera Camera => camera;

    public int Side => camera.Width;

    /// <summary>[V] camera space, metres.</summary>
    public Vector3[] Positions { get; } = new Vector3[body.Mesh.VertexCount];

    public int[] Triangles => body.Mesh.Triangles;

    public SurfaceMaps Maps { get; } = new();

    public void Draw(Pose pose)
    {
        body.Pose(pose, _world);
        CameraTransform.Apply(camera, _world, Positions);
        Maps.Clear(Side, Side);
        Rasterizer.Draw(Maps, camera, Positions, Triangles, threads: Environment.ProcessorCount);
        SurfaceWeights.Fill(Maps, camera, Positions, Triangles);
    }
}

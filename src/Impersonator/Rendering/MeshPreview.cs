using System.Numerics;
using Impersonator.Bodies;
using Impersonator.Imaging;

namespace Impersonator.Rendering;

/// <summary>Draws meshes in plain clay with soft light from the camera's side, to look at shapes and motions.</summary>
/// <remarks>Light per vertex: the body's triangles are about a pixel wide.</remarks>
public static class MeshPreview
{
    // Camera space: key from the upper left, fill from the right, rim from behind.
    private static readonly (Vector3 Towards, float Strength)[] Lamps =
    [
        (Vector3.Normalize(new Vector3(-0.5f, -0.7f, -0.8f)), 0.75f),
        (Vector3.Normalize(new Vector3(0.9f, -0.2f, -0.3f)), 0.2f),
        (Vector3.Normalize(new Vector3(0.3f, -0.6f, 0.8f)), 0.25f),
    ];

    /// <summary>Draws one posed mesh over a frame, smooth edges included.</summary>
    /// <param name="frame">Receives the picture; what it held shows around the mesh. See <see cref="GroundGrid"/>.</param>
    /// <param name="camera">Its size is the frame's.</param>
    /// <param name="posed">[V] world space, metres.</param>
    /// <param name="triangles">[T·3] vertices of each triangle.</param>
    /// <param name="colour">Clay's colour, linear light. Default light grey.</param>
    /// <exception cref="ArgumentException">Frame and camera differ in size.</exception>
    public static void Draw(Frame frame, Camera camera, ReadOnlySpan<Vector3> posed, ReadOnlySpan<int> triangles, Vector3? colour = null)
    {
        ArgumentNullException.ThrowIfNull(camera);
        var normals = new Vector3[posed.Length];
        MeshNormals.Compute(posed, triangles, normals);
        var light = new float[posed.Length];
        for (int v = 0; v < light.Length; v++)
        {
            Vector3 normal = Vector3.Transform(normals[v], camera.Rotation);
            light[v] = 0.18f;
            foreach ((Vector3 towards, float strength) in Lamps) light[v] += strength * MathF.Max(0, Vector3.Dot(normal, towards));
        }

        var clay = new Image(1, 1);
        clay[0, 0] = new Vector4(colour ?? new Vector3(0.62f, 0.6f, 0.58f), 1);
        var mesh = new SkinnedMesh(posed.ToArray(), new JointWeights[posed.Length], new BodyPart[posed.Length], triangles.ToArray(), [Vector2.Zero], new int[triangles.Length]);
        new TexturedRenderer().Draw(frame, camera, [new TexturedMesh(mesh, mesh.RestPositions, Texture.Opaque(clay)) { Light = light }]);
    }
}

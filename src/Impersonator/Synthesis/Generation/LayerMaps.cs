using System.Numerics;
using Impersonator.Bodies;
using Impersonator.Rendering;
using Impersonator.Subjects;

namespace Impersonator.Synthesis.Generation;

/// <summary>Which layer of a subject a camera sees at each pixel, and where on it. Keeps its buffers; belongs to one thread at a time.</summary>
internal sealed class LayerMaps
{
    private int[] _first = [];

    /// <summary>Triangles, counted through all layers, depths and weights.</summary>
    public SurfaceMaps Maps { get; } = new();

    /// <summary>[layer][V] places, camera space, metres.</summary>
    public Vector3[][] InCamera { get; private set; } = [];

    /// <summary>Draws posed layers.</summary>
    /// <param name="subject">Whose.</param>
    /// <param name="posed">[layer][V] world space.</param>
    /// <param name="textures">[layer] tell the holes.</param>
    /// <param name="camera">Says the size.</param>
    public void Draw(Subject subject, Vector3[][] posed, IReadOnlyList<Texture> textures, Camera camera)
    {
        Maps.Clear(camera.Width, camera.Height);
        InCamera = PosedLayers.Sized(InCamera, subject);
        if (_first.Length != InCamera.Length + 1) _first = new int[InCamera.Length + 1];
        for (int l = 0; l < InCamera.Length; l++)
        {
            SkinnedMesh mesh = subject.Layers[l].Mesh;
            Vector3[] places = InCamera[l];
            CameraTransform.Apply(camera, posed[l], places);
            _first[l + 1] = _first[l] + mesh.TriangleCount;
            if (textures[l].HasHoles)
                Rasterizer.Draw(Maps, camera, places, mesh.Triangles, _first[l], twoSided: true, 1, false, new HoleTest(
                    camera, places, mesh.Triangles, mesh.Texcoords, mesh.TexcoordTriangles, textures[l],
                    TexturedRenderer.HoleLevel(camera, mesh, textures[l], places), soft: false));
            else
                Rasterizer.Draw(Maps, camera, places, mesh.Triangles, _first[l], twoSided: l > 0);
        }
        for (int l = 0; l < InCamera.Length; l++) SurfaceWeights.Fill(Maps, camera, InCamera[l], subject.Layers[l].Mesh.Triangles, _first[l]);
    }

    /// <summary>What is seen at a pixel; false where there is nothing.</summary>
    public bool TryLocate(Subject subject, int x, int y, out SurfacePoint point)
    {
        int at = (y * Maps.Stride) + x, triangle = Maps.Triangles[at], layer = 0;
        point = default;
        if (triangle < 0) return false;
        while (triangle >= _first[layer + 1]) layer++;
        int[] corners = subject.Layers[layer].Mesh.Triangles;
        int i = 3 * (triangle - _first[layer]);
        Vector2 w = Maps.Weights[at];
        point = new SurfacePoint(layer, corners[i], corners[i + 1], corners[i + 2], new Vector3(1 - w.X - w.Y, w.X, w.Y));
        return true;
    }
}

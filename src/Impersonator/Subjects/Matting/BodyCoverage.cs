using System.Numerics;
using Impersonator.Bodies;
using Impersonator.Imaging;
using Impersonator.Recovery;
using Impersonator.Rendering;

namespace Impersonator.Subjects.Matting;

/// <summary>Where a photo shows the fitted naked body: the seed of <see cref="IPersonMatting"/>.</summary>
public static class BodyCoverage
{
    /// <summary>1 where the person's camera sees the body, 0 elsewhere; of the size of the photo.</summary>
    /// <exception cref="ArgumentException">The pose has another number of joints than the model.</exception>
    public static Matte Of(BodyModel model, Person person)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(person);
        Body body = model.Create(person.Shape);
        var positions = new Vector3[body.Mesh.VertexCount];
        body.Pose(person.Pose, positions);
        for (int v = 0; v < positions.Length; v++) positions[v] = person.Camera.CameraFromWorld(positions[v]);

        var maps = new SurfaceMaps();
        maps.Clear(person.Camera.Width, person.Camera.Height);
        Rasterizer.Draw(maps, person.Camera, positions, body.Mesh.Triangles);
        var matte = new Matte(maps.Width, maps.Height);
        for (int y = 0; y < matte.Height; y++)
            for (int x = 0; x < matte.Width; x++) matte[x, y] = maps.TriangleAt(x, y) >= 0 ? 1 : 0;
        return matte;
    }
}

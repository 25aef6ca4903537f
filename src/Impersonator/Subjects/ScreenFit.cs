using System.Numerics;
using Impersonator.Bodies;
using Impersonator.Imaging;
using Impersonator.Recovery;
using Impersonator.Subjects.Heads;

namespace Impersonator.Subjects;

/// <summary>Moves meshes in the plane of the photo until the outline of all of them together meets the matte's.</summary>
/// <remarks>
/// What offsets along normals cannot do: shift a limb that the pose has a little beside its place, draw in a hem. Rounds of: draw; match the
/// drawn outline to the matte's and the matte's to the drawn one, close gaps that the matte does not have; solve for a smooth field of displacements in the photo's plane, stiff
/// at first and looser with every round (as in non-rigid ICP: Amberg, Romdhani &amp; Vetter, CVPR 2007).
/// </remarks>
internal static class ScreenFit
{
    /// <summary>Stiffness of each round.</summary>
    private static readonly float[] Stretch = [4, 1.5f, 0.6f, 0.25f, 0.12f, 0.12f];

    /// <summary>What matching goes as far as, shares of the person's height.</summary>
    private const float Reach = 0.06f;

    /// <summary>A mesh to be moved.</summary>
    /// <param name="Mesh">At rest.</param>
    /// <param name="Most">[V] how far its vertices may go, metres.</param>
    public readonly record struct Movable(SkinnedMesh Mesh, float[] Most);

    /// <summary>The meshes, moved.</summary>
    /// <param name="movables">All that is drawn.</param>
    /// <param name="body">Whose joints move them.</param>
    /// <param name="person">Pose and camera of the photo.</param>
    /// <param name="matte">The person's alpha, of the photo's shape.</param>
    /// <param name="hair">Which pixels will be drawn by hair, which is made later, or null.</param>
    /// <param name="cancellationToken">Stops between rounds.</param>
    public static SkinnedMesh[] Fit(IReadOnlyList<Movable> movables, Body body, Person person, Matte matte, HairMask? hair = null, CancellationToken cancellationToken = default)
    {
        SkinnedMesh[] meshes = [.. movables.Select(m => m.Mesh)];
        PosedBody[] posed = [.. meshes.Select(m => new PosedBody(m, body, person))];
        Vector3[][] start = [.. posed.Select(p => p.Positions)];
        MeshGraph[] graphs = [.. meshes.Select(m => new MeshGraph(m.VertexCount, m.Triangles))];
        Vector2[][] fields = [.. meshes.Select(m => new Vector2[m.VertexCount])];
        Matrix4x4[][] turns = [.. posed.Select(Turns)];
        Rendering.Camera camera = posed[0].Camera;
        Vector3 right = Vector3.Transform(Vector3.UnitX, Quaternion.Conjugate(camera.Rotation)), down = Vector3.Transform(Vector3.UnitY, Quaternion.Conjugate(camera.Rotation));
        OutlinePoints wanted = OutlinePoints.Of(matte.Resize(camera.Width, camera.Height));
        float reach = Reach * person.Keypoints.PersonHeight * camera.Width / person.Camera.Width;
        foreach (float stretch in Stretch)
        {
            cancellationToken.ThrowIfCancellationRequested();
            List<Pull>[] pulls = Pulls(posed, hair, wanted, reach);
            for (int m = 0; m < meshes.Length; m++)
            {
                Vector2[] field = fields[m];
                // What must not go far resists from the beginning.
                var solver = new SmoothField(graphs[m], stretch, stretch / 2, [.. movables[m].Most.Select(most => 2e-6f / (most * most))]);
                solver.Solve([.. pulls[m].Select(p => p.Wish(field))], field);
                var places = new Vector3[field.Length];
                for (int v = 0; v < places.Length; v++)
                {
                    float length = field[v].Length();
                    if (length > movables[m].Most[v]) field[v] *= movables[m].Most[v] / length;
                    places[v] = start[m][v] + (right * field[v].X) + (down * field[v].Y);
                }
                meshes[m] = Bring(meshes[m], movables[m], turns[m], posed[m], places);
                posed[m] = new PosedBody(meshes[m], body, person);
            }
        }
        return meshes;
    }

    /// <summary>[V] how each vertex is turned from the pose back to rest: what skinning does to small steps, made a rotation, so that nothing is blown up where joints bend deeply.</summary>
    private static Matrix4x4[] Turns(PosedBody posed)
    {
        const float Step = 0.004f;
        SkinnedMesh mesh = posed.Mesh;
        var axes = new Vector3[3][];
        for (int axis = 0; axis < 3; axis++)
        {
            // Half of the vertices go one way and half the other, so that limbs, which are means of vertices, stay.
            float Side(int v) => v % 2 == 0 ? Step : -Step;
            var along = Vector3.Zero;
            along[axis] = 1;
            var moved = new Vector3[mesh.VertexCount];
            Skinning.Apply(mesh.WithRestPositions([.. mesh.RestPositions.Select((p, v) => p + (along * Side(v)))]), posed.Transforms, moved);
            axes[axis] = [.. moved.Select((p, v) => (p - posed.Positions[v]) / Side(v))];
        }
        return [.. Enumerable.Range(0, mesh.VertexCount).Select(v =>
        {
            Vector3 x = Vector3.Normalize(axes[0][v]), z = Vector3.Normalize(Vector3.Cross(x, axes[1][v])), y = Vector3.Cross(z, x);
            return float.IsFinite(x.X + z.X) ? new Matrix4x4(x.X, y.X, z.X, 0, x.Y, y.Y, z.Y, 0, x.Z, y.Z, z.Z, 0, 0, 0, 0, 1) : new Matrix4x4();
        })];
    }

    /// <summary>The mesh that skinning brings to given places, as far as its vertices may go from where they began.</summary>
    private static SkinnedMesh Bring(SkinnedMesh mesh, Movable movable, Matrix4x4[] turns, PosedBody posed, Vector3[] places)
    {
        var now = new Vector3[places.Length];
        posed.Positions.CopyTo(now, 0);
        for (int step = 0; step < 3; step++)
        {
            var rest = new Vector3[places.Length];
            for (int v = 0; v < rest.Length; v++)
            {
                Vector3 began = movable.Mesh.RestPositions[v], from = mesh.RestPositions[v] + Vector3.TransformNormal(places[v] - now[v], turns[v]) - began;
                rest[v] = began + (from * MathF.Min(1, movable.Most[v] / MathF.Max(from.Length(), 1e-6f)));
            }
            mesh = mesh.WithRestPositions(rest);
            Skinning.Apply(mesh, posed.Transforms, now);
        }
        return mesh;
    }

    /// <summary>Where a point of a mesh's outline should go.</summary>
    /// <param name="A">First corner of its triangle.</param>
    /// <param name="B">Second corner.</param>
    /// <param name="C">Third corner.</param>
    /// <param name="Shares">Weights of the corners.</param>
    /// <param name="Step">Right and down, metres.</param>
    /// <param name="Weight">How sure that is.</param>
    private readonly record struct Pull(int A, int B, int C, Vector3 Shares, Vector2 Step, float Weight)
    {
        public SmoothField.Wish Wish(Vector2[] field) => new(A, B, C, Shares, (field[A] * Shares.X) + (field[B] * Shares.Y) + (field[C] * Shares.Z) + Step, Weight);
    }

    private static List<Pull>[] Pulls(PosedBody[] posed, HairMask? hair, OutlinePoints wanted, float reach)
    {
        (int width, int height) = (posed[0].Camera.Width, posed[0].Camera.Height);
        var (drawn, owners) = (new Matte(width, height), new int[width * height]);
        for (int y = 0; y < height; y++)
            for (int x = 0; x < width; x++)
            {
                if (hair?.At(new Vector2(x + 0.5f, y + 0.5f), posed[0].Camera) == true)
                {
                    (owners[(y * width) + x], drawn[x, y]) = (-1, 1);
                    continue;
                }
                float depth = float.PositiveInfinity;
                for (int m = 0; m < posed.Length; m++)
                    if (posed[m].Maps.TriangleAt(x, y) >= 0 && posed[m].Maps.DepthAt(x, y) < depth)
                        (depth, owners[(y * width) + x], drawn[x, y]) = (posed[m].Maps.DepthAt(x, y), m, 1);
            }
        OutlinePoints outline = OutlinePoints.Of(drawn);
        List<Pull>[] pulls = [.. posed.Select(_ => new List<Pull>())];
        void Add(int i, Vector2 to, float weight)
        {
            int pixel = outline.Pixels[i], x = pixel % width, y = pixel / width;
            if (owners[pixel] < 0) return;
            PosedBody owner = posed[owners[pixel]];
            int t = 3 * owner.Maps.TriangleAt(x, y);
            int[] corners = owner.Mesh.Triangles;
            (int a, int b, int c) = (corners[t], corners[t + 1], corners[t + 2]);
            Vector3 shares = Rendering.Rasterizer.Barycentrics(owner.Camera, new Vector2(x + 0.5f, y + 0.5f), owner.InCamera[a], owner.InCamera[b], owner.InCamera[c]);
            pulls[owners[pixel]].Add(new Pull(a, b, c, shares, (to - outline.Places[i]) * owner.Maps.DepthAt(x, y) / owner.Camera.FocalLength, weight));
        }
        int[] there = outline.Match(wanted, reach), back = wanted.Match(outline, reach);
        for (int i = 0; i < there.Length; i++)
        {
            if (there[i] >= 0) Add(i, wanted.Places[there[i]], 1);
            // A gap that the photo does not have, as between boots, closes from both sides.
            else if (outline.Across(i, wanted.Figure, reach) is float gap && !float.IsNaN(gap)) Add(i, outline.Places[i] + (outline.Normals[i] * ((gap / 2) + 0.5f)), 1);
        }
        for (int j = 0; j < back.Length; j++) if (back[j] >= 0) Add(back[j], wanted.Places[j], 0.5f);
        return pulls;
    }
}

using System.Numerics;
using Impersonator.Bodies;
using Impersonator.Files;
using Impersonator.Imaging;
using Impersonator.Rendering;
using Impersonator.Synthesis.Generation;

namespace Impersonator.Subjects;

/// <summary>Puts what other photos show of a person on the subject of a first one: the back from behind.</summary>
/// <remarks>
/// Geometry, hair and skirt stay the first photo's. Where another photo shows the body's surface more squarely its colours are taken, in the
/// first one's light: by the middle ratio of colours where both show it. The generator looks at each photo.
/// </remarks>
public static class SeveralPhotos
{
    /// <summary>How much more squarely the other must show a place to win it wholly.</summary>
    private const float Better = 0.25f;

    /// <summary>Both photos show a vertex from here on, and so many of them tell how their light differs.</summary>
    private const float Shown = 0.12f;
    private const int Enough = 60;

    private const float LeastGain = 0.6f, MostGain = 1.6f;

    private const int Smoothing = 6;

    /// <summary>The subject with what another photo of the same person shows, too.</summary>
    /// <param name="subject">Made from the first photo.</param>
    /// <param name="other">Made from another photo of the same person in the same clothes, of the same body model.</param>
    /// <exception cref="ArgumentException">The subjects are of different body models.</exception>
    /// <exception cref="InputException">One was saved by an older version, without the photo's picture.</exception>
    public static Subject SeenIn(this Subject subject, Subject other)
    {
        ArgumentNullException.ThrowIfNull(subject);
        ArgumentNullException.ThrowIfNull(other);
        if (subject.Layers[0].Mesh.VertexCount != other.Layers[0].Mesh.VertexCount) throw new ArgumentException("The two subjects are of different body models.", nameof(other));
        if (subject.Source is null) throw new InputException($"{subject.Name}: saved by an older version, without a picture of its photo; give the photo.");
        if (other.Source is not { } source) throw new InputException($"{other.Name}: saved by an older version, without a picture of its photo; give the photo.");
        (SourceMaps mine, SourceMaps theirs) = (new(), new());
        mine.Fill(subject);
        theirs.Fill(other);
        SkinnedMesh mesh = subject.Layers[0].Mesh;
        float[] taken = Taken(mesh, mine.Seen[0], theirs.Seen[0]);
        Image texture = Mixed(subject.Layers[0], other.Layers[0].Texture, taken, Gain(subject.Layers[0], other.Layers[0], mine.Seen[0], theirs.Seen[0]));
        return subject with
        {
            Layers = subject.Layers.SetItem(0, subject.Layers[0] with { Texture = texture }),
            MoreSources = subject.MoreSources.Add(source with { Pose = other.Person.Pose, Camera = Fitted(subject, other, source.Camera) }),
        };
    }

    /// <summary>[V] how much of each vertex is the other photo's, [0, 1].</summary>
    private static float[] Taken(SkinnedMesh mesh, float[] mine, float[] theirs)
    {
        float[] taken = [.. mine.Select((seen, v) => TextureProjection.SmoothStep(0, Better, theirs[v] - seen))];
        var graph = new MeshGraph(mesh.VertexCount, mesh.Triangles);
        for (int round = 0; round < Smoothing; round++)
        {
            var smooth = new float[taken.Length];
            for (int v = 0; v < taken.Length; v++)
            {
                float sum = taken[v];
                foreach (int n in graph.Of(v)) sum += taken[n];
                // What the other does not show is not taken however much of it lies around.
                smooth[v] = MathF.Min(sum / (graph.Of(v).Length + 1), theirs[v] / Shown);
            }
            taken = smooth;
        }
        return taken;
    }

    /// <summary>What the other's colours are multiplied with, per channel.</summary>
    private static Vector4 Gain(SubjectLayer mine, SubjectLayer theirs, float[] seen, float[] theirSeen)
    {
        SkinnedMesh mesh = mine.Mesh;
        var ratios = new List<Vector3>();
        var done = new bool[mesh.VertexCount];
        for (int i = 0; i < mesh.Triangles.Length; i++)
        {
            int v = mesh.Triangles[i];
            if (done[v] || seen[v] < Shown || theirSeen[v] < Shown) continue;
            done[v] = true;
            Vector2 uv = mesh.Texcoords[mesh.TexcoordTriangles[i]];
            Vector3 own = At(mine.Texture, uv), other = At(theirs.Texture, uv);
            ratios.Add((own + new Vector3(0.01f)) / (other + new Vector3(0.01f)));
        }
        if (ratios.Count < Enough) return Vector4.One;
        float Middle(Func<Vector3, float> channel) => Math.Clamp(ratios.Select(channel).Order().ElementAt(ratios.Count / 2), LeastGain, MostGain);
        return new Vector4(Middle(r => r.X), Middle(r => r.Y), Middle(r => r.Z), 1);
    }

    private static Vector3 At(Image texture, Vector2 uv) => texture.Sample(uv.X * texture.Width, uv.Y * texture.Height).AsVector3();

    private static Image Mixed(SubjectLayer layer, Image other, float[] taken, Vector4 gain)
    {
        Image own = layer.Texture;
        var atlas = new Atlas(layer.Mesh, own.Width);
        Image mixed = own.Copy();
        Vector3[] shares = [.. taken.Select(t => new Vector3(t))];
        Vector2 scale = new Vector2(other.Width, other.Height) / new Vector2(own.Width, own.Height);
        Parallel.For(0, own.Height, y =>
        {
            for (int x = 0; x < own.Width; x++)
            {
                int t = atlas.TriangleAt(x, y);
                if (t < 0) continue;
                float share = atlas.Interpolate(shares, t, atlas.WeightsAt(x, y, t)).X;
                if (share > 0) mixed[x, y] = Vector4.Lerp(own[x, y], Vector4.Min(other.Sample((x + 0.5f) * scale.X, (y + 0.5f) * scale.Y) * gain, Vector4.One), share);
            }
        });
        return mixed;
    }

    /// <summary>The other's camera moved and zoomed so that this subject, in the other's pose, lies before it as the other does: their shapes were fitted apart.</summary>
    private static Camera Fitted(Subject subject, Subject other, Camera camera)
    {
        (PosedLayers mine, PosedLayers theirs) = (new(), new());
        mine.Pose(subject, other.Person.Pose);
        theirs.Pose(other, other.Person.Pose);
        Vector2[] from = [.. mine.World[0].Select(camera.Project)], to = [.. theirs.World[0].Select(camera.Project)];
        Vector2 fromMiddle = Mean(from), toMiddle = Mean(to);
        double across = 0, along = 0;
        for (int v = 0; v < from.Length; v++)
        {
            across += Vector2.Dot(from[v] - fromMiddle, to[v] - toMiddle);
            along += (from[v] - fromMiddle).LengthSquared();
        }
        float scale = along > 0 && across > 0 ? (float)(across / along) : 1;
        return camera with { FocalLength = camera.FocalLength * scale, PrincipalPoint = toMiddle + ((camera.PrincipalPoint - fromMiddle) * scale) };
    }

    private static Vector2 Mean(Vector2[] points) => points.Aggregate(Vector2.Zero, (sum, p) => sum + p) / points.Length;
}

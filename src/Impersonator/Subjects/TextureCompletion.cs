using System.Numerics;
using Impersonator.Bodies;
using Impersonator.Imaging;

namespace Impersonator.Subjects;

/// <summary>Colours the texels that the photo did not show.</summary>
/// <remarks>
/// In order of trust: what the photo shows; the mirror side; what shines through from the front (never on a head: its back would
/// wear a face); and what spreads over the surface from around. They are blended by confidence, so no seam is left where one ends.
/// </remarks>
internal static class TextureCompletion
{
    private const float MirrorTrust = 0.25f, ThroughTrust = 0.12f, SpreadTrust = 0.004f;

    /// <summary>A whole texture.</summary>
    /// <param name="atlas">Texture layout.</param>
    /// <param name="projection">What the photo gave.</param>
    /// <param name="mirror">[V] mirror partner of each vertex, or null for a mesh without one.</param>
    /// <param name="scalp">[V] true on the hair-covered part of the head, where only hair may be drawn; or null.</param>
    public static Image Complete(Atlas atlas, TextureProjection projection, int[]? mirror, bool[]? scalp)
    {
        int side = atlas.Side;
        SkinnedMesh mesh = atlas.Mesh;
        Vector4[] spread = SpreadOverSurface(atlas, projection, scalp);
        MirrorTriangles? partners = mirror is null ? null : new MirrorTriangles(mesh, mirror);
        var result = new Image(side, side);
        Parallel.For(0, side, y =>
        {
            for (int x = 0; x < side; x++)
            {
                int t = atlas.TriangleAt(x, y);
                if (t < 0) continue;
                Vector3 weights = atlas.WeightsAt(x, y, t);
                Vector4 sum = projection.Colours[x, y] * projection.Seen[x, y];
                float total = projection.Seen[x, y];
                if (total < 0.95f)
                {
                    void Add(Vector4 colour, float trust)
                    {
                        sum += colour * trust;
                        total += trust;
                    }
                    if (partners is not null && partners.Of(t, weights) is { } partner)
                    {
                        Vector2 texel = atlas.TexelOf(partner.Triangle, partner.Weights);
                        int mx = Math.Clamp((int)texel.X, 0, side - 1), my = Math.Clamp((int)texel.Y, 0, side - 1);
                        float seen = projection.Seen[mx, my] * projection.Own[mx, my];
                        if (seen > 0) Add(projection.Colours.Sample(texel.X, texel.Y), MirrorTrust * seen * (1 - projection.Seen[x, y]));
                    }
                    if (projection.Through[x, y] > 0) Add(projection.Colours[x, y], ThroughTrust * projection.Through[x, y]);
                    ReadOnlySpan<int> corners = mesh.Triangles.AsSpan(3 * t, 3);
                    Add((spread[corners[0]] * weights.X) + (spread[corners[1]] * weights.Y) + (spread[corners[2]] * weights.Z), SpreadTrust);
                }
                result[x, y] = new Vector4(sum.X, sum.Y, sum.Z, total) / total;
            }
        });
        // Colours run on past the charts' borders, so that coarse levels do not pull in nothing.
        return ForegroundColours.Filled(result);
    }

    /// <summary>Where the hairline was guessed wrong, forehead lies on the scalp: colours far from the scalp's median do not spread.</summary>
    private static void KeepHairOnTheScalp(SkinnedMesh mesh, Vector4[] colours, float[] trust, bool[] scalp)
    {
        // The higher on the head, the surer it is hair (or a hat) and no forehead.
        float low = float.MaxValue, high = float.MinValue;
        for (int v = 0; v < trust.Length; v++) if (scalp[v] && trust[v] > 0) (low, high) = (MathF.Min(low, mesh.RestPositions[v].Y), MathF.Max(high, mesh.RestPositions[v].Y));
        float Weight(int v) => trust[v] * MathF.Pow((mesh.RestPositions[v].Y - low) / MathF.Max(high - low, 1e-3f), 3);
        (float Luminance, float Trust)[] seen = [.. Enumerable.Range(0, trust.Length).Where(v => scalp[v] && trust[v] > 0).Select(v => (Srgb.Luminance(colours[v].AsVector3()), Weight(v))).OrderBy(c => c.Item1)];
        float half = seen.Sum(c => c.Trust) / 2, sum = 0, median = 0;
        foreach ((float luminance, float weight) in seen)
        {
            median = luminance;
            if ((sum += weight) >= half) break;
        }
        for (int v = 0; v < trust.Length; v++)
            if (scalp[v] && trust[v] > 0 && Srgb.Luminance(colours[v].AsVector3()) is var light && (light > 1.6f * median || light < median / 3)) trust[v] = 0;
    }

    /// <summary>A colour for every vertex: the photo's where it is sure, smooth in between.</summary>
    private static Vector4[] SpreadOverSurface(Atlas atlas, TextureProjection projection, bool[]? scalp)
    {
        SkinnedMesh mesh = atlas.Mesh;
        int count = mesh.VertexCount;
        var colours = new Vector4[count];
        var trust = new float[count];
        for (int y = 0; y < atlas.Side; y++)
            for (int x = 0; x < atlas.Side; x++)
            {
                int t = atlas.TriangleAt(x, y);
                // What shines through spreads too, but yields to what is seen.
                float seen = t < 0 ? 0 : projection.Own[x, y] * MathF.Max(projection.Seen[x, y], 0.25f * projection.Through[x, y]);
                if (seen <= 0.05f) continue;
                Vector3 weights = atlas.WeightsAt(x, y, t);
                for (int k = 0; k < 3; k++)
                {
                    int v = mesh.Triangles[(3 * t) + k];
                    colours[v] += projection.Colours[x, y] * (seen * weights[k]);
                    trust[v] += seen * weights[k];
                }
            }
        for (int v = 0; v < count; v++) if (trust[v] > 0) colours[v] /= trust[v];

        if (scalp is not null) KeepHairOnTheScalp(mesh, colours, trust, scalp);

        // Gauss–Seidel on the surface graph; sweeps in both directions carry colours across quickly. Hair and face do not mix.
        var graph = new MeshGraph(count, mesh.Triangles);
        Vector4 mean = Vector4.Zero;
        float total = 0;
        for (int v = 0; v < count; v++) (mean, total) = (mean + (colours[v] * trust[v]), total + trust[v]);
        mean = total > 0 ? mean / total : new Vector4(0.5f, 0.5f, 0.5f, 1);
        var known = new bool[count];
        for (int v = 0; v < count; v++) known[v] = trust[v] > 0;
        for (int sweep = 0; sweep < 400; sweep++)
        {
            bool forwards = sweep % 2 == 0;
            for (int i = 0; i < count; i++)
            {
                int v = forwards ? i : count - 1 - i;
                if (trust[v] > 0.6f) continue;
                Vector4 sum = colours[v] * trust[v] * 4;
                float weight = trust[v] * 4;
                foreach (int u in graph.Of(v))
                {
                    if (!known[u] || (scalp is not null && scalp[v] && !scalp[u])) continue;
                    sum += colours[u];
                    weight++;
                }
                if (weight <= 0) continue;
                colours[v] = sum / weight;
                known[v] = true;
            }
        }
        for (int v = 0; v < count; v++) if (!known[v]) colours[v] = mean;
        return colours;
    }
}

using System.Numerics;

namespace Impersonator.Rendering;

/// <summary>Lets the light of a photo follow its person into another pose: how much brighter each vertex became by turning.</summary>
/// <remarks>
/// The light is taken as smooth, <c>1 + strength · (normal · towards)</c>, so the texture keeps everything else that it holds.
/// </remarks>
/// <param name="Towards">Where most light comes from; world space, any length but zero.</param>
/// <param name="Strength">[0, 0.9] share of the light that has a direction.</param>
public sealed record Relighting(Vector3 Towards, float Strength)
{
    /// <summary>Writes what each vertex' colour is to be multiplied with.</summary>
    /// <param name="photoNormals">[V] unit normals in the photo's pose, world space.</param>
    /// <param name="posedNormals">[V] unit normals now, world space.</param>
    /// <param name="light">[V] receives the factors; all 1 where nothing turned.</param>
    /// <exception cref="ArgumentException">Lengths differ.</exception>
    /// <exception cref="InvalidOperationException">The light has no direction or an impossible strength.</exception>
    public void Ratios(ReadOnlySpan<Vector3> photoNormals, ReadOnlySpan<Vector3> posedNormals, Span<float> light)
    {
        if (photoNormals.Length != light.Length || posedNormals.Length != light.Length)
            throw new ArgumentException($"{photoNormals.Length} and {posedNormals.Length} normals, room for {light.Length} factors.", nameof(light));
        if (!(Strength is >= 0 and <= 0.9f) || !(Towards.LengthSquared() > 0)) throw new InvalidOperationException($"A light towards {Towards} of strength {Strength}; give a direction and a strength in [0, 0.9].");
        Vector3 direction = Vector3.Normalize(Towards) * Strength;
        for (int v = 0; v < light.Length; v++)
            light[v] = (1 + Vector3.Dot(posedNormals[v], direction)) / (1 + Vector3.Dot(photoNormals[v], direction));
    }
}

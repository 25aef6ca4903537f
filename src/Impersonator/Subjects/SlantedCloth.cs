using System.Numerics;
using Impersonator.Bodies;

namespace Impersonator.Subjects;

/// <summary>Where the cloth of slanted surfaces is taken from, which a photo shows compressed: from the nearest that it shows well, reflected.</summary>
/// <remarks>
/// Around a limb of radius R a normal at the angle θ to the camera lies R·sin θ from the middle. From the limit on, the place in the photo runs
/// back inwards as fast as the surface goes on: cloth keeps its scale, and front and back meet at the side without a seam.
/// </remarks>
internal sealed class SlantedCloth
{
    /// <summary>Angle, radians, up to which a photo is taken as it is: cloth is stretched to twice its width there.</summary>
    private const float Limit = MathF.PI / 3;

    /// <summary>How deep a part is at most, in its radii.</summary>
    private const float Thickness = 3.5f;

    private readonly Vector3[] _radii;
    private readonly PosedBody _posed;

    public SlantedCloth(PosedBody posed)
    {
        _posed = posed;
        SkinnedMesh mesh = posed.Mesh;
        float[] radii = [.. mesh.Parts.Select(Radius)];
        var graph = new MeshGraph(mesh.VertexCount, mesh.Triangles);
        for (int round = 0; round < 20; round++)
        {
            float[] before = [.. radii];
            for (int v = 0; v < radii.Length; v++)
            {
                ReadOnlySpan<int> around = graph.Of(v);
                foreach (int u in around) radii[v] += before[u];
                radii[v] /= around.Length + 1;
            }
        }
        _radii = [.. radii.Select(r => new Vector3(r))];
    }

    /// <summary>The working pixel whose cloth a point of the surface gets.</summary>
    /// <param name="atlas">Of the same mesh.</param>
    /// <param name="triangle">The point's triangle.</param>
    /// <param name="weights">The point in it.</param>
    /// <param name="at">Where the photo shows the point: pixel and depth.</param>
    /// <param name="normal">World space, unit.</param>
    /// <param name="facing">Cosine between the normal and the way to the camera.</param>
    public Vector3 Place(Atlas atlas, int triangle, Vector3 weights, Vector3 at, Vector3 normal, float facing)
    {
        float angle = MathF.Acos(Math.Clamp(MathF.Abs(facing), 0, 1));
        if (angle <= Limit) return at;
        float radius = atlas.Interpolate(_radii, triangle, weights).X;
        Vector3 outward = Vector3.Transform(normal, _posed.Camera.Rotation);
        var direction = new Vector2(outward.X, outward.Y);
        if (radius < 1e-3f || direction.LengthSquared() < 1e-6f) return at;
        direction = Vector2.Normalize(direction);
        float inwards = radius * (MathF.Sin(angle) - MathF.Sin(Limit) + angle - Limit) * _posed.Camera.FocalLength / at.Z;
        BodyPart own = atlas.Mesh.Parts[atlas.Mesh.Triangles[3 * triangle]];
        for (int attempt = 0; attempt < 3; attempt++, inwards /= 2)
        {
            Vector2 place = new Vector2(at.X, at.Y) - (direction * inwards);
            // Another limb may be before the body there: it is too far in front.
            if (TextureProjection.SameSide(_posed.PartAt((int)place.X, (int)place.Y), own) && at.Z - _posed.DepthAt(place.X, place.Y) < Thickness * radius) return new Vector3(place, at.Z);
        }
        return at;
    }

    /// <summary>How round a part is at its sides, metres; 0 where the photo is always taken as it is.</summary>
    private static float Radius(BodyPart part) => part switch
    {
        BodyPart.Torso => 0.10f,
        BodyPart.LeftUpperLeg or BodyPart.RightUpperLeg => 0.08f,
        BodyPart.LeftLowerLeg or BodyPart.RightLowerLeg => 0.055f,
        BodyPart.LeftUpperArm or BodyPart.RightUpperArm => 0.05f,
        BodyPart.LeftLowerArm or BodyPart.RightLowerArm => 0.04f,
        _ => 0,
    };
}

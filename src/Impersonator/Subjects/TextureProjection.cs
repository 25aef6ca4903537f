using System.Numerics;
using Impersonator.Bodies;
using Impersonator.Imaging;

namespace Impersonator.Subjects;

/// <summary>Carries the photo's colours onto the texture, each with a confidence.</summary>
/// <param name="Colours">[S, S] linear light; alpha 1 where there is a colour at all.</param>
/// <param name="Seen">[S, S] confidence of what the photo shows directly, [0, 1]: full face on, falling towards the silhouette.</param>
/// <param name="Own">[S, S] 0 where something held before the body may hide it: such colours stay where they are and do not spread.</param>
/// <param name="Through">[S, S] confidence of what shines through from the front: the cloth of a back is like that of its front.</param>
internal sealed record TextureProjection(Image Colours, Matte Seen, Matte Own, Matte Through)
{
    /// <summary>How far behind the front a back may lie that is like it, metres: further behind is another limb.</summary>
    private const float MostDepth = 0.45f;

    /// <summary>Unprojects a photo onto the texture of a mesh that stands in it.</summary>
    /// <param name="atlas">Texture layout.</param>
    /// <param name="posed">The mesh as it stands in the photo.</param>
    /// <param name="foreground">The person's colours, opaque everywhere; of the photo's shape.</param>
    /// <param name="matte">The person's alpha, same size as <paramref name="foreground"/>.</param>
    /// <param name="wearer">The body that wears the mesh, if it is another: its arms hide what they hang before.</param>
    /// <param name="cloth">What is behind arms, hands and what they hold, if that is known.</param>
    public static TextureProjection Of(Atlas atlas, PosedBody posed, Image foreground, Matte matte, PosedBody? wearer = null, HiddenCloth? cloth = null)
    {
        int side = atlas.Side;
        var (colours, seen, own, through) = (new Image(side, side), new Matte(side, side), new Matte(side, side), new Matte(side, side));
        Vector3 eye = posed.Camera.Position;
        float fine = (float)foreground.Width / posed.Camera.Width;
        Matte inside = Inside(posed);
        SlantedCloth? slanted = wearer is null ? new SlantedCloth(posed) : null;
        Parallel.For(0, side, y =>
        {
            for (int x = 0; x < side; x++)
            {
                int t = atlas.TriangleAt(x, y);
                if (t < 0) continue;
                Vector3 weights = atlas.WeightsAt(x, y, t);
                Vector3 point = atlas.Interpolate(posed.Positions, t, weights);
                Vector3 normal = Vector3.Normalize(atlas.Interpolate(posed.Normals, t, weights));
                Vector3 at = posed.Project(point);
                if (at.X < 0 || at.Y < 0 || at.X >= posed.Camera.Width || at.Y >= posed.Camera.Height) continue;
                if (wearer is not null && cloth is null && IsBehindArm(wearer, at)) continue;
                BodyPart part = atlas.Mesh.Parts[atlas.Mesh.Triangles[3 * t]];
                float facing = -Vector3.Dot(normal, Vector3.Normalize(point - eye));
                float depth = posed.DepthAt(at.X, at.Y);
                float alpha = matte.Values[(Math.Min((int)(at.Y * fine), matte.Height - 1) * matte.Width) + Math.Min((int)(at.X * fine), matte.Width - 1)];
                // Slanted surfaces change depth within a pixel; so does the tolerance.
                float tolerance = 0.012f + (0.004f / MathF.Max(0.15f, facing));
                float deep = SmoothStep(0, 3.5f, Sample(inside, at.X, at.Y));
                bool shown = facing > 0.08f && at.Z < depth + tolerance;
                Vector3 from = slanted?.Place(atlas, t, weights, at, normal, facing) ?? at;
                bool hidden = cloth is not null && part is not BodyPart.Head && !IsArm(part) && cloth.IsHidden(from);
                // Things held are worn before the body, as the photo shows them, but neither behind it nor at its sides.
                bool held = cloth is not null && !IsArm(part) && cloth.IsHeldBefore(from);
                colours[x, y] = (held && (hidden || !shown) && part is not BodyPart.Head ? cloth!.Clothes : foreground).Sample(from.X * fine, from.Y * fine);
                own[x, y] = held && shown && !hidden ? 0 : 1;
                if (shown && !hidden)
                    seen[x, y] = SmoothStep(0.08f, 0.55f, facing) * MathF.Max(0.02f, deep) * SmoothStep(0.3f, 0.9f, alpha);
                else if (!float.IsInfinity(depth) && (hidden || SameSide(posed.PartAt((int)at.X, (int)at.Y), part)) && at.Z < depth + MostDepth)
                    through[x, y] = MathF.Max(0.05f, deep) * MathF.Max(0.05f, alpha) * SmoothStep(-0.1f, 0.5f, MathF.Abs(facing));
            }
        });
        return new TextureProjection(colours, seen, own, through);
    }

    /// <summary>Distance from the figure's outline and from every inner edge where depth jumps, working pixels, up to 8.</summary>
    private static Matte Inside(PosedBody posed)
    {
        int width = posed.Maps.Width, height = posed.Maps.Height;
        var distance = new Matte(width, height);
        const float Most = 8;
        for (int y = 0; y < height; y++)
            for (int x = 0; x < width; x++)
            {
                bool edge = posed.Maps.TriangleAt(x, y) < 0;
                if (!edge && x > 0 && y > 0 && x < width - 1 && y < height - 1)
                {
                    float z = posed.Maps.DepthAt(x, y);
                    foreach ((int dx, int dy) in (ReadOnlySpan<(int, int)>)[(1, 0), (-1, 0), (0, 1), (0, -1)])
                        edge |= posed.Maps.TriangleAt(x + dx, y + dy) >= 0 && MathF.Abs(posed.Maps.DepthAt(x + dx, y + dy) - z) > 0.06f;
                }
                distance[x, y] = edge ? 0 : Most;
            }
        // Two-pass chamfer distance.
        for (int y = 0; y < height; y++)
            for (int x = 0; x < width; x++)
            {
                if (x > 0) distance[x, y] = MathF.Min(distance[x, y], distance[x - 1, y] + 1);
                if (y > 0) distance[x, y] = MathF.Min(distance[x, y], distance[x, y - 1] + 1);
            }
        for (int y = height - 1; y >= 0; y--)
            for (int x = width - 1; x >= 0; x--)
            {
                if (x < width - 1) distance[x, y] = MathF.Min(distance[x, y], distance[x + 1, y] + 1);
                if (y < height - 1) distance[x, y] = MathF.Min(distance[x, y], distance[x, y + 1] + 1);
            }
        return distance;
    }

    /// <summary>Whether an arm covers a working pixel or one beside it.</summary>
    private static bool IsBehindArm(PosedBody wearer, Vector3 at)
    {
        for (int dy = -2; dy <= 2; dy++)
            for (int dx = -2; dx <= 2; dx++)
                if (wearer.PartAt((int)at.X + dx, (int)at.Y + dy) is >= BodyPart.LeftUpperArm and <= BodyPart.RightHand) return true;
        return false;
    }

    private static float Sample(Matte matte, float x, float y) => matte[Math.Min((int)x, matte.Width - 1), Math.Min((int)y, matte.Height - 1)];

    /// <summary>Whether what covers a pixel may stand for a part behind it: torso and upper legs for each other, a limb only for itself, the head never.</summary>
    internal static bool SameSide(BodyPart front, BodyPart back)
        => back != BodyPart.Head && (front == back || (IsTrunk(front) && IsTrunk(back)) || Limb(front) == Limb(back));

    private static bool IsArm(BodyPart part) => part is >= BodyPart.LeftUpperArm and <= BodyPart.RightHand;

    private static bool IsTrunk(BodyPart part) => part is BodyPart.Torso or BodyPart.LeftUpperLeg or BodyPart.RightUpperLeg;

    private static int Limb(BodyPart part) => part switch
    {
        BodyPart.LeftUpperArm or BodyPart.LeftLowerArm => 1,
        BodyPart.RightUpperArm or BodyPart.RightLowerArm => 2,
        BodyPart.LeftUpperLeg or BodyPart.LeftLowerLeg => 3,
        BodyPart.RightUpperLeg or BodyPart.RightLowerLeg => 4,
        _ => 10 + (int)part,
    };

    internal static float SmoothStep(float from, float to, float value)
    {
        float t = Math.Clamp((value - from) / (to - from), 0, 1);
        return t * t * (3 - (2 * t));
    }
}

using System.Numerics;
using Impersonator.Networks;

namespace Impersonator.Recovery;

/// <summary>A look in the form that <see cref="PoseNet"/> takes.</summary>
internal static class PoseProxies
{
    private const float MostDepth = 2;

    /// <summary>The network's inputs, a batch of two: the look, and the same mirrored.</summary>
    public static Dictionary<string, NetworkArray> OfBoth(PersonLook look, float focalLength, float focalSpread)
    {
        Dictionary<string, NetworkArray> one = Of(look, focalLength, focalSpread), other = Of(Mirrored(look), focalLength, focalSpread);
        return one.ToDictionary(i => i.Key, i => new NetworkArray([.. i.Value.Values, .. other[i.Key].Values], [2, .. i.Value.Shape.AsSpan(1)]));
    }

    /// <summary>What the network would have said of the mirrored window.</summary>
    public static PersonLook Mirrored(PersonLook look)
    {
        PersonMaps maps = look.Maps;
        float twice = (2 * look.Window.Left) + look.Window.Side;
        LookedKeypoint Other(int k) => look.Keypoints[PersonNet.Mirror[k]] with { Position = look.Keypoints[PersonNet.Mirror[k]].Position with { X = twice - look.Keypoints[PersonNet.Mirror[k]].Position.X } };
        float[] surface = Flip(maps.Surface, maps.Side, [0, 1, 2]);
        // The canonical box is as wide to the left as to the right.
        for (int i = 0; i < maps.Side * maps.Side; i++) surface[i] = 1 - surface[i];
        return new PersonLook(look.Window, [.. Enumerable.Range(0, PersonNet.KeypointCount).Select(Other)], new PersonMaps(maps.MatteSide, Flip(maps.Matte, maps.MatteSide, [0]), maps.Side,
            Flip(maps.Parts, maps.Side, PersonNet.MirrorParts), surface, Flip(maps.Depth, maps.Side, [0])));
    }

    /// <summary>The network's inputs, a batch of one.</summary>
    /// <param name="look">What was seen.</param>
    /// <param name="focalLength">Pixels of the photo.</param>
    /// <param name="focalSpread">Deviation of its logarithm; 0 where the photo tells it.</param>
    public static Dictionary<string, NetworkArray> Of(PersonLook look, float focalLength, float focalSpread)
    {
        int side = look.Maps.Side;
        float cell = look.Window.Side / side;
        var points = new float[PersonNet.KeypointCount * PoseNet.PointNumbers];
        for (int k = 0; k < PersonNet.KeypointCount; k++)
        {
            LookedKeypoint seen = look.Keypoints[k];
            Vector2 place = (2 * look.Window.FromPhoto(seen.Position)) - Vector2.One;
            PoseNet.WritePoint(place, MathF.Log(seen.Error / cell), seen.Inside, seen.Concentration, points.AsSpan(k * PoseNet.PointNumbers, PoseNet.PointNumbers));
        }
        return new Dictionary<string, NetworkArray>
        {
            ["maps"] = new(Maps(look.Maps), 1, PoseNet.MapChannels, side, side),
            ["points"] = new(points, 1, PersonNet.KeypointCount, PoseNet.PointNumbers),
            ["lens"] = new([MathF.Log(2 * focalLength / look.Window.Side), focalSpread], 1, 2),
        };
    }

    private static float[] Maps(PersonMaps maps)
    {
        int side = maps.Side, plane = side * side;
        var all = new float[PoseNet.MapChannels * plane];
        maps.Parts.CopyTo(all, 0);
        for (int i = 0; i < plane; i++)
        {
            float body = 1 - maps.Parts[i];
            for (int c = 0; c < 3; c++) all[((PoseNet.SurfaceChannel + c) * plane) + i] = (maps.Surface[(c * plane) + i] - 0.5f) * body;
            all[(PoseNet.DepthChannel * plane) + i] = Math.Clamp(maps.Depth[i], -MostDepth, MostDepth) * body;
            int corner = (2 * (i / side) * maps.MatteSide) + (2 * (i % side)), below = corner + maps.MatteSide;
            all[(PoseNet.MatteChannel * plane) + i] = (maps.Matte[corner] + maps.Matte[corner + 1] + maps.Matte[below] + maps.Matte[below + 1]) / 4;
        }
        return all;
    }

    private static float[] Flip(float[] maps, int side, IReadOnlyList<int> channels)
    {
        var flipped = new float[maps.Length];
        for (int c = 0; c < channels.Count; c++)
            for (int y = 0; y < side; y++)
                for (int x = 0; x < side; x++) flipped[(((c * side) + y) * side) + x] = maps[(((channels[c] * side) + y) * side) + side - 1 - x];
        return flipped;
    }
}

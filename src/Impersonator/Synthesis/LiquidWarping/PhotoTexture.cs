using System.Numerics;
using Impersonator.Bodies;
using Impersonator.Rendering;

namespace Impersonator.Synthesis.LiquidWarping;

/// <summary>The photo unrolled onto the body's texture, as the generator of 2020 is given it: what the photo shows and a little around it, nothing elsewhere.</summary>
internal sealed class PhotoTexture
{
    /// <summary>Texels by which what is seen grows.</summary>
    private const int Growth = 13;

    private readonly SmplUvMap _uv;
    private readonly float[] _texels;
    private readonly int _side;
    private readonly bool _alignCorners;

    public PhotoTexture(float[] photo, BodySurface surface, SmplUvMap uv, bool alignCorners)
    {
        (_uv, _side, _alignCorners) = (uv, surface.Side, alignCorners);
        // The texture as a flat mesh before a camera whose pixels are texels.
        var camera = new Camera(_side, _side, 1, Vector2.Zero, Quaternion.Identity, Vector3.Zero);
        Vector3[] flat = Array.ConvertAll(uv.Texcoords, t => new Vector3(t * _side, 1));
        var maps = new SurfaceMaps();
        maps.Clear(_side, _side);
        Rasterizer.Draw(maps, camera, flat, uv.Corners, twoSided: true);
        SurfaceWeights.Fill(maps, camera, flat, uv.Corners);
        var places = new float[2 * _side * _side];
        var seen = new float[_side * _side];
        Array.Fill(places, -2);
        for (int i = 0; i < seen.Length; i++)
        {
            int triangle = maps.TriangleAt(i % _side, i / _side);
            if (triangle < 0) continue;
            Vector2 place = ConditionMap.Place(surface, triangle, maps.Weights[(i / _side * maps.Stride) + (i % _side)]), pixel = (place + Vector2.One) * _side / 2;
            (places[2 * i], places[(2 * i) + 1]) = (place.X, place.Y);
            if (pixel.X >= 0 && pixel.Y >= 0 && pixel.X < _side && pixel.Y < _side && surface.Maps.TriangleAt((int)pixel.X, (int)pixel.Y) == triangle) seen[i] = 1;
        }
        _texels = NetworkPicture.Masked(NetworkPicture.Sample(photo, _side, places, alignCorners), ConditionMap.Dilate(seen, _side, Growth));
    }

    /// <summary>[3, S, S] the texture on a body in another pose; 0 beside it.</summary>
    public float[] On(BodySurface frame)
    {
        var at = new Vector2[_side * _side];
        Array.Fill(at, new Vector2(-2));
        SurfaceWeights.Interpolate(frame.Maps, _uv.Corners, Array.ConvertAll(_uv.Texcoords, t => (2 * t) - Vector2.One), at);
        return NetworkPicture.Sample(_texels, _side, [.. at.SelectMany(p => (float[])[p.X, p.Y])], _alignCorners);
    }
}

using System.Numerics;
using System.Runtime.CompilerServices;
using Impersonator.Bodies;

namespace Impersonator.Training.Synthesis;

/// <summary>Colours and annotates what the raster left visible: one shading per pixel and surface, weighted by its samples.</summary>
internal sealed class Shader(Lighting lighting)
{
    private readonly Surface[] _surfaces = new Surface[4];

    /// <summary>What one shading found.</summary>
    private struct Surface
    {
        public FigureMesh Mesh;
        public int Weight, Part;
        public float Depth;
        public Vector3 Canonical;
    }

    /// <summary>Fills premultiplied linear colour and coverage (0 … 1) of all that was drawn, and the sample's mattes, parts, surface and depth.</summary>
    public void Shade(Raster raster, List<FigureMesh> meshes, View view, Sample sample, Vector3[] colour, float[] cover)
    {
        Array.Clear(colour);
        Array.Clear(cover);
        Array.Clear(sample.Alpha);
        Array.Clear(sample.OtherAlpha);
        Array.Clear(sample.Parts);
        if (raster.Right < 0) return;
        int size = sample.Size, plane = size * size;
        Vector3 eye = view.Position, toFraction = new Vector3(ushort.MaxValue) / (CanonicalBox.Max - CanonicalBox.Min);
        // Hollows of people who are few pixels tall cannot be told.
        bool hollows = raster.Bottom - raster.Top > 200;
        for (int y = raster.Top / 2; y <= raster.Bottom / 2; y++)
            for (int x = raster.Left / 2; x <= raster.Right / 2; x++)
            {
                int first = (2 * y * raster.Stride) + (2 * x), covered = 0, person = 0, other = 0, done = 0, surfaces = 0;
                Vector3 sum = Vector3.Zero;
                for (int s = 0; s < 4; s++)
                {
                    int at = first + ((s >> 1) * raster.Stride) + (s & 1), owner = raster.Owner[at];
                    if (owner < 0) continue;
                    FigureMesh mesh = meshes[owner >> Raster.TriangleBits];
                    covered++;
                    if (mesh.Owner == Owner.Person) person++;
                    else if (mesh.Owner == Owner.Other) other++;
                    if (((done >> s) & 1) != 0) continue;
                    // Samples of the same surface (same mesh, nearly the same depth) share this shading.
                    ref Surface surface = ref _surfaces[surfaces++];
                    (surface.Mesh, surface.Weight, surface.Part) = (mesh, 1, 0);
                    float depth = raster.Inverse[at];
                    surface.Depth = 1 / depth;
                    for (int next = s + 1; next < 4; next++)
                    {
                        int nextAt = first + ((next >> 1) * raster.Stride) + (next & 1), nextOwner = raster.Owner[nextAt];
                        if (nextOwner < 0 || ((done >> next) & 1) != 0 || (nextOwner ^ owner) >> Raster.TriangleBits != 0) continue;
                        if (MathF.Abs(raster.Inverse[nextAt] - depth) > depth * 0.02f) continue;
                        done |= 1 << next;
                        surface.Weight++;
                    }
                    int sx = (2 * x) + (s & 1), sy = (2 * y) + (s >> 1);
                    sum += surface.Weight * Colour(mesh, owner & ((1 << Raster.TriangleBits) - 1), sx, sy, eye, hollows ? Open(raster, sx, sy, at, 2 * view.Focal) : 1, ref surface);
                }
                if (covered == 0) continue;
                int pixel = (y * size) + x;
                colour[pixel] = sum / 4;
                cover[pixel] = covered / 4f;
                sample.Alpha[pixel] = (byte)(person * 255 / 4);
                sample.OtherAlpha[pixel] = (byte)(other * 255 / 4);
                if (person < 2) continue;
                int best = -1;
                for (int k = 0; k < surfaces; k++)
                    if (_surfaces[k].Part != 0 && _surfaces[k].Mesh.Owner == Owner.Person && (best < 0 || _surfaces[k].Weight > _surfaces[best].Weight)) best = k;
                if (best < 0) continue;
                sample.Parts[pixel] = (byte)_surfaces[best].Part;
                sample.Depth[pixel] = (short)Math.Clamp(MathF.Round(1000 * (_surfaces[best].Depth - view.Shift.Z)), short.MinValue, short.MaxValue);
                Vector3 place = Vector3.ClampNative((_surfaces[best].Canonical - CanonicalBox.Min) * toFraction, Vector3.Zero, new Vector3(ushort.MaxValue));
                (sample.Surface[pixel], sample.Surface[plane + pixel], sample.Surface[(2 * plane) + pixel]) = ((ushort)place.X, (ushort)place.Y, (ushort)place.Z);
            }
    }

    /// <summary>How open a place is to the sky, from the depths around it: below 1 in hollows. Inverse depth is linear over a plane on the
    /// screen, so the mean of two opposite neighbours tells bent surfaces from slanting ones.</summary>
    private static float Open(Raster raster, int x, int y, int at, float focal)
    {
        float inverse = raster.Inverse[at], closed = 0, most = inverse * inverse * 0.25f;
        int reach = Math.Clamp((int)(focal * inverse * 0.07f), 2, 60);
        if (x < reach || y < reach || x + reach >= raster.Width || y + reach >= raster.Height) return 1;
        ReadOnlySpan<(int X, int Y)> pairs = [(reach, 0), (0, reach), (reach * 7 / 10, reach * 7 / 10), (reach * 7 / 10, -reach * 7 / 10)];
        foreach (var (dx, dy) in pairs)
        {
            int step = dy * raster.Stride + dx;
            float one = raster.Inverse[at + step], other = raster.Inverse[at - step];
            if (one == 0 || other == 0) continue;
            closed += float.ClampNative((float.ClampNative(one - inverse, -most, most) + float.ClampNative(other - inverse, -most, most)) / (inverse * inverse * 0.1f), 0, 1);
        }
        return 1 - 0.16f * closed;
    }

    private Vector3 Colour(FigureMesh mesh, int triangle, float x, float y, Vector3 eye, float open, ref Surface surface)
    {
        ushort[] corner = mesh.Triangles.Vertices;
        int i = 3 * triangle, ia = corner[i], ib = corner[i + 1], ic = corner[i + 2];
        Vector3 a = mesh.Screen[ia], b = mesh.Screen[ib], c = mesh.Screen[ic];
        float area = (b.X - a.X) * (c.Y - a.Y) - (b.Y - a.Y) * (c.X - a.X);
        float u = ((x - a.X) * (c.Y - a.Y) - (y - a.Y) * (c.X - a.X)) / area, v = ((b.X - a.X) * (y - a.Y) - (b.Y - a.Y) * (x - a.X)) / area;
        float wa = (1 - u - v) * a.Z, wb = u * b.Z, wc = v * c.Z, total = 1 / (wa + wb + wc);
        wa *= total; wb *= total; wc *= total;

        var material = mesh.Material;
        var place = mesh.Posed[ia] * wa + mesh.Posed[ib] * wb + mesh.Posed[ic] * wc;
        var rest = mesh.Cloth[ia] * wa + mesh.Cloth[ib] * wb + mesh.Cloth[ic] * wc;
        if (mesh.Canonical is { } canonical)
        {
            int nearest = wa >= wb ? (wa >= wc ? ia : ic) : wb >= wc ? ib : ic;
            surface.Part = mesh.Parts[nearest];
            surface.Canonical = mesh.Triangles.Torn[triangle] ? canonical[nearest] : canonical[ia] * wa + canonical[ib] * wb + canonical[ic] * wc;
        }
        var normal = mesh.Normals[ia] * wa + mesh.Normals[ib] * wb + mesh.Normals[ic] * wc;
        var fabric = material.Fabric;
        if (fabric.FoldDepth > 0)
            normal += fabric.FoldDepth * (fabric.FoldA * (Wave.Cos(Vector3.Dot(fabric.FoldA, rest) + 3 * Wave.Sin(9 * rest.Y + 7 * rest.X)) / 40)
                + fabric.FoldB * (Wave.Cos(Vector3.Dot(fabric.FoldB, rest) + 2 * Wave.Sin(17 * rest.X - 11 * rest.Z)) / 90)
                + fabric.FoldC * (Wave.Cos(Vector3.Dot(fabric.FoldC, rest) + 2 * Wave.Sin(23 * rest.Y + 5)) / 250));
        normal = Vector3.Normalize(normal);
        var toEye = Vector3.Normalize(eye - place);
        bool inside = area > 0 && material.Look == Material.Kind.Cloth;
        if (inside || material.Look == Material.Kind.Hair && Vector3.Dot(normal, toEye) < 0) normal = -normal;

        var albedo = Albedo(mesh, i, wa, wb, wc, rest, MathF.Abs(area) * 0.25f, ref normal);
        albedo *= albedo;                    // gamma 2 is close enough, both ways

        var light = Vector3.MaxNative(Vector3.Zero, lighting.Ambient + lighting.AmbientX * normal.X + lighting.AmbientY * normal.Y + lighting.AmbientZ * normal.Z) * open;
        var shine = Vector3.Zero;
        for (int lamp = 0; lamp < lighting.Lamps.Count; lamp++)
        {
            var (toward, strength) = lighting.Lamps[lamp];
            float facing = Vector3.Dot(normal, toward);
            float wrapped = float.MaxNative(0, (facing + material.Wrap) / (1 + material.Wrap));
            if (wrapped <= 0) continue;
            float lit = lamp == 0 && lighting.Shadows ? facing > 0 ? lighting.Lit(place + normal * 0.012f, 0.012f, 1) : 0 : 1;
            var diffuse = strength * (float.MaxNative(0, facing) * lit);
            if (material.Look == Material.Kind.Skin) diffuse += strength * material.WrapTint * ((wrapped - float.MaxNative(0, facing)) * (0.3f + 0.7f * lit));
            else diffuse += strength * ((wrapped - float.MaxNative(0, facing)) * 0.5f * lit);
            light += diffuse;
            if (material.Gloss > 0 && facing > 0)
            {
                float h = float.MaxNative(0, Vector3.Dot(normal, Vector3.Normalize(toward + toEye)));
                shine += strength * (lit * material.Gloss * (material.Shininess * 0.06f + 0.5f) * Power(h, material.Shininess));
            }
        }
        // A little more light at grazing angles, as fuzz and oil give.
        float rim = 1 - float.MaxNative(0, Vector3.Dot(normal, toEye));
        rim *= rim;
        return albedo * light * (inside ? 0.6f : 1) + shine + light * (material.Gloss * 0.6f * rim * rim);
    }

    /// <summary>Like h^exponent near 1, without a call: (1 - x/4)^4 falls as a lobe does.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Power(float h, float exponent)
    {
        float x = 1 - exponent * (1 - h) * 0.25f;
        return x <= 0 ? 0 : x * x * x * x;
    }

    /// <summary>Half the base-two logarithm of the texels per pixel, rounded: from the float's exponent.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int MipLevel(float texelsPerPixel) => texelsPerPixel <= 2 ? 0 : ((BitConverter.SingleToInt32Bits(texelsPerPixel) >> 23) - 126) >> 1;

    private static Vector3 Albedo(FigureMesh mesh, int i, float wa, float wb, float wc, Vector3 rest, float pixels, ref Vector3 normal)
    {
        var material = mesh.Material;
        var fabric = material.Fabric;
        var colour = material.Base;
        float detail = 1;
        if (material.Look == Material.Kind.Skin && mesh.Triangles.Vertices[i] >= Figure.FirstEyeVertex)
        {
            // Cloth coordinates of an eyeball are directions from its middle.
            float off = rest.X * rest.X + rest.Y * rest.Y;
            return off < 0.045f ? new Vector3(0.02f) : off < 0.22f ? material.Iris : material.White;
        }
        if (material.Texture is { } texture)
        {
            var uv = mesh.Triangles.Texcoords;
            Vector2 ta = uv[mesh.Triangles.Coordinates[i]], tb = uv[mesh.Triangles.Coordinates[i + 1]], tc = uv[mesh.Triangles.Coordinates[i + 2]];
            var t = ta * wa + tb * wb + tc * wc;
            float texels = MathF.Abs((tb.X - ta.X) * (tc.Y - ta.Y) - (tb.Y - ta.Y) * (tc.X - ta.X)) * texture.Levels[0].Width * texture.Levels[0].Height;
            var texel = texture.Colour(t.X, t.Y, MipLevel(texels / pixels));
            if (fabric.Pattern == Fabric.Weave.Texture)
                return Vector3.ClampNative(colour + new Vector3(Vector3.Dot(material.RowR, texel), Vector3.Dot(material.RowG, texel), Vector3.Dot(material.RowB, texel)), Vector3.Zero, Vector3.One);
            detail = float.ClampNative((texel.X + texel.Y + texel.Z) / float.MaxNative(0.15f, texture.Mean.X + texture.Mean.Y + texture.Mean.Z), 0.4f, 1.6f);
            detail = 1 + (detail - 1) * fabric.Detail;
        }
        if (fabric.Pattern != Fabric.Weave.Texture) colour = Pattern(fabric, rest, pixels) * detail;
        // Strands.
        if (material.Look == Material.Kind.Hair && material.Texture == null)
            colour *= 1 + 0.1f * Wave.Sin(620 * rest.X + 480 * rest.Z + 9 * Wave.Sin(35 * rest.Y + 80 * rest.X)) + 0.1f * Wave.Sin(231 * rest.X - 317 * rest.Z + 6 * Wave.Sin(60 * rest.Y - 50 * rest.Z)) + 0.08f * Wave.Sin(1170 * rest.X + 930 * rest.Z);
        if (mesh.Clipped)
        {
            float edge = mesh.Clip[mesh.Triangles.Vertices[i]] * wa + mesh.Clip[mesh.Triangles.Vertices[i + 1]] * wb + mesh.Clip[mesh.Triangles.Vertices[i + 2]] * wc;
            if (edge < fabric.Band) colour = fabric.Second;
            if (fabric.Seam && edge is > 0.016f and < 0.021f) colour *= 0.75f;
            if (fabric.Buttons && rest.Z > 0.05f && MathF.Abs(rest.X) < 0.016f)
            {
                float down = Fraction(rest.Y / 0.085f) - 0.5f;
                if (rest.X > 0.012f) colour *= 0.7f;
                else if (down * down * 0.0072f + rest.X * rest.X < 0.00004f) colour = fabric.Second * 0.6f;
            }
        }
        if (fabric.Logo != null && rest.Z * fabric.LogoPlace.Z > 0)
        {
            float u = (rest.X - fabric.LogoPlace.X) / fabric.LogoSize * fabric.LogoPlace.Z + 0.5f, v = 0.5f - (rest.Y - fabric.LogoPlace.Y) / fabric.LogoSize;
            if (u is > 0 and < 1 && v is > 0 and < 1) colour = fabric.Logo.Colour(u, v, 2);
        }
        return Vector3.ClampNative(colour, Vector3.Zero, Vector3.One);
    }

    private static Vector3 Pattern(Fabric fabric, Vector3 rest, float pixels)
    {
        switch (fabric.Pattern)
        {
            case Fabric.Weave.StripesAcross: return Fraction(rest.Y / fabric.Period) < fabric.Share ? fabric.Second : fabric.First;
            case Fabric.Weave.StripesDown: return Fraction((rest.X + 0.35f * rest.Z) / fabric.Period) < fabric.Share ? fabric.Second : fabric.First;
            case Fabric.Weave.Checks:
                float across = Fraction(rest.Y / fabric.Period) < fabric.Share ? 0.5f : 0, down = Fraction(rest.X / fabric.Period) < fabric.Share ? 0.5f : 0;
                return Vector3.Lerp(fabric.First, fabric.Second, across + down);
            case Fabric.Weave.Dots:
                float x = Fraction(rest.X / fabric.Period) - 0.5f, y = Fraction(rest.Y / fabric.Period) - 0.5f;
                return x * x + y * y < fabric.Share * fabric.Share * 0.25f ? fabric.Second : fabric.First;
            case Fabric.Weave.Camouflage:
                float k = 6.28f / fabric.Period;
                float blot = MathF.Sin(k * rest.X + 2 * MathF.Sin(k * 0.7f * rest.Y)) + MathF.Sin(k * 0.8f * rest.Y + 2 * MathF.Sin(k * 0.6f * (rest.X + rest.Z)));
                return blot > 0.6f ? fabric.Second : blot < -0.7f ? fabric.Second * 0.4f : fabric.First;
            case Fabric.Weave.Surface:
                return fabric.First * fabric.Surface!.Colour(rest.X * fabric.SurfaceScale, -rest.Y * fabric.SurfaceScale, 2);
            case Fabric.Weave.Gradient:
                return Vector3.Lerp(fabric.First, fabric.Second, float.ClampNative((rest.Y - fabric.LogoPlace.Y) * fabric.Share * 4 + 0.5f, 0, 1));
            case Fabric.Weave.Blocks:
                return rest.Y < fabric.LogoPlace.Y ? fabric.Second : fabric.First;
            default: return fabric.First;
        }
    }

    private static float Fraction(float x) => x - MathF.Floor(x);
}

using System.Numerics;
using Impersonator.Bodies;
using Impersonator.Imaging;
using Impersonator.Rendering;
using Impersonator.Subjects.Matting;

namespace Impersonator.Subjects.Heads;

/// <summary>Which pixels of a photo are hair, or a hat: what covers the skull and is neither skin nor clothes.</summary>
/// <remarks>
/// GrabCut (Rother, Kolmogorov &amp; Blake 2004) inside the person's matte: the top of the skull and what stands out around the
/// head begin as hair, face, arms and trunk as the rest; mixtures of colours, edges and place decide between them.
/// </remarks>
internal sealed class HairMask
{
    private const int WorkSide = 256, Rounds = 3, Parts = 5, FewestSeeds = 24;
    private const float EdgeCost = 6, MostEvidence = 5, ClosedHeads = 0.12f;

    // Metres around the middle of the head.
    private const float Aside = 0.45f, Above = 0.35f, Below = 0.75f;

    private readonly bool[] _hair;
    private readonly Matte _soft;

    private HairMask(bool[] hair, Camera camera)
    {
        (_hair, Camera, _soft) = (hair, camera, new Matte(camera.Width, camera.Height));
        for (int i = 0; i < hair.Length; i++) _soft.Values[i] = hair[i] ? 1 : 0;
        _soft = _soft.Box(1).Box(1);
    }

    /// <summary>The photo's camera, cut and scaled to the mask.</summary>
    public Camera Camera { get; }

    /// <summary>The colour of the face, sRGB.</summary>
    public Vector3 Face { get; private init; }

    /// <summary>Whether it is a hat or cap: smooth, as no hair is.</summary>
    public bool IsHat { get; private init; }

    /// <summary>The colour of the hair that shows under a hat, sRGB; null without one.</summary>
    public Vector3? UnderHat { get; private init; }

    /// <summary>Whether a pixel of the mask is hair; false outside.</summary>
    public bool At(Vector2 pixel)
    {
        int x = (int)MathF.Floor(pixel.X), y = (int)MathF.Floor(pixel.Y);
        return (uint)x < (uint)Camera.Width && (uint)y < (uint)Camera.Height && _hair[(y * Camera.Width) + x];
    }

    /// <summary>Whether a pixel of a picture of another size is hair.</summary>
    /// <param name="pixel">Its place.</param>
    /// <param name="camera">The photo's camera at that size.</param>
    public bool At(Vector2 pixel, Camera camera) => At(Camera.PrincipalPoint + ((pixel - camera.PrincipalPoint) * (Camera.FocalLength / camera.FocalLength)));

    /// <summary>How much of the surroundings of a point of the world is hair, [0, 1]; 1/2 on the smoothed edge.</summary>
    public float ShareAt(Vector3 world)
    {
        Vector2 pixel = Camera.Project(world) - new Vector2(0.5f);
        int x = (int)MathF.Floor(pixel.X), y = (int)MathF.Floor(pixel.Y);
        float At(int column, int row) => _soft[Math.Clamp(column, 0, _soft.Width - 1), Math.Clamp(row, 0, _soft.Height - 1)];
        float top = At(x, y) + ((At(x + 1, y) - At(x, y)) * (pixel.X - x)), bottom = At(x, y + 1) + ((At(x + 1, y + 1) - At(x, y + 1)) * (pixel.X - x));
        return top + ((bottom - top) * (pixel.Y - y));
    }

    /// <summary>Whether a point of the world is before or behind a pixel of hair.</summary>
    public bool At(Vector3 world) => Camera.CameraFromWorld(world).Z > Rasterizer.Near && At(Camera.Project(world));

    /// <summary>Whether a point of the world is at hair, and so is everything close around it: no other colour has run in.</summary>
    public bool IsDeepAt(Vector3 world)
    {
        const float Margin = 1.5f;
        if (!At(world)) return false;
        Vector2 pixel = Camera.Project(world);
        return At(pixel + new Vector2(Margin, 0)) && At(pixel - new Vector2(Margin, 0)) && At(pixel + new Vector2(0, Margin)) && At(pixel - new Vector2(0, Margin));
    }

    /// <summary>Finds the hair; null for a bald head, and where the photo shows too little of the head.</summary>
    /// <param name="posed">The naked body as it stands in the photo.</param>
    /// <param name="body">Whose it is.</param>
    /// <param name="photo">The photo.</param>
    /// <param name="matte">The person's alpha, same size.</param>
    /// <param name="cancellationToken">Stops between rounds.</param>
    public static HairMask? Find(PosedBody posed, Body body, Image photo, Matte matte, CancellationToken cancellationToken)
    {
        var head = HeadMeasures.Of(body);
        Vector3 centre = Vector3.Transform(head.Centre, posed.Transforms[Joint.Head]);
        if (Cut(posed.Person.Camera, centre) is not { } camera) return null;
        (int width, int height) = (camera.Width, camera.Height);
        float scale = camera.FocalLength / posed.Person.Camera.FocalLength;
        Vector2 corner = posed.Person.Camera.PrincipalPoint - (camera.PrincipalPoint / scale);
        (int left, int top, int wide, int high) = ((int)MathF.Round(corner.X), (int)MathF.Round(corner.Y), Math.Max(1, (int)MathF.Round(width / scale)), Math.Max(1, (int)MathF.Round(height / scale)));
        Image small = photo.Crop(left, top, wide, high).Resize(width, height);
        var inside = new Matte(wide, high);
        for (int y = 0; y < high; y++)
            for (int x = 0; x < wide; x++)
                if ((uint)(x + left) < (uint)matte.Width && (uint)(y + top) < (uint)matte.Height) inside[x, y] = matte[x + left, y + top];
        inside = inside.Resize(width, height);

        HairSeed[] seeds = Seeds(posed, body, head, camera, inside);
        // A head bent back shows little of its top.
        if (Count(seeds, HairSeed.Hair) < FewestSeeds) seeds = [.. seeds.Select(s => s == HairSeed.RatherHair ? HairSeed.Hair : s)];
        float[] samples = Samples(small);
        if (Count(seeds, HairSeed.Hair) < FewestSeeds || Count(seeds, HairSeed.Face) < FewestSeeds || IsBald(samples, seeds)) return null;
        (bool[] hair, bool[] rest) = Begin(samples, seeds);
        float[] edges = Edges(samples, width, height);
        for (int round = 0; round < Rounds; round++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var of = ColourMixture.Learn(Chosen(samples, hair), Parts, 2);
            var than = ColourMixture.Learn(Chosen(samples, rest), Parts, 2);
            var cut = new GridCut(width, height);
            for (int i = 0; i < seeds.Length; i++) cut.AddTerminal(i % width, i / width, Evidence(seeds[i], samples.AsSpan(i * ColourMixture.Dimensions, ColourMixture.Dimensions), of, than));
            for (int i = 0; i < edges.Length; i++)
                if (edges[i] > 0) cut.SetEdge(i / 4 % width, i / 4 / width, i % 4, edges[i]);
            hair = cut.Solve(cancellationToken);
            for (int i = 0; i < rest.Length; i++) rest[i] = !hair[i] && seeds[i] != HairSeed.Nothing;
            if (hair.Count(h => h) < FewestSeeds || rest.Count(r => r) < FewestSeeds) break;
        }
        Close(hair, seeds, width, height, ClosedHeads * head.Size * camera.FocalLength / camera.CameraFromWorld(centre).Z);
        hair = Islands.Clean(hair, [.. seeds.Select(s => s == HairSeed.Hair)], width, height);
        if (hair.Count(h => h) < FewestSeeds) return null;
        bool hat = IsSmooth(samples, hair, seeds, width);
        return new HairMask(hair, camera) { Face = Median(samples, seeds, HairSeed.Face), IsHat = hat, UnderHat = hat ? Under(samples, hair, seeds) : null };
    }

    /// <summary>Closes gaps that light on the hair left, but not over the face.</summary>
    private static void Close(bool[] hair, HairSeed[] seeds, int width, int height, float radius)
    {
        bool[] near = [.. DistanceField.To(hair, width, height).Select(d => d <= radius)];
        float[] away = DistanceField.To([.. near.Select(n => !n)], width, height);
        for (int i = 0; i < hair.Length; i++) hair[i] |= away[i] > radius && seeds[i] is HairSeed.RatherHair or HairSeed.Hair or HairSeed.Outside;
    }

    private static Camera? Cut(Camera camera, Vector3 centre)
    {
        Vector3 at = camera.CameraFromWorld(centre);
        if (at.Z < 0.2f) return null;
        float pixels = camera.FocalLength / at.Z;
        Vector2 middle = camera.Project(centre);
        int left = (int)MathF.Max(0, middle.X - (Aside * pixels)), right = (int)MathF.Min(camera.Width, middle.X + (Aside * pixels));
        int top = (int)MathF.Max(0, middle.Y - (Above * pixels)), bottom = (int)MathF.Min(camera.Height, middle.Y + (Below * pixels));
        if (right - left < 16 || bottom - top < 16) return null;
        float scale = MathF.Min(1, (float)WorkSide / Math.Max(right - left, bottom - top));
        return new Camera(Math.Max(8, (int)((right - left) * scale)), Math.Max(8, (int)((bottom - top) * scale)), camera.FocalLength * scale,
            (camera.PrincipalPoint - new Vector2(left, top)) * scale, camera.Rotation, camera.Translation);
    }

    private static HairSeed[] Seeds(PosedBody posed, Body body, HeadMeasures head, Camera camera, Matte matte)
    {
        var maps = new SurfaceMaps();
        maps.Clear(camera.Width, camera.Height);
        Rasterizer.Draw(maps, camera, [.. posed.Positions.Select(camera.CameraFromWorld)], posed.Mesh.Triangles);
        Vector3[] rest = body.Mesh.RestPositions;
        float chest = body.RestJoints[Joint.Spine3].Y;
        Vector3 ears = Vector3.Transform(head.Centre, posed.Transforms[Joint.Head]), chin = Vector3.Transform(head.Centre - new Vector3(0, 0.6f * head.Size, 0), posed.Transforms[Joint.Head]);
        Vector2 middle = camera.Project(ears), up = Vector2.Normalize(middle - camera.Project(chin));
        float unit = camera.FocalLength / MathF.Max(0.2f, camera.CameraFromWorld(ears).Z) * head.Size;
        var seeds = new HairSeed[camera.Width * camera.Height];
        for (int i = 0; i < seeds.Length; i++)
        {
            (int x, int y) = (i % camera.Width, i / camera.Width);
            if (matte.Values[i] < 0.5f) continue;
            int t = maps.TriangleAt(x, y);
            if (t < 0)
            {
                // Beside the body: hair, if it is above the chin and not far from the head.
                Vector2 from = new Vector2(x + 0.5f, y + 0.5f) - middle;
                float above = Vector2.Dot(from, up) / unit;
                seeds[i] = above > 0 && from.Length() < 2.2f * unit ? HairSeed.Outside : above > -1 ? HairSeed.Open : HairSeed.RatherOther;
                continue;
            }
            int v = posed.Mesh.Triangles[3 * t];
            float grown = head.AboveHairline(rest[v]);
            seeds[i] = posed.Mesh.Parts[v] switch
            {
                BodyPart.Head when head.IsFace(rest[v]) => HairSeed.Face,
                BodyPart.Head => grown > 0.45f ? HairSeed.Hair : grown > 0.2f ? HairSeed.RatherHair : HairSeed.Open,
                BodyPart.Torso or BodyPart.LeftUpperArm or BodyPart.RightUpperArm when rest[v].Y > chest => HairSeed.RatherOther,
                _ => HairSeed.Other,
            };
        }
        return seeds;
    }

    /// <summary>The first samples of both sides, without what was caught by mistake.</summary>
    private static (bool[] Hair, bool[] Other) Begin(float[] samples, HairSeed[] seeds)
    {
        ColourMixture top = ColourMixture.Learn(Chosen(samples, [.. seeds.Select(s => s == HairSeed.Hair)]), 2, 2);
        float[] like = [.. Enumerable.Range(0, seeds.Length).Select(i => top.LogDensity(samples.AsSpan(i * 3, 3)))];
        float usual = Enumerable.Range(0, seeds.Length).Where(i => seeds[i] == HairSeed.Hair).Select(i => like[i]).Order().ElementAt(Count(seeds, HairSeed.Hair) / 20) - 2;
        // A little of another colour beside the head is the wall; much is the brim of a hat.
        if (Enumerable.Range(0, seeds.Length).Count(i => seeds[i] == HairSeed.Outside && like[i] < usual) < 0.6f * Count(seeds, HairSeed.Hair))
            for (int i = 0; i < seeds.Length; i++) if (seeds[i] == HairSeed.Outside && like[i] < usual) seeds[i] = HairSeed.Open;
        // Hair that lies on the clothes is not clothes, unless clothes are all of that colour.
        bool IsClothes(int i) => seeds[i] is HairSeed.RatherOther or HairSeed.Other;
        int clothes = Enumerable.Range(0, seeds.Length).Count(IsClothes), alike = Enumerable.Range(0, seeds.Length).Count(i => IsClothes(i) && like[i] > usual);
        bool dark = alike > clothes / 2;
        ColourMixture face = ColourMixture.Learn(Chosen(samples, [.. seeds.Select(s => s == HairSeed.Face)]), 2, 2);
        return ([.. seeds.Select((s, i) => s is HairSeed.Hair or HairSeed.Outside && like[i] > face.LogDensity(samples.AsSpan(i * 3, 3)))], [.. seeds.Select((s, i) => s == HairSeed.Face || (IsClothes(i) && (dark || like[i] <= usual)))]);
    }

    private static int Count(HairSeed[] seeds, HairSeed kind) => seeds.Count(s => s == kind);

    private static float Evidence(HairSeed seed, ReadOnlySpan<float> sample, ColourMixture hair, ColourMixture rest)
    {
        const float Certain = 1e6f;
        if (seed == HairSeed.Nothing) return -Certain;
        float colour = Math.Clamp(hair.LogDensity(sample) - rest.LogDensity(sample), -MostEvidence, MostEvidence);
        return colour + seed switch { HairSeed.Hair => 2.5f, HairSeed.Outside => 2, HairSeed.RatherHair => 1, HairSeed.RatherOther => -2, HairSeed.Other => -4, HairSeed.Face => -5, _ => 0 };
    }

    /// <summary>The top of the head has the colour of the face, and nothing stands out around it.</summary>
    private static bool IsBald(float[] samples, HairSeed[] seeds)
    {
        Vector3 top = Median(samples, seeds, HairSeed.Hair), face = Median(samples, seeds, HairSeed.Face);
        float outside = (float)Count(seeds, HairSeed.Outside) / Count(seeds, HairSeed.Hair);
        return Vector3.Distance(top, face) < 0.06f && outside < 0.15f;
    }

    /// <summary>Whether what stands out around the head has no strands: neighbours differ by less than any hair's do.</summary>
    private static bool IsSmooth(float[] samples, bool[] hair, HairSeed[] seeds, int width)
    {
        const float Smooth = 0.03f;
        const int Reach = 2, Fewest = 20;
        float Light(int i) => (0.3f * samples[3 * i]) + (0.6f * samples[(3 * i) + 1]) + (0.1f * samples[(3 * i) + 2]);
        var roughness = new List<float>();
        for (int i = (Reach * width) + Reach; i < hair.Length - (Reach * width) - Reach; i++)
        {
            if (seeds[i] is not (HairSeed.Outside or HairSeed.Hair)) continue;
            float sum = 0;
            bool inside = true;
            for (int k = 0; k < 25 && inside; k++)
            {
                int at = i + (((k / 5) - Reach) * width) + (k % 5) - Reach;
                inside = hair[at];
                sum += Light(at);
            }
            if (inside) roughness.Add(MathF.Abs((25 * Light(i) / MathF.Max(sum, 0.1f)) - 1));
        }
        return roughness.Count >= Fewest && roughness.Order().ElementAt(roughness.Count / 2) < Smooth;
    }

    /// <summary>The median of what lies over the head, covers it, and has another colour than the hat beside it.</summary>
    private static Vector3? Under(float[] samples, bool[] hair, HairSeed[] seeds)
    {
        const float Other = 0.25f;
        Vector3 At(int i) => new(samples[3 * i], samples[(3 * i) + 1], samples[(3 * i) + 2]);
        int[] covered = [.. Enumerable.Range(0, hair.Length).Where(i => hair[i])], beside = [.. covered.Where(i => seeds[i] == HairSeed.Outside)];
        if (beside.Length < FewestSeeds) return null;
        Vector3 hat = Median(samples, beside);
        int[] under = [.. covered.Where(i => seeds[i] is HairSeed.RatherHair or HairSeed.Open && Vector3.Distance(At(i), hat) > Other)];
        return under.Length > covered.Length / 12 ? Median(samples, under) : null;
    }

    private static Vector3 Median(float[] samples, HairSeed[] seeds, HairSeed kind) => Median(samples, [.. Enumerable.Range(0, seeds.Length).Where(i => seeds[i] == kind)]);

    private static Vector3 Median(float[] samples, int[] of)
    {
        float Channel(int c) => of.Select(i => samples[(i * 3) + c]).Order().ElementAt(of.Length / 2);
        return new Vector3(Channel(0), Channel(1), Channel(2));
    }

    // Red, green, blue as eyes see them.
    private static float[] Samples(Image small)
    {
        var samples = new float[small.Pixels.Length * ColourMixture.Dimensions];
        for (int i = 0; i < small.Pixels.Length; i++)
        {
            Vector4 pixel = small.Pixels[i];
            if (pixel.W > 0) pixel /= pixel.W;
            for (int c = 0; c < 3; c++) samples[(i * ColourMixture.Dimensions) + c] = Srgb.ToByte(pixel[c]) / 255f;
        }
        return samples;
    }

    private static float[] Chosen(float[] samples, bool[] which)
    {
        var chosen = new List<float>(samples.Length);
        for (int i = 0; i < which.Length; i++)
            if (which[i]) chosen.AddRange(samples.AsSpan(i * ColourMixture.Dimensions, ColourMixture.Dimensions));
        return [.. chosen];
    }

    // exp(−difference² / (2 · mean difference²)) to each neighbour, less across the diagonal: [H, W, 4].
    private static float[] Edges(float[] samples, int width, int height)
    {
        ReadOnlySpan<(int X, int Y)> steps = [(1, 0), (0, 1), (1, 1), (-1, 1)];
        var squares = new float[width * height * 4];
        Array.Fill(squares, -1);
        double sum = 0;
        for (int y = 0; y < height; y++)
            for (int x = 0; x < width; x++)
                for (int d = 0; d < 4; d++)
                {
                    (int nx, int ny) = (x + steps[d].X, y + steps[d].Y);
                    if (nx < 0 || nx >= width || ny >= height) continue;
                    ReadOnlySpan<float> a = samples.AsSpan(((y * width) + x) * 3, 3), b = samples.AsSpan(((ny * width) + nx) * 3, 3);
                    float square = Vector3.DistanceSquared(new Vector3(a[0], a[1], a[2]), new Vector3(b[0], b[1], b[2]));
                    squares[(((y * width) + x) * 4) + d] = square;
                    sum += square;
                }
        float beta = (float)(1 / Math.Max(2 * sum / squares.Length, 1e-6));
        for (int i = 0; i < squares.Length; i++) squares[i] = squares[i] < 0 ? 0 : EdgeCost * MathF.Exp(-beta * squares[i]) / (i % 4 < 2 ? 1 : MathF.Sqrt(2));
        return squares;
    }
}

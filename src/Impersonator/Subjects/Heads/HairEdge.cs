using System.Numerics;
using Impersonator.Bodies;
using Impersonator.Imaging;

namespace Impersonator.Subjects.Heads;

/// <summary>Cuts hair's texture out where the photo shows that there is none, and frays it where it ends unseen.</summary>
internal static class HairEdge
{
    // Rows of the grid: how uneven the tips of hanging hair are, and a hairline.
    private const float Tips = 2.5f, Hairline = 0.8f;

    private const int Strand = 3, Seed = 11;

    /// <summary>Multiplies a texture's colours with how much hair there is.</summary>
    /// <param name="texture">Opaque; receives alpha.</param>
    /// <param name="shape">The shell it lies on.</param>
    /// <param name="atlas">Texture layout.</param>
    /// <param name="posed">The hair as it stands in the photo.</param>
    /// <param name="wearer">The body that wears it.</param>
    /// <param name="mask">Which pixels are hair.</param>
    public static void Cut(Image texture, HairShape shape, Atlas atlas, PosedBody posed, PosedBody wearer, HairMask mask)
    {
        float[] frays = Frays(atlas.Side);
        Vector3 eye = posed.Camera.Position;
        Parallel.For(0, atlas.Side, y =>
        {
            for (int x = 0; x < atlas.Side; x++)
            {
                int t = atlas.TriangleAt(x, y);
                if (t < 0)
                {
                    texture[x, y] = Vector4.Zero;
                    continue;
                }
                Vector3 weights = atlas.WeightsAt(x, y, t), place = atlas.Interpolate(posed.Positions, t, weights), normal = atlas.Interpolate(posed.Normals, t, weights);
                float facing = -Vector3.Dot(Vector3.Normalize(normal), Vector3.Normalize(place - eye));
                Vector3 at = wearer.Project(place);
                float share = mask.ShareAt(place);
                float known = wearer.DepthAt(at.X, at.Y) < at.Z - 0.03f || (share < 0.5f && IsNearArm(wearer, at)) ? 0 : TextureProjection.SmoothStep(0.15f, 0.4f, facing);
                float column = (x + 0.5f) / atlas.Side * HairShell.Around, row = (y + 0.5f) / atlas.Side * (shape.Rows - 1), end = shape.EndAt(column);
                // Where ends run up steeply, as along a face, uneven tips would be teeth.
                float steep = 1 / (1 + MathF.Abs(shape.EndAt(column + 0.5f) - shape.EndAt(column - 0.5f)));
                float fray = mask.IsHat ? 0 : steep * frays[x] * (Hairline + ((Tips - Hairline) * TextureProjection.SmoothStep(shape.Rim + 8, shape.Rim + 18, end)));
                float unseen = TextureProjection.SmoothStep(fray - 0.15f, fray + 0.15f, end - row), seen = TextureProjection.SmoothStep(0.35f, 0.65f, share);
                texture[x, y] *= unseen + ((seen - unseen) * known);
            }
        });
    }

    /// <summary>Whether an arm or hand may be before a place of the photo; they are not always where the body has them.</summary>
    /// <param name="wearer">The body.</param>
    /// <param name="at">Working pixel and depth.</param>
    public static bool IsNearArm(PosedBody wearer, Vector3 at)
    {
        const float Metres = 0.04f;
        float radius = Metres * wearer.Camera.FocalLength / at.Z;
        for (int k = 0; k <= 8; k++)
        {
            (float sin, float cos) = MathF.SinCos(MathF.PI * k / 4);
            float away = k == 8 ? 0 : radius;
            if (wearer.PartAt((int)(at.X + (away * cos)), (int)(at.Y + (away * sin))) is >= BodyPart.LeftLowerArm and <= BodyPart.RightHand) return true;
        }
        return false;
    }

    /// <summary>[S] how much shorter the strands of each column are, [0, 1].</summary>
    private static float[] Frays(int side)
    {
        var random = new Random(Seed);
        float[] strands = [.. Enumerable.Range(0, side / Strand).Select(_ => random.NextSingle())];
        return [.. Enumerable.Range(0, side).Select(x => 0.7f * strands[Math.Min(x / Strand, strands.Length - 1)] + (0.3f * strands[Math.Min(x / (4 * Strand), strands.Length - 1)]))];
    }
}

using System.Numerics;
using Impersonator.Bodies;
using Impersonator.Motions;

namespace Impersonator.Training.Synthesis;

/// <summary>Makes a pack of nothing but the library itself: shapes from phenotypes, poses from the motion library, noise for places.</summary>
internal static class ProceduralPack
{
    private const int People = 60, Pictures = 3, PictureSize = 64, PosesPerMotion = 6;

    /// <summary>Makes it.</summary>
    public static PeoplePack Create()
    {
        PeoplePack pack = Unprepared();
        pack.Prepare();
        return pack;
    }

    /// <summary>Makes it, ready to be saved.</summary>
    internal static PeoplePack Unprepared()
    {
        var dice = new Dice(33);
        BodyModel model = BodyModel.Default;
        var shapes = new List<float>();
        var traits = new List<Traits>();
        for (int n = 0; n < People; n++)
        {
            var who = new Phenotype(dice.Chance(0.5f) ? dice.Range(0.85f, 1) : dice.Range(0, 0.15f), dice.Range(12, 80), dice.Unit(), dice.Unit(), dice.Unit(), dice.Unit());
            Shape shape = model.ShapeOf(who);
            shapes.AddRange(Enumerable.Range(0, model.Components.Length).Select(k => Math.Clamp((k < shape.Coefficients.Length ? shape.Coefficients[k] : 0) + dice.Normal(0.4f), -3, 3)));
            traits.Add(new Traits(who.Gender, who.Age, who.Weight));
        }
        return new PeoplePack
        {
            People = [.. shapes],
            Traits = [.. traits],
            BystanderCount = 8,
            Backdrops = [.. Enumerable.Range(0, Pictures).Select(_ => Noise(dice))],
            Panoramas = [new Panorama(Noise(dice))],
            Fabrics = [.. Enumerable.Range(0, Pictures).Select(_ => Noise(dice))],
            Poses = PackPoses.Of(MotionLibrary.Names.Select(MotionLibrary.Create), PosesPerMotion, dice),
        };
    }

    /// <summary>Smooth blots of a few colours.</summary>
    private static PackTexture Noise(Dice dice)
    {
        var rgba = new byte[PictureSize * PictureSize * 4];
        (Vector3 one, Vector3 other) = (dice.Colour(0, 0.7f, 0.1f, 0.9f), dice.Colour(0, 0.7f, 0.1f, 0.9f));
        Vector3 a = dice.NormalVector(0.2f), b = dice.NormalVector(0.4f);
        for (int y = 0; y < PictureSize; y++)
            for (int x = 0; x < PictureSize; x++)
            {
                float share = 0.5f + (0.5f * MathF.Sin((a.X * x) + (a.Y * y) + (3 * MathF.Sin((b.X * x) + (b.Y * y) + b.Z))));
                Vector3 colour = Vector3.Lerp(one, other, share) * 255;
                int at = ((y * PictureSize) + x) * 4;
                (rgba[at], rgba[at + 1], rgba[at + 2], rgba[at + 3]) = ((byte)colour.X, (byte)colour.Y, (byte)colour.Z, 255);
            }
        return PackTexture.From(PictureSize, PictureSize, rgba, alpha: false, 75);
    }
}

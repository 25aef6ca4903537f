using System.Numerics;
using Impersonator.Imaging;
using Impersonator.Recovery;
using Impersonator.Rendering;

namespace Impersonator.Training.Synthesis.Pairs;

/// <summary>A painted figure photographed before a backdrop, as subjects are made of it. Arrays are kept and reused.</summary>
internal sealed class PaintedPhoto
{
    /// <summary>Pixels a side.</summary>
    public const int Side = PairPainter.PhotoSide;

    private readonly Vector3[] _behind = new Vector3[Side * Side];
    private readonly byte[] _rgb = new byte[3 * Side * Side];

    /// <summary>The figure alone.</summary>
    public PaintedFigure Figure { get; } = new(Side);

    /// <summary>Takes a photo of a stage's figure.</summary>
    /// <returns>The photo's camera, and the true person in it.</returns>
    public (Camera Camera, Person Truth) Take(PairStage stage, PairAim aim, FigurePose pose)
    {
        stage.Take(pose);
        Camera camera = aim.Photo(stage.Figure, Side);
        stage.Light(camera, _behind);
        stage.Draw(camera, Figure);
        for (int i = 0; i < _behind.Length; i++)
            if (Figure.Cover[i] != 0) _behind[i] = (_behind[i] * (1 - Figure.Cover[i])) + Figure.Colour[i];
        PersonPainter.Develop(_behind, _rgb);
        return (camera, TruePerson.Of(stage.Figure, pose, camera));
    }

    /// <summary>The picture, linear light.</summary>
    public Photo ToPhoto()
    {
        var picture = new Image(Side, Side);
        for (int i = 0; i < picture.Pixels.Length; i++) picture.Pixels[i] = new Vector4(Srgb.ToLinear(_rgb[3 * i]), Srgb.ToLinear(_rgb[(3 * i) + 1]), Srgb.ToLinear(_rgb[(3 * i) + 2]), 1);
        return new Photo("painted", picture);
    }
}

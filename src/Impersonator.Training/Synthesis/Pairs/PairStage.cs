using System.Numerics;
using Impersonator.Rendering;

namespace Impersonator.Training.Synthesis.Pairs;

/// <summary>A dressed figure under one light, drawn in any pose by any camera. The pelvis is its world's origin.</summary>
internal sealed class PairStage
{
    private readonly Dice _dice;
    private readonly bool _isLit;
    private readonly Lighting _lighting;
    private readonly Shader _shader;
    private readonly Raster _raster = new();
    private readonly View _view = new();
    private readonly Backdrop _backdrop;

    /// <summary>Prepares a stage.</summary>
    /// <param name="pack">What is drawn.</param>
    /// <param name="dice">Chooses.</param>
    /// <param name="litAs">Another stage whose light is this one's, too; null = its own.</param>
    public PairStage(PeoplePack pack, Dice dice, PairStage? litAs = null)
    {
        (_dice, _isLit, _lighting) = (dice, litAs is not null, litAs?._lighting ?? new Lighting());
        Figure = new Figure(pack, dice);
        Poses = new PoseMaker(Figure.Body, pack, dice);
        (_shader, _backdrop) = (new Shader(_lighting), new Backdrop(pack, dice));
    }

    /// <summary>Who is drawn.</summary>
    public Figure Figure { get; }

    /// <summary>Poses for it.</summary>
    public PoseMaker Poses { get; }

    /// <summary>Takes a pose; joints, scattered skin and shoes are known from then on.</summary>
    public void Take(FigurePose pose) => Figure.Take(pose, Vector3.Zero, furnish: false);

    /// <summary>Paints what is behind the figure as it stands, and chooses a light that suits it unless another stage's is taken.</summary>
    /// <param name="camera">The photo's.</param>
    /// <param name="behind">[S, S] receives the backdrop, linear.</param>
    public void Light(Camera camera, Vector3[] behind)
    {
        _view.Take(camera);
        _backdrop.Paint(behind, camera.Width, _view, Figure.Lowest());
        if (_isLit) return;
        _lighting.Suit(_backdrop, behind, camera.Width, _view, _dice);
        if (_dice.Chance(0.03f)) _lighting.ComeFromBehind(_dice, _view);
    }

    /// <summary>Draws the figure as it stands.</summary>
    /// <param name="camera">A square picture's, of <paramref name="into"/>'s size.</param>
    /// <param name="into">Receives it.</param>
    public void Draw(Camera camera, PaintedFigure into)
    {
        _view.Take(camera);
        Figure.Bend(coarse: _view.Shift.Length() / _view.Focal > 0.6f * TriangleSet.CoarseCell);
        foreach (FigureMesh mesh in Figure.Meshes) mesh.Finish(_view, 2);
        _raster.Clear(2 * into.Size, 2 * into.Size);
        for (int m = 0; m < Figure.Meshes.Count; m++) _raster.Draw(Figure.Meshes[m], m);
        _lighting.CastShadows(Figure.Meshes);
        _shader.Shade(_raster, Figure.Meshes, _view, into.Sample, into.Colour, into.Cover);
        into.Develop();
    }
}

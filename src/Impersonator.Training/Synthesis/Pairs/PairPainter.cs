using System.Numerics;
using Impersonator.Bodies;
using Impersonator.Imaging;
using Impersonator.Recovery;
using Impersonator.Rendering;
using Impersonator.Subjects;
using Impersonator.Synthesis.Generation;

namespace Impersonator.Training.Synthesis.Pairs;

/// <summary>Paints one person in a photo and in other frames, with what the generator is told of each. One painter per thread; the pack is shared.</summary>
/// <remarks>
/// The person performs before one camera in one light. The subject is the product's own, made from the photo with a body that is as wrong as the
/// fit's bodies are; frames show that subject in the true pose, the truth is the painted figure.
/// </remarks>
public sealed class PairPainter
{
    /// <summary>Pixels a side of the photo.</summary>
    public const int PhotoSide = 384;

    private const int Tries = 8;

    /// <summary>Coarser than the product: a texel is still smaller than a pixel.</summary>
    private static readonly PersonalizerOptions Coarse = new() { TextureSide = 384, SkirtTextureSide = 256, HairTextureSide = 192, ClothSide = 88, SkirtClothSide = 112 };

    private readonly Dice _dice = new(0);
    private readonly PairStage _stage;
    private readonly PairAim _aim;
    private readonly FitErrors _errors;
    private readonly PaintedPhoto _photo = new();
    private readonly PaintedFigure _truth = new(PairSample.Side);
    private readonly SourceMaps _source = new();
    private readonly FrameMaps _frame = new();
    private readonly FigurePose _photoPose = new();
    private Camera? _photoCamera;

    /// <summary>Prepares a painter.</summary>
    public PairPainter(PeoplePack pack)
    {
        ArgumentNullException.ThrowIfNull(pack);
        _stage = new PairStage(pack, _dice);
        (_aim, _errors) = (new PairAim(_dice), new FitErrors(_dice));
    }

    /// <summary>The subject that was made of the last photo.</summary>
    internal Subject? Subject { get; private set; }

    /// <summary>How wrong the body in the photo is: null draws it, 0 is the truth, 1 is as wrong as the fit.</summary>
    internal float? Wrongness { get; init; }

    /// <summary>Paints one photo and its frames.</summary>
    /// <param name="seed">Of every random choice: the same seed gives the same bytes, whatever was painted before.</param>
    /// <param name="into">Receives them.</param>
    /// <returns>False where nobody shows: the seed is of no use, and what <paramref name="into"/> holds means nothing.</returns>
    public bool Paint(long seed, PairSample into)
    {
        ArgumentNullException.ThrowIfNull(into);
        _dice.Restart((seed * 2) ^ 0x70A1_25ED_0000);
        _stage.Figure.Dress(Owner.Person);
        FigurePose pose = _stage.Poses.MakeForPhoto();
        _aim.Choose();
        float around = _aim.Face(pose, Math.Clamp(_dice.Normal(0.5f), -0.9f, 0.9f));
        pose.Local.CopyTo(_photoPose.Local, 0);
        (_photoCamera, Person person) = _photo.Take(_stage, _aim, pose);
        if (!_photo.Figure.Shows) return false;
        Subject = MakeSubject(person);
        if (Subject.Source is null) return false;
        _source.Fill(Subject);
        _source.Photo.CopyTo(into.Photo, 0);
        for (int t = 0; t < into.Targets; t++)
            if (!Target(into, t, around)) return false;
        return true;
    }

    /// <summary>Draws the figure as it stood in the last photo, in the photo's working square.</summary>
    internal void DrawPhoto(PaintedFigure into)
    {
        (Camera crop, Camera whole) = (Subject!.Source!.Camera, Subject.Person.Camera);
        float scale = crop.FocalLength / whole.FocalLength;
        Vector2 corner = whole.PrincipalPoint - (crop.PrincipalPoint / scale);
        _stage.Take(_photoPose);
        _stage.Draw(new WorkingSquare(corner.X, corner.Y, crop.Width / scale).Crop(_photoCamera!, into.Size), into);
    }

    private Subject MakeSubject(Person person)
    {
        Photo photo = _photo.ToPhoto();
        Person wrong = _errors.Of(person, Wrongness ?? (_dice.Below(3) / 2f));
        Matte matte = TrueMatte.Of(_photo.Figure.Sample.Alpha, PhotoSide, _dice);
        return Personalizer.Create(photo, wrong, BodyModel.Default, matte, photo.Image, Coarse);
    }

    private bool Target(PairSample into, int t, float around)
    {
        for (int n = 0; n < Tries; n++)
        {
            FigurePose pose = _stage.Poses.MakeForFrame();
            float away = _dice.Unit() switch { < 0.3f => _dice.Range(0, 60), < 0.65f => _dice.Range(60, 120), _ => _dice.Range(120, 180) };
            float now = _aim.Face(pose, around + (_dice.Sign() * away * MathF.PI / 180));
            _stage.Take(pose);
            Camera camera = _aim.Frame(_stage.Figure);
            WorkingSquare square = _frame.DrawAround(_source, TruePerson.In(Subject!.Body, _stage.Figure, pose, camera), camera);
            if (square.IsEmpty) continue;
            _stage.Draw(square.Crop(camera, PairSample.Side), _truth);
            if (!_truth.Shows) continue;
            _frame.Frame.CopyTo(into.Frame[t], 0);
            _frame.Flow.CopyTo(into.Flow[t], 0);
            _truth.WriteTo(into.Truth[t]);
            _truth.WriteHead(into.Face[t]);
            into.Yaw[t] = MathF.Abs(PairAim.Between(around, now)) * 180 / MathF.PI;
            return true;
        }
        return false;
    }
}

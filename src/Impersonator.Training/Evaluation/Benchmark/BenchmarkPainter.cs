using System.Numerics;
using Impersonator.Bodies;
using Impersonator.Imaging;
using Impersonator.Recovery;
using Impersonator.Rendering;
using Impersonator.Subjects;
using Impersonator.Synthesis;
using Impersonator.Synthesis.Generation;
using Impersonator.Training.Evaluation.Pictures;
using Impersonator.Training.Synthesis;
using Impersonator.Training.Synthesis.Pairs;

namespace Impersonator.Training.Evaluation.Benchmark;

/// <summary>Paints people in photos, and in all that the benchmark's tasks ask for. One painter per thread; the pack is shared.</summary>
/// <remarks>
/// As <see cref="PairPainter"/> paints for training, but each target is chosen for its task, and the body in the photo is either the true one or the one
/// that is really found in it. Poses of targets are true in both cases: what is measured is the drawing, not the motion.
/// </remarks>
internal sealed class BenchmarkPainter
{
    /// <summary>Names of the tasks.</summary>
    public const string SelfImitation = "Self-imitation", CrossImitation = "Cross-imitation", AppearanceTransfer = "Appearance transfer", NovelView = "Novel view";

    private const int Side = PairSample.Side;
    private const int PerThird = 2, CrossFrames = 4, TransferFrames = 4, Tries = 8;
    private const float MomentDegrees = 4;
    private const long GiverSalt = 0x61E5_0000_0000, DriverSalt = 0x0D21_7E00_0000, TaskSalt = 0x7A5C_0000_0000;

    private readonly BodyEstimate? _estimate;
    private readonly Dice _dice = new(0);
    private readonly PairStage _stage, _other;
    private readonly PairAim _aim;
    private readonly PaintedPhoto _photo = new();
    private readonly PaintedFigure _truth = new(Side);
    private readonly byte[] _planes = new byte[PairSample.TruthChannels * Side * Side];
    private readonly SourceMaps _source = new();
    private readonly FrameMaps _frame = new();
    private readonly FigurePose _pose = new();

    /// <summary>Prepares a painter.</summary>
    /// <param name="pack">What people are painted from.</param>
    /// <param name="estimate">Finds bodies and mattes; null = they are the true ones.</param>
    public BenchmarkPainter(PeoplePack pack, BodyEstimate? estimate)
    {
        _estimate = estimate;
        (_stage, _aim) = (new PairStage(pack, _dice), new PairAim(_dice));
        _other = new PairStage(pack, _dice, litAs: _stage);
    }

    /// <summary>How finely subjects are made; the product's way unless a test wants it fast.</summary>
    internal PersonalizerOptions Fineness { get; init; } = new();

    /// <summary>Views all around; a test needs fewer.</summary>
    internal int Views { get; init; } = 8;

    /// <summary>The tasks of one person, to be read in order; the frames of a task are the same whether or not those of others were read.</summary>
    /// <param name="seed">Of the person and everything else.</param>
    /// <returns>None where the photo shows nobody.</returns>
    /// <exception cref="Files.InputException">No body was found in the photo.</exception>
    public IEnumerable<BenchmarkTask> Tasks(long seed)
    {
        _dice.Restart(seed * 2);
        _stage.Figure.Dress(Owner.Person);
        FigurePose pose = _stage.Poses.MakeForPhoto();
        _aim.Choose();
        float around = _aim.Face(pose, Math.Clamp(_dice.Normal(0.5f), -0.9f, 0.9f));
        (Camera camera, Person truth) = _photo.Take(_stage, _aim, pose);
        if (!_photo.Figure.Shows) yield break;
        Array.Copy(pose.Local, _pose.Local, pose.Local.Length);
        Subject subject = MakeSubject(truth);
        if (subject.Source is null) yield break;
        _source.Fill(subject);
        yield return new BenchmarkTask(SelfImitation, _source.Photo, Performed(seed, around, subject));
        yield return new BenchmarkTask(CrossImitation, _source.Photo, Imitated(seed, subject));
        yield return new BenchmarkTask(NovelView, _source.Photo, Seen(camera, subject));
        if (Dressed(seed, subject) is not { Source: not null } dressed) yield break;
        _source.Fill(dressed);
        yield return new BenchmarkTask(AppearanceTransfer, _source.Photo, Worn(seed, around, dressed));
    }

    /// <summary>The same person in other poses, as often from each third of half a turn.</summary>
    private IEnumerable<BenchmarkFrame> Performed(long seed, float around, Subject subject)
    {
        for (int n = 0; n < 3 * PerThird; n++)
        {
            int third = n % 3;
            if (Performance(seed, n, around, (60 * third, 60 * (third + 1)), subject) is { } frame) yield return frame;
        }
    }

    /// <summary>In another's clothes in other poses.</summary>
    private IEnumerable<BenchmarkFrame> Worn(long seed, float around, Subject subject)
    {
        for (int n = 0; n < TransferFrames; n++)
            if (Performance(seed, 100 + n, around, (0, 180), subject) is { } frame) yield return frame;
    }

    private BenchmarkFrame? Performance(long seed, int number, float around, (float Least, float Most) away, Subject subject)
    {
        _dice.Restart((seed * 2) ^ (TaskSalt + number));
        for (int n = 0; n < Tries; n++)
        {
            FigurePose pose = _stage.Poses.MakeForFrame();
            float now = _aim.Face(pose, around + (_dice.Sign() * _dice.Range(away.Least, away.Most) * MathF.PI / 180));
            // Who lies cannot be seen from every side.
            float turned = MathF.Abs(PairAim.Between(around, now)) * 180 / MathF.PI;
            if (turned < away.Least || turned > away.Most) continue;
            _stage.Take(pose);
            Camera camera = _aim.Frame(_stage.Figure);
            if (Draw(TruePerson.In(subject.Body, _stage.Figure, pose, camera), camera, ViewAngle.ThirdOf(turned)) is { } frame) return frame;
        }
        return null;
    }

    /// <summary>In poses and before cameras of somebody else's performance: rotations are taken as they are, whoever stands keeps standing on the ground.</summary>
    private IEnumerable<BenchmarkFrame> Imitated(long seed, Subject subject)
    {
        _dice.Restart((seed * 2) ^ DriverSalt);
        _other.Figure.Dress(Owner.Person);
        for (int n = 0; n < CrossFrames; n++)
        {
            _dice.Restart((seed * 2) ^ (DriverSalt + 1 + n));
            for (int t = 0; t < Tries; t++)
            {
                FigurePose pose = _other.Poses.MakeForFrame();
                _aim.Face(pose, _dice.Range(-MathF.PI, MathF.PI));
                _other.Take(pose);
                Camera driver = _aim.Frame(_other.Figure);
                _stage.Take(pose);
                // The stage's figures keep their pelvis at the origin: the camera moves instead.
                var root = new Vector3(0, _other.Figure.Lowest() - _stage.Figure.Lowest(), 0);
                Camera camera = driver with { Translation = driver.Translation + Vector3.Transform(root, driver.Rotation) };
                if (Draw(TruePerson.In(subject.Body, _stage.Figure, pose, camera), camera, "all") is not { } frame) continue;
                yield return frame;
                break;
            }
        }
    }

    /// <summary>As in the photo, from all around; each view once more a moment later.</summary>
    private IEnumerable<BenchmarkFrame> Seen(Camera photo, Subject subject)
    {
        Person person = subject.Person;
        _stage.Take(_pose);
        for (int k = 0; k < Views; k++)
        {
            string group = FormattableString.Invariant($"{k * 360 / Views}°");
            if (View(k * 2 * MathF.PI / Views, null) is not { } frame) continue;
            yield return frame.Frame with { Group = group };
            if (View((k * 2 * MathF.PI / Views) + (MomentDegrees * MathF.PI / 180), frame.Square) is { } after) yield return after.Frame with { Group = group, Follows = true };
        }

        (BenchmarkFrame Frame, WorkingSquare Square)? View(float angle, WorkingSquare? same)
        {
            Camera camera = CameraPath.Orbit(photo, Vector3.Zero, angle), found = CameraPath.Orbit(person.Camera, person.Pose.Root, angle);
            WorkingSquare square = same ?? _frame.DrawAround(_source, person.Pose, found);
            if (square.IsEmpty) return null;
            if (same is not null) _frame.Draw(_source, person.Pose, square.Crop(found, Side));
            return Truth(camera, square) is { } truth ? (new BenchmarkFrame("", _frame.Frame, _frame.Flow, truth), square) : null;
        }
    }

    private BenchmarkFrame? Draw(Pose pose, Camera camera, string group)
    {
        WorkingSquare square = _frame.DrawAround(_source, pose, camera);
        if (square.IsEmpty || Truth(camera, square) is not { } truth) return null;
        return new BenchmarkFrame(group, _frame.Frame, _frame.Flow, truth);
    }

    private ComparedPicture? Truth(Camera camera, WorkingSquare square)
    {
        _stage.Draw(square.Crop(camera, Side), _truth);
        if (!_truth.Shows) return null;
        _truth.WriteTo(_planes);
        return ComparedPicture.OfPlanes(_planes, Side);
    }

    /// <summary>The subject in the clothes of somebody else, who is photographed in the same light; the painted figure puts them on, too.</summary>
    private Subject? Dressed(long seed, Subject subject)
    {
        _dice.Restart((seed * 2) ^ GiverSalt);
        _other.Figure.Dress(Owner.Person);
        FigurePose pose = _other.Poses.MakeForPhoto();
        _aim.Face(pose, Math.Clamp(_dice.Normal(0.5f), -0.9f, 0.9f));
        (_, Person truth) = _photo.Take(_other, _aim, pose);
        if (!_photo.Figure.Shows) return null;
        Subject dressed = subject.Wearing(MakeSubject(truth), WearParts.All);
        _stage.Figure.PutOnClothesOf(_other.Figure);
        return dressed;
    }

    private Subject MakeSubject(Person truth)
    {
        Photo photo = _photo.ToPhoto();
        (Person person, Matte matte) = _estimate?.Invoke(photo) ?? (truth, TrueMatte());
        return Personalizer.Create(photo, person, BodyModel.Default, matte, photo.Image, Fineness);
    }

    private Matte TrueMatte()
    {
        var matte = new Matte(PaintedPhoto.Side, PaintedPhoto.Side);
        for (int i = 0; i < matte.Values.Length; i++) matte.Values[i] = _photo.Figure.Sample.Alpha[i] / 255f;
        return matte;
    }
}

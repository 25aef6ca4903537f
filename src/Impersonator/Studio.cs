using System.Numerics;
using Impersonator.Bodies;
using Impersonator.Files;
using Impersonator.Imaging;
using Impersonator.Motions;
using Impersonator.Networks;
using Impersonator.Recovery;
using Impersonator.Recovery.Capture;
using Impersonator.Subjects;
using Impersonator.Subjects.Backgrounds;
using Impersonator.Subjects.Matting;
using Impersonator.Synthesis;
using Impersonator.Synthesis.LiquidWarping;
using Impersonator.Videos;

namespace Impersonator;

/// <summary>The front door: from a photo to a person, a subject, and pictures and videos of it.</summary>
/// <remarks>Holds the models; safe to use from several threads. Named so, and not after the product, because a type of its namespace's name could not be used from outside.</remarks>
public sealed class Studio
{
    private readonly IPersonMatting _matting;

    private readonly Lazy<PersonRecovery> _recovery;

    private Studio(BodyModel model, IPersonMatting matting, Weights? weights)
    {
        (Model, _matting) = (model, matting);
        _recovery = new(() => new PersonRecovery(model, weights ?? Weights.ReadShipped(PersonRecovery.Network)));
    }

    /// <summary>The body model in use.</summary>
    public BodyModel Model { get; }

    /// <summary>Opens a studio with the models that ship, or with others.</summary>
    /// <param name="model">Body model; null takes the shipped one.</param>
    /// <param name="matting">What cuts people out; null takes the shipped one.</param>
    /// <param name="weights">Of <see cref="PersonNet"/>; null takes the shipped ones, read when first needed.</param>
    public static Studio Open(BodyModel? model = null, IPersonMatting? matting = null, Weights? weights = null) => new(model ?? BodyModel.Default, matting ?? new BodySeededMatting(), weights);

    /// <summary>Finds the body in a photo.</summary>
    /// <param name="photo">The photo.</param>
    /// <param name="person">Which of several people, from 0, largest first; null takes the largest.</param>
    /// <param name="cancellationToken">Stops between looks and steps.</param>
    /// <exception cref="InputException">Nobody is in it, the person is too small, or this library was built without PersonNet.</exception>
    public FitResult Recover(Photo photo, int? person = null, CancellationToken cancellationToken = default) => _recovery.Value.Recover(photo, person, cancellationToken);

    /// <summary>The people in a photo, largest first; none if nobody is there.</summary>
    /// <exception cref="InputException">This library was built without PersonNet.</exception>
    public IReadOnlyList<PersonLook> FindPeople(Photo photo, CancellationToken cancellationToken = default) => _recovery.Value.Finder.FindAll(photo, token: cancellationToken);

    /// <summary>Fits a body to one of <see cref="FindPeople"/>.</summary>
    /// <exception cref="InputException">Too little of the person shows.</exception>
    public FitResult Recover(Photo photo, PersonLook look, CancellationToken cancellationToken = default) => _recovery.Value.Fit(photo, look, cancellationToken);

    /// <summary>Finds the body in a photo from keypoints.</summary>
    /// <exception cref="InputException">The keypoints do not show enough of a body.</exception>
    public FitResult Recover(Photo photo, Keypoints keypoints, CancellationToken cancellationToken = default) => BodyFit.Fit(Model, photo, keypoints, null, cancellationToken);

    /// <summary>Takes a person's motion from a video whose camera stays in its place.</summary>
    /// <param name="path">A video file, or a folder of frames.</param>
    /// <param name="options">Who and which part; null = the largest person, all of it.</param>
    /// <param name="progress">Told of each frame.</param>
    /// <param name="cancellationToken">Stops between frames.</param>
    /// <exception cref="InputException">It cannot be read, has fewer than two frames, or shows nobody; or this library was built without PersonNet.</exception>
    public CapturedMotion CaptureMotion(string path, CaptureOptions? options = null, IProgress<StageProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        using VideoReader video = VideoReader.Open(path);
        return new MotionCapture(_recovery.Value).Watch(Path.GetFileName(Path.TrimEndingDirectorySeparator(path)), video.ReadFrames(cancellationToken), video.FrameRate, video.FrameCount, options, progress, cancellationToken);
    }

    /// <summary>Makes a person ready to move: clothed geometry, texture, background.</summary>
    /// <param name="photo">The photo.</param>
    /// <param name="person">Found in it by <see cref="Recover(Photo, int?, CancellationToken)"/>.</param>
    /// <param name="options">A matte or background of one's own.</param>
    /// <param name="progress">Told of each stage.</param>
    /// <param name="cancellationToken">Stops between stages.</param>
    /// <exception cref="InputException">The matte has another size than the photo, or shows nobody.</exception>
    public Subject Personalize(Photo photo, Person person, PersonalizeOptions? options = null, IProgress<StageProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(photo);
        ArgumentNullException.ThrowIfNull(person);
        options ??= new PersonalizeOptions();
        if (options.Matte is { } given && (given.Width != photo.Width || given.Height != photo.Height))
            throw new InputException($"The matte is {given.Width}x{given.Height}, {photo.Name} is {photo.Width}x{photo.Height}; give a matte of the photo's size.");
        const int Stages = 3;
        progress?.Report(new StageProgress("Personalizing", 0, Stages));
        (photo, person, Matte? own) = AtWorkingSize(photo, person, options.Matte);
        Matte matte = own ?? FindMatte(photo, person, cancellationToken);
        if (matte.Values.Count(a => a > 0.5f) < 200) throw new InputException($"{photo.Name}: the matte shows nobody; give another with --matte.");
        progress?.Report(new StageProgress("Personalizing", 1, Stages));
        Image background = options.Background is { } behind ? Covering(behind, photo.Width, photo.Height)
            : photo.HasAlpha ? Opaque(photo.Image) : BackgroundFill.Fill(photo.Image, matte, options.Seed, cancellationToken);
        progress?.Report(new StageProgress("Personalizing", 2, Stages));
        Subject subject = Personalizer.Create(photo, person, Model, matte, background, cancellationToken);
        progress?.Report(new StageProgress("Personalizing", Stages, Stages));
        return subject;
    }

    /// <summary>The person alone, cut out of a photo: its own colours, transparent elsewhere.</summary>
    /// <param name="photo">The photo.</param>
    /// <param name="person">Found in it by <see cref="Recover(Photo, int?, CancellationToken)"/>.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <returns>Of the photo's shape, at most <see cref="Personalizer.WorkingSide"/> pixels on its longer side.</returns>
    public Image CutOut(Photo photo, Person person, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(photo);
        ArgumentNullException.ThrowIfNull(person);
        (photo, person, _) = AtWorkingSize(photo, person, null);
        Matte matte = FindMatte(photo, person, cancellationToken);
        Image cut = ForegroundColours.Spread(photo.Image, matte, Math.Max(1, Math.Max(photo.Width, photo.Height) / 400));
        for (int i = 0; i < cut.Pixels.Length; i++)
        {
            // Where the person is for sure the photo itself shows, else the colours of what is near and sure.
            Vector4 colour = matte.Values[i] > 0.985f ? photo.Image.Pixels[i] / MathF.Max(photo.Image.Pixels[i].W, 0.01f) : cut.Pixels[i];
            cut.Pixels[i] = colour * matte.Values[i];
        }
        return cut;
    }

    /// <summary>Which pixels of a photo are the person.</summary>
    /// <param name="photo">The photo.</param>
    /// <param name="person">Found in it.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <returns>A matte of the photo's size.</returns>
    public Matte FindMatte(Photo photo, Person person, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(photo);
        ArgumentNullException.ThrowIfNull(person);
        if (photo.HasAlpha) return MatteReader.OfAlpha(photo.Image);
        PersonLook? look = person.Look is { } seen ? _recovery.Value.Finder.WithFineMatte(photo, seen, cancellationToken) : null;
        return _matting.Segment(photo, () => BodyCoverage.Of(Model, person), person.Keypoints, look, cancellationToken);
    }

    private static (Photo Photo, Person Person, Matte? Matte) AtWorkingSize(Photo photo, Person person, Matte? matte)
    {
        float scale = MathF.Min(1, (float)Personalizer.WorkingSide / Math.Max(photo.Width, photo.Height));
        if (scale >= 1) return (photo, person, matte);
        (int width, int height) = ((int)MathF.Round(photo.Width * scale), (int)MathF.Round(photo.Height * scale));
        return (photo with { Image = photo.Image.Resize(width, height), FocalLength = photo.FocalLength * scale }, person.Scaled(width, height), matte?.Resize(width, height));
    }

    /// <summary>Writes a video of a subject performing a motion; the kind of file follows from the path's ending.</summary>
    /// <param name="subject">Made by <see cref="Personalize"/>.</param>
    /// <param name="motion">From the library or a file.</param>
    /// <param name="path">Ends in .mp4, .webm, .gif or .webp; else a folder for .png frames.</param>
    /// <param name="options">Size, rate, length, camera.</param>
    /// <param name="progress">Told of each frame.</param>
    /// <param name="cancellationToken">Stops between frames; nothing is left behind.</param>
    /// <exception cref="InputException">An option is out of range, or the file cannot be written.</exception>
    public void Animate(Subject subject, Motion motion, string path, ShotOptions? options = null, IProgress<StageProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        using var shot = new Shot(subject, motion, options, cancellationToken);
        Animate(shot, path, progress, cancellationToken);
    }

    /// <summary>Writes a video of a shot; the kind of file follows from the path's ending.</summary>
    /// <param name="shot">What to film.</param>
    /// <param name="path">Ends in .mp4, .webm, .gif or .webp; else a folder for .png frames.</param>
    /// <param name="progress">Told of each frame.</param>
    /// <param name="cancellationToken">Stops between frames; nothing is left behind.</param>
    /// <exception cref="InputException">The file cannot be written.</exception>
    public void Animate(Shot shot, string path, IProgress<StageProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(shot);
        Write(VideoWriter.Create(path, shot.Width, shot.Height, shot.FramesPerSecond), shot.RenderAll(cancellationToken), shot.FrameCount, progress);
    }

    /// <summary>Writes a video of a shot that a published generator draws; the kind of file follows from the path's ending.</summary>
    /// <param name="shot">What to film.</param>
    /// <param name="path">Ends in .mp4, .webm, .gif or .webp; else a folder for .png frames.</param>
    /// <param name="progress">Told of each frame.</param>
    /// <param name="cancellationToken">Stops between frames; nothing is left behind.</param>
    /// <exception cref="InputException">The file cannot be written.</exception>
    public static void Animate(WarpedShot shot, string path, IProgress<StageProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(shot);
        Write(VideoWriter.Create(path, shot.Width, shot.Height, shot.FramesPerSecond), Frames(), shot.FrameCount, progress);

        IEnumerable<Frame> Frames()
        {
            for (int i = 0; i < shot.FrameCount; i++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return shot.Render(i);
            }
        }
    }

    private static void Write(VideoWriter video, IEnumerable<Frame> frames, int count, IProgress<StageProgress>? progress)
    {
        using VideoWriter writer = video;
        int done = 0;
        foreach (Frame frame in frames)
        {
            writer.Write(frame);
            progress?.Report(new StageProgress("Rendering", ++done, count));
        }
        writer.Complete();
    }

    /// <summary>Scaled and cropped in the middle so that it fills the picture.</summary>
    internal static Image Covering(Image image, int width, int height)
    {
        float scale = MathF.Max((float)width / image.Width, (float)height / image.Height);
        int wide = Math.Max(width, (int)MathF.Round(image.Width * scale)), high = Math.Max(height, (int)MathF.Round(image.Height * scale));
        return Opaque(image.Resize(wide, high).Crop((wide - width) / 2, (high - height) / 2, width, height));
    }

    /// <summary>Over white.</summary>
    private static Image Opaque(Image image)
    {
        var opaque = new Image(image.Width, image.Height);
        for (int i = 0; i < opaque.Pixels.Length; i++) opaque.Pixels[i] = image.Pixels[i] + (Vector4.One * (1 - image.Pixels[i].W));
        return opaque;
    }
}

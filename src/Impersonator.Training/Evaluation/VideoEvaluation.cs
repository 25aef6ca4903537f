using System.Numerics;
using Impersonator.Files;
using Impersonator.Imaging;
using Impersonator.Recovery;
using Impersonator.Recovery.Capture;
using Impersonator.Rendering;
using Impersonator.Subjects;
using Impersonator.Synthesis.Generation;
using Impersonator.Training.Evaluation.Methods;
using Impersonator.Training.Evaluation.Pictures;
using Impersonator.Videos;

namespace Impersonator.Training.Evaluation;

/// <summary>Re-enacts a video from one of its frames and compares with the true frames.</summary>
/// <remarks>
/// Nobody knows the true matte and pose of a video: the matte is the one that users get of each frame, the pose the one that is captured, so
/// what is measured is the whole way from the video to the pictures, not the drawing alone.
/// </remarks>
internal sealed class VideoEvaluation(Studio studio, IReadOnlyList<IPictureMethod> methods, PerceptualNetwork network)
{
    private const int Side = SourceMaps.Side;
    private const int LeastPixels = 400;

    /// <summary>Rows of the sheet: each compared frame as it is and as each method draws it.</summary>
    public List<(string Caption, ComparedPicture[] Pictures)> Rows { get; } = [];

    /// <summary>Titles of the sheet's columns.</summary>
    public string[] Titles => ["truth", .. methods.Select(m => m.Name)];

    /// <summary>Measures a video.</summary>
    /// <param name="path">A video file, or a folder of frames.</param>
    /// <param name="sourceFrame">Number of the frame that all others are drawn from, from 0 at the video's start.</param>
    /// <param name="every">One frame of so many, but not the source frame itself, is measured; each with the one after it, for the flicker.</param>
    /// <param name="capture">Which part of it, and whom.</param>
    /// <param name="progress">Told of frames.</param>
    /// <param name="token">Stops between frames.</param>
    /// <exception cref="InputException">The video cannot be read, or its source frame shows nobody.</exception>
    public PictureScores Run(string path, int sourceFrame, int every, CaptureOptions? capture, IProgress<StageProgress>? progress, CancellationToken token)
    {
        CapturedMotion captured = studio.CaptureMotion(path, capture, progress, token);
        int last = captured.FirstFrame + captured.Poses.Length - 1;
        if (sourceFrame < captured.FirstFrame || sourceFrame > last || captured.FramesLost.Contains(sourceFrame - captured.FirstFrame))
            throw new InputException($"--source-frame {sourceFrame}: frames {captured.FirstFrame} to {last} show the person{(captured.FramesLost.IsEmpty ? "" : ", not all of them")}; choose one of them.");
        Subject subject = Personalized(path, captured, sourceFrame, token);
        var source = new SourceMaps();
        source.Fill(subject);
        FrameDrawing[] drawings = [.. methods.Select(m => m.Read(source.Photo))];
        string name = Path.GetFileName(Path.TrimEndingDirectorySeparator(path));
        var scores = new PictureScores();
        (Shown? first, var maps) = (null, new FrameMaps());
        int done = 0, number = -1;
        foreach (Frame frame in Frames(path, token))
        {
            int step = ++number - captured.FirstFrame;
            if (number > last) break;
            if (step < 0 || step % every > 1 || captured.FramesLost.Contains(step)) continue;
            bool second = step % every == 1 && first is not null;
            if (step % every == 1 && !second) continue;
            var photo = new Photo($"{name} frame {number}", frame.ToImage());
            if (PersonIn(photo, captured, step, token) is not { } person)
            {
                scores.Failures.Add($"{photo.Name}: nobody was found");
                first = null;
                continue;
            }
            WorkingSquare square = second ? first!.Square : maps.DrawAround(source, person.Pose, person.Camera);
            if (square.IsEmpty) continue;
            if (second) maps.Draw(source, person.Pose, square.Crop(person.Camera, Side));
            ComparedPicture truth = TruthIn(photo, person, square, token);
            if (truth.Alpha.Count(a => a > 0.5f) < LeastPixels)
            {
                scores.Failures.Add($"{photo.Name}: the matte shows nobody");
                first = null;
                continue;
            }
            var shown = new Shown(number, square, truth, [.. drawings.Select(d => d(maps.Frame, maps.Flow))], ViewAngle.ThirdOf(ViewAngle.Between(subject.Person.Pose, subject.Person.Camera, person.Pose, person.Camera)));
            if (second) Score(scores, name, first!, shown, measured: first!.Number != sourceFrame);
            first = second ? null : shown;
            progress?.Report(new StageProgress("Comparing", ++done, Math.Max(done, (2 * captured.Poses.Length / every) + 1)));
        }
        return scores;
    }

    /// <summary>The subject of the source frame, with the body that was captured.</summary>
    private Subject Personalized(string path, CapturedMotion captured, int sourceFrame, CancellationToken token)
    {
        Frame frame = Frames(path, token).ElementAt(sourceFrame);
        var photo = new Photo(FormattableString.Invariant($"frame {sourceFrame}"), frame.ToImage());
        Person person = PersonIn(photo, captured, sourceFrame - captured.FirstFrame, token) ?? throw new InputException($"{path}: nobody was found in frame {sourceFrame}; choose another --source-frame.");
        return studio.Personalize(photo, person, cancellationToken: token);
    }

    /// <summary>The captured person as one frame shows it; null if nobody is found there.</summary>
    private Person? PersonIn(Photo photo, CapturedMotion captured, int step, CancellationToken token)
    {
        Camera camera = captured.Cameras[step] with { Width = photo.Width, Height = photo.Height };
        var person = new Person(new Keypoints([.. Enumerable.Repeat(default(KeypointObservation), Keypoints.Count)]), captured.Shape, captured.Poses[step], camera);
        Vector2[] expected = FittedPoints.Keypoints(studio.Model, person);
        PersonLook? look = studio.FindPeople(photo, token).MinBy(l => Enumerable.Range(0, Keypoints.Count).Average(k => Vector2.Distance(l.Keypoints[k].Position, expected[k])));
        return look is null ? null : person with { Keypoints = look.ToKeypoints(), Look = look };
    }

    private ComparedPicture TruthIn(Photo photo, Person person, WorkingSquare square, CancellationToken token)
    {
        Image cut = studio.CutOut(photo, person, token);
        float scale = (float)cut.Width / photo.Width;
        WorkingSquare whole = new WorkingSquare(square.Left * scale, square.Top * scale, square.Side * scale);
        var truth = new Image(Side, Side);
        // Means over four by four places of each pixel: frames are at most a few times as large.
        const int Taps = 4;
        Parallel.For(0, Side, y =>
        {
            for (int x = 0; x < Side; x++)
            {
                Vector4 sum = Vector4.Zero;
                for (int t = 0; t < Taps * Taps; t++)
                {
                    Vector2 at = new Vector2(whole.Left, whole.Top) + (new Vector2(x + (((t % Taps) + 0.5f) / Taps), y + (((t / Taps) + 0.5f) / Taps)) * (whole.Side / Side));
                    if (at.X >= 0 && at.Y >= 0 && at.X < cut.Width && at.Y < cut.Height) sum += cut.Sample(at.X, at.Y);
                }
                truth[x, y] = sum / (Taps * Taps);
            }
        });
        return ComparedPicture.OfFrame(truth.ToFrame());
    }

    private void Score(PictureScores scores, string name, Shown first, Shown second, bool measured)
    {
        PictureTruth truth = PictureTruth.Of(first.Truth, network);
        for (int m = 0; m < methods.Count && measured; m++)
        {
            PictureScore score = PictureScore.Of(first.Drawn[m], truth, network) with { Flicker = Flicker.Of(first.Drawn[m], second.Drawn[m], first.Truth, second.Truth, truth.Box) };
            scores.Add(new PictureEntry(name, first.Group, methods[m].Name, 0, first.Number, score));
        }
        Rows.Add((FormattableString.Invariant($"frame {first.Number}{(measured ? "" : ": the source")}"), [first.Truth, .. first.Drawn]));
    }

    private static IEnumerable<Frame> Frames(string path, CancellationToken token)
    {
        using VideoReader video = VideoReader.Open(path);
        foreach (Frame frame in video.ReadFrames(token)) yield return frame;
    }

    private sealed record Shown(int Number, WorkingSquare Square, ComparedPicture Truth, ComparedPicture[] Drawn, string Group);
}

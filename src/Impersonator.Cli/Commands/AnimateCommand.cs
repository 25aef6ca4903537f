using System.CommandLine;
using Impersonator.Motions;
using Impersonator.Networks;
using Impersonator.Subjects;
using Impersonator.Synthesis;
using Impersonator.Synthesis.LiquidWarping;

namespace Impersonator.Cli.Commands;

/// <summary><c>impersonator animate</c>: one photo and a motion become a video.</summary>
internal static class AnimateCommand
{
    public static Command Create()
    {
        var photo = new PhotoArguments();
        var model = new ModelArguments();
        var motion = new MotionArguments(required: true);
        var rate = new Option<float>("--fps") { Description = "Frames per second.", DefaultValueFactory = _ => 30 };
        var seconds = new Option<float?>("--seconds") { Description = "Length; longer than the motion repeats it. Default: as long as the motion." };
        var camera = new Option<string?>("--camera") { Description = "still, or orbit:DEGREES around the person during the shot. Default: still; goes along with who would walk out of the picture." };
        var follow = new Option<bool>("--follow") { Description = "Let the camera go along with the person." };
        var fit = new Option<bool>("--fit") { Description = "Show more than the photo where the motion would leave the picture; go along with who walks into the camera." };
        var noShadow = new Option<bool>("--no-shadow") { Description = "Draw no shadow on the ground." };
        var command = new Command("animate", "Makes a video of the person in a photo performing a motion.") { rate, seconds, camera, follow, fit, noShadow };
        motion.AddTo(command);
        photo.AddTo(command);
        model.AddTo(command);
        command.SetAction((parsed, token) =>
        {
            if (model.IsGiven(parsed, camera, follow, fit, noShadow, photo.Matte, photo.Wear, photo.WearJoints, photo.WearMatte, photo.Engine, photo.Generator, photo.MorePhotos))
            {
                // The networks were trained at 256; larger only if asked for.
                var drawn = new WarpedShotOptions { FramesPerSecond = parsed.GetValue(rate), Seconds = parsed.GetValue(seconds) };
                if (parsed.GetResult(photo.Size) is { Implicit: false }) drawn = drawn with { Size = parsed.GetValue(photo.Size) };
                drawn.Validate();
                ConsoleProgress.Run(parsed.GetValue(photo.Quiet), progress =>
                {
                    Motion imitated = motion.Read(Studio.Open(), parsed, progress, parsed.GetValue(photo.Quiet), token)!;
                    using WarpedShot shot = model.Shot(parsed, photo, imitated, drawn, progress, token);
                    Studio.Animate(shot, parsed.GetValue(photo.Output)!, progress, token);
                    return 0;
                });
                return Task.FromResult(0);
            }
            var options = new ShotOptions
            {
                Size = parsed.GetValue(photo.Size),
                FramesPerSecond = parsed.GetValue(rate),
                Seconds = parsed.GetValue(seconds),
                Camera = AskedCamera(parsed.GetValue(camera), parsed.GetValue(follow)),
                Fit = parsed.GetValue(fit),
                Seed = parsed.GetValue(photo.Seed),
                Shadow = !parsed.GetValue(noShadow),
            };
            options.Validate();
            (PictureOverrun overrun, bool upper, CameraPath taken) = ConsoleProgress.Run(parsed.GetValue(photo.Quiet), progress =>
            {
                Studio studio = Studio.Open();
                Motion performed = motion.Read(studio, parsed, progress, parsed.GetValue(photo.Quiet), token)!;
                (Subject subject, Weights? generator) = photo.Drawn(studio, parsed, progress, token);
                using var shot = new Shot(subject, performed, options with { Generator = generator }, token);
                studio.Animate(shot, parsed.GetValue(photo.Output)!, progress, token);
                return (shot.Overrun, shot.ShowsUpperBodyOnly, shot.Camera);
            });
            if (upper && !parsed.GetValue(photo.Quiet)) Console.Error.WriteLine("The photo shows no legs: the person performs in place, from the hips up, framed as in the photo.");
            if (taken.Follow && options is { Camera: null, Fit: false } && !parsed.GetValue(photo.Quiet)) Console.Error.WriteLine("The camera goes along, as the person would walk out of the picture; --camera still keeps it in its place.");
            if (overrun.IsSeen && !parsed.GetValue(photo.Quiet)) Console.Error.WriteLine(Hint(overrun, options.Fit, taken));
            return Task.FromResult(0);
        });
        return command;
    }

    private static CameraPath? AskedCamera(string? path, bool follow)
        => path is null && !follow ? null : (path is null ? CameraPath.Still : CameraPath.Parse(path)) with { Follow = follow };

    private static string Hint(PictureOverrun overrun, bool fit, CameraPath taken)
    {
        string left = $"The person leaves the picture ({overrun.Edges})";
        bool walks = MathF.Max(overrun.Left, MathF.Max(overrun.Right, overrun.Bottom)) > overrun.Top;
        return fit ? $"{left}: it is too large a motion for one picture." : $"{left}; --fit shows all of it{(walks && !taken.Follow ? ", --follow lets the camera go along" : "")}.";
    }
}

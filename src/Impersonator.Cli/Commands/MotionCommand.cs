using System.CommandLine;
using System.Globalization;
using Impersonator.Files;
using Impersonator.Motions;
using Impersonator.Recovery.Capture;

namespace Impersonator.Cli.Commands;

/// <summary><c>impersonator motion</c>: reads a motion or takes it from a video, changes it, writes it, tells its quality.</summary>
internal static class MotionCommand
{
    public static Command Create()
    {
        var input = new Argument<string>("IN") { Description = $"{char.ToUpperInvariant(MotionSource.Kinds[0])}{MotionSource.Kinds[1..]}." };
        var output = new Option<string?>("-o") { Description = "The file to write: .bvh, .npz or .glb." };
        var from = new Option<double>("--from") { Description = "Start of the part to keep, seconds." };
        var to = new Option<double?>("--to") { Description = "End of the part to keep, seconds." };
        var person = new Option<int?>("--person") { Description = "Of a video of several people, whose motion to take, from 0, largest first. Default: the largest." };
        var fps = new Option<float?>("--fps") { Description = "Frames per second of the result." };
        var speed = new Option<float>("--speed") { Description = "2 is twice as fast.", DefaultValueFactory = _ => 1 };
        var mirror = new Option<bool>("--mirror") { Description = "Swaps left and right." };
        var loop = new Option<bool>("--loop") { Description = "Leads the end into the beginning." };
        var still = new Option<bool>("--in-place") { Description = "Takes the travel out." };
        var report = new Option<bool>("--report") { Description = "Prints root height, foot slide and the limbs' error against the file." };
        var overlay = new Option<string?>("--overlay") { Description = "Picture to write, of a video: the body over every tenth frame, and from the side." };
        var quiet = new Option<bool>("--quiet", "-q") { Description = "No progress." };
        var command = new Command("motion", "Reads a motion, or takes it from a video, cuts or changes it, writes it as another kind of file.") { input, output, from, to, person, fps, speed, mirror, loop, still, report, overlay, quiet };
        command.SetAction((parsed, token) =>
        {
            string name = parsed.GetValue(input)!;
            string? target = parsed.GetValue(output);
            if (target is null && !parsed.GetValue(report) && parsed.GetValue(overlay) is null) throw new InputException("Nothing to do; give -o FILE or --report.");
            if (parsed.GetValue(overlay) is { } sheet && !MotionSource.IsVideo(name)) throw new InputException($"{sheet}: only a video has frames to draw the body over; leave --overlay away.");
            var part = new CaptureOptions { From = parsed.GetValue(from), To = parsed.GetValue(to), Person = parsed.GetValue(person) };
            part.Validate();
            Retargeting? carried = MotionSource.IsFile(name) && !MotionSource.IsVideo(name) && MotionFile.ReadClip(name, null, token) is { } clip ? Retargeting.Of(clip, cancellationToken: token) : null;
            bool silent = parsed.GetValue(quiet);
            Motion motion = carried is not null ? MotionSource.Part(carried.Motion, name, part)
                : ConsoleProgress.Run(silent || !MotionSource.IsVideo(name), progress => MotionSource.Read(Studio.Open(), name, part, progress, silent ? _ => { } : Console.Error.WriteLine, token, parsed.GetValue(overlay)));

            if (!(parsed.GetValue(speed) is > 0 and <= 100) || parsed.GetValue(fps) is not (null or (> 0 and <= 1000))) throw new InputException("--speed is a factor above 0 up to 100, --fps a rate above 0 up to 1000.");
            motion = motion.AtSpeed(parsed.GetValue(speed));
            if (parsed.GetValue(fps) is { } rate) motion = motion.Resample(rate);
            if (parsed.GetValue(mirror)) motion = motion.Mirror();
            if (parsed.GetValue(loop)) motion = motion.Loop();
            if (parsed.GetValue(still)) motion = motion.WithoutTravel();

            if (parsed.GetValue(report)) Print(motion, carried);
            if (target is not null)
            {
                MotionFile.Write(target, motion);
                Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{target}: {motion.FrameCount} frames, {motion.Duration:0.##} s at {motion.FramesPerSecond:0.##} frames per second"));
            }
            return Task.FromResult(0);
        });
        return command;
    }

    private static void Print(Motion motion, Retargeting? carried)
    {
        MotionReport figures = MotionReport.Of(motion);
        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"motion       {motion.Name}, {motion.FrameCount} frames, {motion.Duration:0.##} s"));
        if (carried is not null)
        {
            Console.Out.WriteLine($"skeleton     {carried.Family}");
            Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"limb error   {carried.LimbError:0.00} degrees on average"));
            Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"contacts     {carried.Slide.Contacts} in the file, feet slide {carried.Slide.Mean * 100:0.0} cm on average, {carried.Slide.Largest * 100:0.0} cm at most; {carried.SlideBefore.Mean * 100:0.0} and {carried.SlideBefore.Largest * 100:0.0} cm before they were planted"));
        }
        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"root height  {figures.MeanRootHeight:0.00} m on average"));
        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"foot slide   {figures.FootSlide * 100:0.0} cm on average, {figures.LargestFootSlide * 100:0.0} cm at most, {figures.Stands} stands"));
        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"lowest point {figures.LowestPoint * 100:0.0} cm to {figures.HighestFlight * 100:0.0} cm above the ground"));
    }
}

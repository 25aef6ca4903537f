using System.CommandLine;
using System.Globalization;
using Impersonator.Files;
using Impersonator.Motions;

namespace Impersonator.Cli.Commands;

/// <summary><c>impersonator motion</c>: reads a motion, changes it, writes it, tells its quality.</summary>
internal static class MotionCommand
{
    public static Command Create()
    {
        var input = new Argument<string>("IN") { Description = "A motion file (.bvh, .amc beside its .asf, .glb, .glb#Clip, .npz, .pkl) or a name from the library." };
        var output = new Option<string?>("-o") { Description = "The file to write: .bvh, .npz or .glb." };
        var from = new Option<float>("--from") { Description = "Start of the part to keep, seconds." };
        var to = new Option<float?>("--to") { Description = "End of the part to keep, seconds." };
        var fps = new Option<float?>("--fps") { Description = "Frames per second of the result." };
        var speed = new Option<float>("--speed") { Description = "2 is twice as fast.", DefaultValueFactory = _ => 1 };
        var mirror = new Option<bool>("--mirror") { Description = "Swaps left and right." };
        var loop = new Option<bool>("--loop") { Description = "Leads the end into the beginning." };
        var still = new Option<bool>("--in-place") { Description = "Takes the travel out." };
        var report = new Option<bool>("--report") { Description = "Prints root height, foot slide and the limbs' error against the file." };
        var command = new Command("motion", "Reads a motion, cuts or changes it, writes it as another kind of file.") { input, output, from, to, fps, speed, mirror, loop, still, report };
        command.SetAction((parsed, token) =>
        {
            string name = parsed.GetValue(input)!;
            string? target = parsed.GetValue(output);
            if (target is null && !parsed.GetValue(report)) throw new InputException("Nothing to do; give -o FILE or --report.");
            Retargeting? carried = MotionSource.IsFile(name) && MotionFile.ReadClip(name, null, token) is { } clip ? Retargeting.Of(clip, cancellationToken: token) : null;
            Motion motion = carried?.Motion ?? MotionSource.Read(name);

            float begin = parsed.GetValue(from), end = parsed.GetValue(to) ?? motion.Duration;
            if (!(begin >= 0 && end >= begin)) throw new InputException($"--from {Text(begin)} --to {Text(end)} keeps nothing; {name} lasts {Text(motion.Duration)} s.");
            if (!(parsed.GetValue(speed) is > 0 and <= 100) || parsed.GetValue(fps) is not (null or (> 0 and <= 1000))) throw new InputException("--speed is a factor above 0 up to 100, --fps a rate above 0 up to 1000.");
            motion = motion.Cut(begin, end).AtSpeed(parsed.GetValue(speed));
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

    private static string Text(float value) => value.ToString("0.###", CultureInfo.InvariantCulture);
}

using System.CommandLine;
using System.Globalization;
using Impersonator.Bodies;
using Impersonator.Files;
using Impersonator.Imaging;
using Impersonator.Motions;
using Impersonator.Rendering;

namespace Impersonator.Cli.Commands;

/// <summary><c>impersonator motions</c>: lists the built-in library, draws it.</summary>
internal static class MotionsCommand
{
    private const int CellWidth = 124, CellHeight = 150;

    /// <summary>From halfway between front and left, radians.</summary>
    private const float Yaw = 0.7f;

    public static Command Create()
    {
        var previews = new Option<string?>("--previews") { Description = "A folder: one small picture of each motion is written there." };
        var poses = new Option<int>("--poses") { Description = "Figures in a picture.", DefaultValueFactory = _ => 7 };
        var command = new Command("motions", "Lists the built-in motions.") { previews, poses };
        command.SetAction((parsed, token) =>
        {
            int count = parsed.GetValue(poses);
            if (count is < 2 or > 60) throw new InputException($"--poses {count}: 2 to 60 figures fit into a picture.");
            if (parsed.GetValue(previews) is { } folder) Draw(folder, count, token);
            else
                foreach (string name in MotionLibrary.Names)
                    Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-14} {MotionLibrary.Create(name).Duration,5:F1} s  {MotionLibrary.Describe(name)}"));
            return Task.FromResult(0);
        });
        return command;
    }

    private static void Draw(string folder, int poses, CancellationToken token)
    {
        using OutputFolder output = OutputFolder.Create(folder, "*.webp");
        Body body = BodyModel.Default.Create(Shape.Average);
        foreach (string name in MotionLibrary.Names)
        {
            token.ThrowIfCancellationRequested();
            ImageWriter.Write(Path.Combine(output.TemporaryPath, name + ".webp"), MotionSheet.Draw(MotionLibrary.Create(name), body, poses, CellWidth, CellHeight, Yaw), new ImageOptions { Quality = 80 });
        }
        output.Complete();
        Console.Error.WriteLine($"{folder}: {MotionLibrary.Names.Length} pictures");
    }
}

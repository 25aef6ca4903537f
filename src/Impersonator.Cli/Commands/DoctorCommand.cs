using System.CommandLine;
using Impersonator.Cli.Diagnosis;

namespace Impersonator.Cli.Commands;

/// <summary><c>impersonator doctor</c>: what there is on this machine, and what is missing for what.</summary>
internal static class DoctorCommand
{
    public static Command Create()
    {
        var torch = new Option<string?>("--torch") { Description = "Folder of a libtorch or of a Python torch. Default: IMPERSONATOR_TORCH, then what is found." };
        var device = new Option<string>("--device") { Description = "Device to try: auto, cpu or cuda.", DefaultValueFactory = _ => "auto" };
        var command = new Command("doctor", "Says what was found: processor, ONNX Runtime, libtorch, CUDA, ffmpeg, models; tries each.") { torch, device };
        command.SetAction(parsed =>
        {
            bool healthy = true;
            foreach (Finding finding in Doctor.Examine(parsed.GetValue(device)!, parsed.GetValue(torch)))
            {
                Console.WriteLine($"{(finding.Sound ? "ok     " : finding.Needed ? "BROKEN " : "absent ")} {finding.Subject,-13} {finding.Text}");
                healthy &= finding.Sound || !finding.Needed;
            }
            return healthy ? 0 : CommandLine.BadInput;
        });
        return command;
    }
}

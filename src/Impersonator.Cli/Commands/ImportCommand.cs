using System.CommandLine;
using Impersonator.Files;
using Impersonator.Networks;
using Impersonator.Networks.LiquidWarping;

namespace Impersonator.Cli.Commands;

/// <summary><c>impersonator import</c>: a published generator's PyTorch checkpoint becomes weights that we read.</summary>
internal static class ImportCommand
{
    private const string Ending = ".safetensors";

    public static Command Create()
    {
        var checkpoint = new Argument<string>("checkpoint") { Description = "A .pth file of the generator of 2019 or of 2020 (Impersonator++, AttLWB-SPADE). Nothing in it is executed." };
        var output = new Option<string>("--output", "-o") { Description = "Folder for NETWORK.safetensors, made if it is missing; or a .safetensors file.", Required = true };
        var command = new Command("import", "Reads the published weights of a liquid warping generator.") { checkpoint, output };
        command.SetAction((parsed, token) =>
        {
            string path = parsed.GetValue(output)!;
            ImportedNetwork imported = CheckpointImport.Read(parsed.GetValue(checkpoint)!);
            token.ThrowIfCancellationRequested();
            if (!path.EndsWith(Ending, StringComparison.OrdinalIgnoreCase))
            {
                MakeFolder(path);
                path = Path.Combine(path, imported.Network.Name + Ending);
            }
            imported.Weights.Write(path, WeightPrecision.Single);
            Console.Error.WriteLine($"{path}: {imported}");
            return Task.FromResult(0);
        });
        return command;
    }

    private static void MakeFolder(string path)
    {
        try
        {
            Directory.CreateDirectory(path);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new OutputException($"{path}: cannot be made a folder ({cause.Message.ReplaceLineEndings(" ")}); write elsewhere.", cause);
        }
    }
}

using System.CommandLine;
using Impersonator.Training.Evaluation.Methods;

namespace Impersonator.Cli;

/// <summary>Networks that are compared with the mesh.</summary>
internal sealed class GeneratorArguments
{
    private readonly Option<string[]> _weights = new("--generator") { Description = "Weights that 'train generator' wrote, of ours or of the network of 2019; may be given several times.", AllowMultipleArgumentsPerToken = true };

    public void AddTo(Command command) => command.Add(_weights);

    /// <summary>The mesh, then each network in the order given.</summary>
    /// <exception cref="Files.InputException">A file is not of such a network.</exception>
    public GivenMethods Methods(ParseResult parsed) => new([.. (parsed.GetValue(_weights) ?? []).Select(NetworkMethod.Open)]);
}

namespace Impersonator.Tests.BadInput;

/// <summary>Tests that read the console's error stream; no other test runs meanwhile.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class ConsoleUsers
{
    public const string Name = "console users";
}

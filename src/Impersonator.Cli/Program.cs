using Impersonator.Cli;

return await CommandLine.RunAsync(args);

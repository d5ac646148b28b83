using DiffKeeper.Cli;

return await CommandLine.RunAsync(args);

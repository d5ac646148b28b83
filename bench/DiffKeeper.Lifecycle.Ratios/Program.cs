using DiffKeeper.Lifecycle.Ratios;

return await CommandLine.RunAsync(args);

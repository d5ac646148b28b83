using DiffKeeper.Lifecycle;

namespace DiffKeeper.Cli.Options;

/// <summary>What is injected.</summary>
/// <param name="Injector">What is run.</param>
/// <param name="Options">For which containers, and how.</param>
/// <param name="LedgerDirectory">Where it is kept who was injected; <see langword="null"/> for in memory.</param>
internal sealed record InjectionSettings(CommandInjectorOptions Injector, AutoInjectorOptions Options, string? LedgerDirectory)
{
    /// <summary>Makes the directories that the injector will be told of.</summary>
    /// <exception cref="UsageException">One can't be made.</exception>
    public void PreparePaths()
    {
        if (Injector.StateDirectory is { } directory)
            Injector.StateDirectory = PreparedPath.Directory(InjectionOptionSet.StateDirectory, directory);
        if (Injector.Store is { } store)
            Injector.Store = PreparedPath.File(InjectionOptionSet.Store, store);
    }
}

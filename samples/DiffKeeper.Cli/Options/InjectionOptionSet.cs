using System.CommandLine;
using DiffKeeper.Lifecycle;

namespace DiffKeeper.Cli.Options;

/// <summary>What is injected into which containers. The defaults are the library's.</summary>
internal sealed class InjectionOptionSet
{
    public const string StateDirectory = "--state-dir";
    public const string Store = "--store";

    private readonly Option<OnOff?> _autoInject = NotedOption.Switch(
        "--auto-inject", $"Run the injector for each container. [{EnvironmentSettings.AutoInject}; default: true]");

    private readonly Option<string?> _command = new("--injector-cmd")
    {
        Description = $"The injector: an executable file that only root, or who runs this, can change. [{EnvironmentSettings.InjectorCommand}]",
        HelpName = "file",
    };

    private readonly Option<string?> _stateDirectory = new(StateDirectory) { Description = "Made if need be, and named to the injector as DIFFKEEPER_STATE_DIR.", HelpName = "directory" };
    private readonly Option<string?> _store = new(Store) { Description = "Named to the injector as DIFFKEEPER_STORE; its directory is made if need be.", HelpName = "file" };
    private readonly Option<string[]> _variables = new("--inject-env")
    {
        Description = "A variable of this environment that the injector gets, too (DOCKER_HOST); may be repeated.",
        HelpName = "name",
    };

    private readonly Option<string[]> _namespaces = new("--inject-namespace")
    {
        Description = "A Kubernetes namespace, '*' for any characters, whose pods are injected and no other containers; may be repeated. [default: every container]",
        HelpName = "name",
    };

    private readonly Option<string[]> _states = new("--inject-state") { Description = "When: create or start; may be repeated. [default: start]", HelpName = "state" };
    private readonly Option<TimeSpan?> _timeout = NotedOption.Create("--inject-timeout", "time", "How long the injector may run. [default: 30s]", Notations.Time);
    private readonly Option<int?> _concurrency = NotedOption.Create("--inject-concurrency", "count", "How many injectors run at a time. [default: 4]", Notations.Count);
    private readonly Option<string?> _ledger = new("--ledger")
    {
        Description = "Where it is kept, across restarts, who was injected; made if need be. [default: in memory]",
        HelpName = "directory",
    };

    public InjectionOptionSet() => _states.AcceptOnlyFromAmong("create", "start");

    public void AddTo(Command command)
    {
        foreach (Option option in (ReadOnlySpan<Option>)[_autoInject, _command, _stateDirectory, _store, _variables, _namespaces, _states, _timeout, _concurrency, _ledger])
            command.Add(option);
    }

    /// <returns><see langword="null"/> where nothing is to be injected.</returns>
    /// <exception cref="ArgumentException">The library refuses a value.</exception>
    /// <exception cref="UsageException">A variable's value can't be read.</exception>
    public InjectionSettings? Read(ParseResult result)
    {
        // Whoever has made a mistake wants to know of it, even while injection is off.
        CommandInjectorOptions injector = ReadInjector(result);
        AutoInjectorOptions options = ReadOptions(result);
        OnOff? autoInject = result.GetValue(_autoInject) ?? EnvironmentSettings.Read(EnvironmentSettings.AutoInject, Notations.OnOff);
        if (autoInject is { IsOn: false } || Command(result) is not { } command)
            return null;

        injector.Command = command;
        return new InjectionSettings(injector, options, result.GetValue(_ledger));
    }

    /// <summary>Whether there is an injector that could be run.</summary>
    public bool IsNamed(ParseResult result) => Command(result) is not null;

    private string? Command(ParseResult result) => result.GetValue(_command) ?? EnvironmentSettings.Text(EnvironmentSettings.InjectorCommand);

    private CommandInjectorOptions ReadInjector(ParseResult result)
    {
        var options = new CommandInjectorOptions
        {
            StateDirectory = result.GetValue(_stateDirectory),
            Store = result.GetValue(_store),
            PassedEnvironment = result.GetValue(_variables) ?? [],
        };
        if (result.GetValue(_timeout) is { } timeout)
            options.Timeout = timeout;
        return options;
    }

    private AutoInjectorOptions ReadOptions(ParseResult result)
    {
        var options = new AutoInjectorOptions();
        if (result.GetValue(_namespaces) is { Length: > 0 } namespaces)
            options.Policy.AllowedNamespaces = namespaces;
        if (result.GetValue(_states) is { Length: > 0 } states)
            options.Policy.States = [.. states.Select(state => Enum.Parse<LifecycleState>(state, ignoreCase: true))];
        if (result.GetValue(_concurrency) is { } concurrency)
            options.MaxConcurrency = concurrency;
        return options;
    }
}

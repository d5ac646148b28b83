using System.CommandLine;
using DiffKeeper.Cli.Bootstrap;
using DiffKeeper.Lifecycle;

namespace DiffKeeper.Cli.Options;

/// <summary>All options. One that is not given is looked for among the variables that stand in for it.</summary>
internal sealed class AgentOptionSet
{
    private const string EnableTracing = "--enable-ebpf";

    private readonly Option<OnOff?> _enableTracing = NotedOption.Switch(
        EnableTracing, $"Trace containers with eBPF; without it only the program after '--' runs. [{EnvironmentSettings.Tracing}; default: true]");

    private readonly OutputOption _output = new();
    private readonly InjectionOptionSet _injection = new();
    private readonly TracerOptionSet _tracing = new();
    private readonly Option<ListenAddress?> _listen = NotedOption.Create(
        "--listen", "address:port", "Serve /metrics to Prometheus, /healthz and /readyz here. [default: nowhere]", Notations.Listen);

    private readonly Option<bool> _debug = new("--debug") { Description = "Log what is seen and decided, to standard error." };

    public void AddTo(Command command)
    {
        _output.AddTo(command);
        command.Add(_enableTracing);
        _injection.AddTo(command);
        _tracing.AddTo(command);
        command.Add(_listen);
        command.Add(_debug);
    }

    /// <summary>Those that every command has which traces and injects.</summary>
    public void AddCommonTo(Command command)
    {
        _injection.AddTo(command);
        _tracing.AddTo(command);
    }

    public bool NamesInjector(ParseResult result) => _injection.IsNamed(result);

    /// <exception cref="ArgumentException">The library refuses a value.</exception>
    /// <exception cref="UsageException">A variable's value can't be read.</exception>
    public LifecycleTracerOptions ReadTracing(ParseResult result) => _tracing.Read(result);

    /// <returns><see langword="null"/> where nothing is to be injected.</returns>
    /// <inheritdoc cref="ReadTracing"/>
    public InjectionSettings? ReadInjection(ParseResult result) => _injection.Read(result);

    /// <param name="result">The options that are given.</param>
    /// <param name="program">The program that is to be run, and its arguments; empty for none.</param>
    /// <exception cref="ArgumentException">The library refuses a value.</exception>
    /// <exception cref="UsageException">A variable's value can't be read, or nothing is left to do.</exception>
    /// <exception cref="BootstrapException">There is no such program.</exception>
    public AgentSettings Read(ParseResult result, string[] program)
    {
        OnOff? enableTracing = result.GetValue(_enableTracing) ?? EnvironmentSettings.Read(EnvironmentSettings.Tracing, Notations.OnOff);
        bool isTracing = enableTracing is not { IsOn: false };
        if (!isTracing && program is [])
            throw new UsageException($"With tracing switched off ({EnableTracing}, {EnvironmentSettings.Tracing}) there is nothing to do but to run a program, and none follows '--'.");

        // Whoever has made a mistake wants to know of it, even while tracing is off.
        LifecycleTracerOptions tracing = _tracing.Read(result);
        return new AgentSettings
        {
            Tracing = isTracing ? tracing : null,
            Injection = _injection.Read(result),
            Bootstrap = program is [] ? null : BootstrapCommand.Find(program),
            Writer = _output.Read(result, isBesideProgram: program is not []),
            Listen = result.GetValue(_listen)?.EndPoint,
            Debug = result.GetValue(_debug),
        };
    }
}

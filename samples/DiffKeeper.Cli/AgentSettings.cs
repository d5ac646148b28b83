using System.Net;
using DiffKeeper.Cli.Bootstrap;
using DiffKeeper.Cli.Options;
using DiffKeeper.Cli.Output;
using DiffKeeper.Lifecycle;

namespace DiffKeeper.Cli;

/// <summary>What was asked for.</summary>
internal sealed record AgentSettings
{
    /// <summary><see langword="null"/> where nothing is to be traced.</summary>
    public LifecycleTracerOptions? Tracing { get; init; }

    /// <summary><see langword="null"/> where nothing is to be printed.</summary>
    public IEventWriter? Writer { get; init; }

    /// <summary><see langword="null"/> where nothing is to be injected.</summary>
    public InjectionSettings? Injection { get; init; }

    /// <summary><see langword="null"/> where nothing is to be run.</summary>
    public BootstrapCommand? Bootstrap { get; init; }

    /// <summary>Where metrics and health are served; <see langword="null"/> for nowhere.</summary>
    public IPEndPoint? Listen { get; init; }

    public bool Debug { get; init; }
}

namespace DiffKeeper.Lifecycle.KernelTests.Kubernetes;

/// <summary>What an agent does for its node.</summary>
[Flags]
internal enum AgentFeatures
{
    None = 0,

    /// <summary>Containers are told of as they are created, start, stop and go.</summary>
    Events = 1 << 0,

    /// <summary>With their pods, names and images.</summary>
    Identity = 1 << 1,

    /// <summary>Containers of the injected namespaces are injected.</summary>
    Injection = 1 << 2,

    /// <summary>What ran before the agent is told of, too.</summary>
    Existing = 1 << 3,

    All = Events | Identity | Injection | Existing,
}

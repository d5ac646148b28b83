namespace DiffKeeper.Lifecycle.KernelTests.Engines;

/// <summary>A real engine, driven by its own command line client.</summary>
internal interface IContainerEngine : IAsyncDisposable
{
    /// <summary>What <see cref="LifecycleEvent.Runtime"/> has to say of this engine's containers.</summary>
    string Runtime { get; }

    /// <summary>What <see cref="LifecycleEvent.OciRuntime"/> has to say of them.</summary>
    string OciRuntime { get; }

    /// <summary>What <see cref="LifecycleEvent.Namespace"/> has to say of them.</summary>
    string? KubernetesNamespace => null;

    /// <summary>The latest output of the engine's programs, for a test that failed.</summary>
    string Output { get; }

    /// <summary>Runs a container to its end and removes it.</summary>
    Task<FinishedContainer> RunAsync(ContainerSpec spec);

    /// <summary>Begins a container and returns its ID; its entrypoint may not run yet.</summary>
    Task<string> StartAsync(ContainerSpec spec);

    /// <summary>The running container's init process as the engine itself names it.</summary>
    Task<int> InitPidAsync(string id);

    Task SignalAsync(string id, int signal);

    /// <summary>Runs a further process in the running container, to its end.</summary>
    Task ExecAsync(string id, params IReadOnlyList<string> command);

    /// <summary>What <see cref="LifecycleEvent.Bundle"/> has to say of the container.</summary>
    string BundleOf(string id);

    /// <summary>Kills what still runs of the container and removes it.</summary>
    Task RemoveAsync(string id);
}

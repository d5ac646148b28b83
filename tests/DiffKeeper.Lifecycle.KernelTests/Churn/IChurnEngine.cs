using CliWrap.Buffered;
using DiffKeeper.Lifecycle.KernelTests.Engines;

namespace DiffKeeper.Lifecycle.KernelTests.Churn;

/// <summary>An engine that makes one container at a time, each of which can be started more than once.</summary>
internal interface IChurnEngine
{
    /// <summary>Has the engine make a container; no OCI runtime is executed yet.</summary>
    Task<ContainerTruth> MakeAsync(ContainerSpec spec);

    /// <summary>Has the OCI runtime create the container and nothing more, which not every engine can.</summary>
    Task CreateAsync(ContainerTruth container);

    /// <summary>Starts the container in the foreground; returns when it has ended, with its exit code as the engine's client's.</summary>
    Task<BufferedCommandResult> RunAsync(ContainerTruth container);

    /// <summary>The init process of the container that runs; <see langword="null"/> as long as the engine doesn't say that it does.</summary>
    Task<int?> PidAsync(ContainerTruth container);

    /// <summary>Returns when the command has ended in the container, with its exit code as the engine's client's.</summary>
    Task<BufferedCommandResult> ExecAsync(ContainerTruth container, string command);

    Task SignalAsync(ContainerTruth container, int signal);

    /// <summary>Removes the container, which runs no more; throws where the engine itself knows another exit code than its client's.</summary>
    Task RemoveAsync(ContainerTruth container);
}

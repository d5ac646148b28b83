using System.Text.Json.Serialization;

namespace DiffKeeper.Lifecycle;

/// <summary>One change in the life of one container.</summary>
/// <remarks>Immutable, and so safe to share between threads. What isn't known is <see langword="null"/>, never guessed.</remarks>
public sealed record LifecycleEvent
{
    private long _sequence;

    /// <summary>What happened.</summary>
    public required LifecycleState State { get; init; }

    /// <summary>The container's ID as the OCI runtime was given it; for the engines that make long IDs all 64 digits.</summary>
    public required string ContainerId { get; init; }

    /// <summary>
    /// The container's init process as the host numbers it (in the initial pid namespace), never the OCI runtime's own;
    /// 0 at <see cref="LifecycleState.Create"/>, when there is none yet.
    /// </summary>
    public int Pid { get; init; }

    /// <summary>When the init process began, in UTC: with <see cref="Pid"/> it names one process for good, since numbers come again.</summary>
    public DateTimeOffset? ProcessStartTime { get; init; }

    /// <summary>
    /// The same as the kernel counts it, in hundredths of a second since boot (the 22nd field of /proc/PID/stat, proc_pid_stat(5)): unlike
    /// <see cref="ProcessStartTime"/> it is the same to the last digit for every tracer, whatever became of the wall clock. Not part of the JSON.
    /// </summary>
    [JsonIgnore]
    public ulong? ProcessStartTicks { get; init; }

    /// <summary>
    /// What runs the container: <c>dockerd</c>, <c>containerd</c>, <c>cri-o</c>, <c>podman</c>, or the OCI runtime's own name when it was called
    /// without an engine.
    /// </summary>
    public required string Runtime { get; init; }

    /// <summary>The OCI runtime's executable: <c>runc</c>, <c>crun</c>.</summary>
    public required string OciRuntime { get; init; }

    /// <summary>The engine's own namespace: containerd's <c>k8s.io</c>, <c>moby</c>, <c>default</c>. Not Kubernetes': that is <see cref="Namespace"/>.</summary>
    public string? RuntimeNamespace { get; init; }

    /// <summary>The Kubernetes namespace of the container's pod; <see langword="null"/> outside Kubernetes.</summary>
    public string? Namespace { get; init; }

    /// <summary>The pod's name; <see langword="null"/> outside Kubernetes.</summary>
    public string? PodName { get; init; }

    /// <summary>The pod's UID; <see langword="null"/> outside Kubernetes.</summary>
    public string? PodUid { get; init; }

    /// <summary>The container's name: in its pod for Kubernetes, else as Docker or Podman has it.</summary>
    public string? ContainerName { get; init; }

    /// <summary>The image's name as the engine was asked for it.</summary>
    public string? Image { get; init; }

    /// <summary>The container's labels, as Docker and Podman have them: its own and its image's. <see langword="null"/> where there are none, and for other engines.</summary>
    public IReadOnlyDictionary<string, string>? Labels { get; init; }

    /// <summary>Whether it is a pod's sandbox (the pause container) rather than one of its containers.</summary>
    public bool Sandbox { get; init; }

    /// <summary>Whether the OCI runtime itself ran inside a container. Then only what its command line says is known.</summary>
    public bool Nested { get; init; }

    /// <summary>Whether this tells of a container that was there before the subscription began, rather than of a change.</summary>
    public bool Existing { get; init; }

    /// <summary>The exit code as engines report it, 0 to 255: 128 plus the signal's number where a signal ended the process. Only at <see cref="LifecycleState.Stop"/>.</summary>
    public int? ExitCode { get; init; }

    /// <summary>The number of the signal that ended the init process; <see langword="null"/> where it exited by itself.</summary>
    public int? Signal { get; init; }

    /// <summary>Whether the kernel's OOM killer chose the init process.</summary>
    public bool OomKilled { get; init; }

    /// <summary>The bundle's directory on the host, absolute; <see langword="null"/> where it could not be learned.</summary>
    public string? Bundle { get; init; }

    /// <summary>
    /// The container's cgroup, as a path below the root of the hierarchy (v2's, or on a host without one a v1 controller's): from the start on where
    /// the init process is, before that, and for one too short-lived to be asked, where the bundle wants it.
    /// </summary>
    public string? CgroupPath { get; init; }

    /// <summary>When it happened: the kernel's boot clock, read in the kernel at that moment, as wall-clock time in UTC.</summary>
    public required DateTimeOffset Timestamp { get; init; }

    /// <summary>Counts the changes that this tracer has told of, from 1 on. An <see cref="Existing"/> event carries the number of the change that it repeats.</summary>
    public long Sequence
    {
        get => _sequence;
        init => _sequence = value;
    }

    /// <summary>Gives the event its number before anybody else sees it: a copy made for that would cost as much as the event.</summary>
    internal void Number(long sequence) => _sequence = sequence;
}

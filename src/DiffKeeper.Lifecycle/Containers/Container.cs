using DiffKeeper.Lifecycle.Kernel;

namespace DiffKeeper.Lifecycle.Containers;

/// <summary>One life of a container as the tracker knows it: who it is, and how far it has come. A restart is another life.</summary>
internal sealed class Container
{
    public required ContainerKey Key { get; init; }

    public required ContainerIdentity Identity { get; init; }

    /// <summary>Whether an injector made it, by executing an OCI runtime: nobody is told of it, lest it be injected in turn, and so on without an end.</summary>
    public bool IsInjectors { get; init; }

    public ContainerPhase Phase { get; set; }

    /// <summary>The executions of OCI runtimes from which its entrypoint may come: one, or with a wrapper two.</summary>
    public InvocationKey[] Invocations { get; set; } = [];

    /// <summary>The init process, in the initial pid namespace; 0 before the entrypoint was executed.</summary>
    public int Pid { get; set; }

    /// <summary>When the init process began, in nanoseconds of CLOCK_BOOTTIME; 0 where it isn't known yet.</summary>
    public ulong StartTime { get; set; }

    /// <summary>The cgroup it has for itself, which goes with it.</summary>
    public CgroupKey Cgroup { get; set; }

    /// <summary>Where <see cref="Cgroup"/> is, if the init process lived long enough to be asked.</summary>
    public string? CgroupPath { get; set; }

    /// <summary>How it stopped, for readers who missed it. Belongs to the subscriptions, not to the tracker.</summary>
    public LifecycleEvent? Stop { get; set; }

    /// <summary>How it was removed, or came to nothing; as <see cref="Stop"/>.</summary>
    public LifecycleEvent? Removal { get; set; }

    /// <summary>What ended it so far, in order.</summary>
    public IEnumerable<LifecycleEvent> Endings => new[] { Stop, Removal }.OfType<LifecycleEvent>();

    /// <summary>An event of this container's, whole: it's made once, and never copied on its way to the readers.</summary>
    public LifecycleEvent ToEvent(LifecycleState state, ulong time, IBootClock clock, WaitStatus? status = null, bool oomKilled = false)
        => new()
        {
            State = state,
            ContainerId = Identity.Id,
            Pid = Pid,
            ProcessStartTime = Pid == 0 ? null : clock.ToUtc(StartTime),
            ProcessStartTicks = Pid == 0 ? null : ProcessIdentity.FromBootTime(Pid, StartTime).StartTicks,
            Runtime = Identity.Runtime,
            OciRuntime = Identity.OciRuntime,
            RuntimeNamespace = Identity.RuntimeNamespace,
            Namespace = Identity.Pod?.Namespace,
            PodName = Identity.Pod?.PodName,
            PodUid = Identity.Pod?.PodUid,
            ContainerName = Identity.Pod is null ? Identity.Name : Identity.Pod.ContainerName,
            Image = Identity.Image,
            Labels = Identity.Labels,
            Sandbox = Identity.Pod?.IsSandbox ?? false,
            Nested = Identity.IsNested,
            ExitCode = status?.ExitCode,
            Signal = status?.Signal,
            OomKilled = oomKilled,
            Bundle = Identity.Bundle,
            CgroupPath = CgroupPath ?? Identity.CgroupPath,
            Timestamp = clock.ToUtc(time),
        };
}

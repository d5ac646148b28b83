using DiffKeeper.Lifecycle.Kernel;

namespace DiffKeeper.Lifecycle.Containers;

/// <summary>
/// The state machine: records of the kernel go in, events come out. It follows each execution of an OCI runtime that creates a container to
/// the exec of the container's entrypoint, that process to its exit, and its cgroup to its removal.
/// </summary>
/// <remarks>Not thread-safe. Waits for nothing; besides its records it looks at files only, mostly the bundle's at a create.</remarks>
internal sealed partial class ContainerTracker(IContainerFiles files, RuntimeTrust trust, IBootClock clock, IContainerSink sink)
{
    private readonly ContainerIdentifier _identifier = new(files);

    /// <summary>Every container whose removal isn't seen yet, but for those that are still being created.</summary>
    private readonly Dictionary<ContainerKey, Container> _containers = new(new ContainerKeyComparer());

    /// <summary>By the OCI runtime's exec, until nothing more can come of it.</summary>
    private readonly Dictionary<InvocationKey, Invocation> _invocations = [];

    /// <summary>By bundle, while the OCI runtime that creates the container runs.</summary>
    private readonly Dictionary<(string? Bundle, string Id), Container> _creating = [];

    /// <summary>By init process, from the entrypoint's exec to the exit.</summary>
    private readonly Dictionary<int, Container> _running = [];

    private readonly Dictionary<CgroupKey, Container> _cgroups = [];

    /// <summary>Whose exits were told of since <see cref="Reconcile"/> looked, while it works: who is dying can still be seen.</summary>
    private HashSet<ProcessIdentity>? _exitedSinceLook;

    /// <summary>Runtimes that the kernel could not tell of and that a scan has found, until they have gone: each is found by every scan.</summary>
    private readonly HashSet<InvocationKey> _joined = [];

    /// <summary>The state directories that OCI runtimes were told to use, where a scan of the node has to look as well.</summary>
    private readonly HashSet<string> _runtimeRoots = [];

    private readonly RuntimeRootCache _rootsByCommand = new();

    /// <summary>Whether a container is on its way to its start.</summary>
    public bool HasUnstarted => _creating.Count > 0 || _containers.Values.Any(static container => container.Phase == ContainerPhase.Created);

    public void Handle(in LifecycleRecord record)
    {
        ref readonly RecordHeader header = ref record.Header;
        switch (header.Kind)
        {
            case RecordKind.RuntimeExec:
                OnRuntimeExec(in record);
                break;
            case RecordKind.RuntimeExit:
                OnRuntimeExit(in header);
                break;
            case RecordKind.Entrypoint:
                OnEntrypoint(in record);
                break;
            case RecordKind.EntrypointExit:
                OnEntrypointExit(in header);
                break;
            case RecordKind.InitExit:
                OnInitExit(in header);
                break;
            case RecordKind.CgroupRemoved:
                OnCgroupRemoved(in header);
                break;
        }
    }

    private void Expect(InvocationKey key, RuntimeVerb verb, Container container)
    {
        var invocation = new Invocation(verb, container);
        _invocations[key] = invocation;
        if (invocation.Creates && !container.Invocations.Contains(key))
            container.Invocations = [.. container.Invocations, key];
    }

    private void Publish(Container container, LifecycleState state, ulong time)
        => sink.Publish(container, container.ToEvent(state, time, clock));
}

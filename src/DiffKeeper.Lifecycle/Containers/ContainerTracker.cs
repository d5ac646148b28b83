using DiffKeeper.Lifecycle.Kernel;
using Microsoft.Extensions.Logging;

namespace DiffKeeper.Lifecycle.Containers;

/// <summary>
/// The state machine: records of the kernel go in, events come out. It follows each execution of an OCI runtime that creates a container to
/// the exec of the container's entrypoint, and that process to its exit.
/// </summary>
/// <remarks>Not thread-safe, and free of clocks and system calls but for the files that <paramref name="identifier"/> reads.</remarks>
internal sealed class ContainerTracker(
    ContainerIdentifier identifier, HostNamespaces host, BootClock clock, Action<LifecycleEvent> publish, ILogger logger)
{
    /// <summary>By the invocation of the OCI runtime, from its exec until the entrypoint's.</summary>
    private readonly Dictionary<InvocationKey, Container> _created = [];

    /// <summary>By ID, while the OCI runtime that creates it runs.</summary>
    private readonly Dictionary<string, Container> _creating = [];

    /// <summary>By init process, from the entrypoint's exec to its exit.</summary>
    private readonly Dictionary<int, Container> _running = [];

    public void Handle(in LifecycleRecord record)
    {
        ref readonly RecordHeader header = ref record.Header;
        switch (header.Kind)
        {
            case RecordKind.RuntimeExec:
                OnRuntimeExec(in record);
                break;
            case RecordKind.Entrypoint:
                OnEntrypoint(in header);
                break;
            case RecordKind.EntrypointExit:
                OnEntrypointExit(in header);
                break;
            case RecordKind.RuntimeExit:
                OnRuntimeExit(in header);
                break;
        }
    }

    private void OnRuntimeExec(in LifecycleRecord record)
    {
        var command = RuntimeCommandLine.Parse(record.Argv, record.Header.Flags.HasFlag(RecordFlags.ArgvCut));
        switch (command.Verb)
        {
            case RuntimeVerb.Create or RuntimeVerb.Run:
                OnCreate(in record.Header, command);
                break;
            case RuntimeVerb.Delete:
                Forget(command.ContainerId);
                break;
        }
    }

    private void OnCreate(in RecordHeader header, RuntimeCommandLine command)
    {
        if (!IsTrusted(in header))
        {
            logger.UntrustedRuntimeIgnored(header.Pid, header.Uid);
            return;
        }

        if (Containers.ContainerId.ToStringOrNull(command.ContainerId) is not { } id)
        {
            logger.ContainerIdRefused(header.Pid, command.Rejection);
            return;
        }

        InvocationKey invocation = InvocationOf(in header);
        if (_creating.TryGetValue(id, out Container? container))
        {
            // A wrapper that executes the runtime proper (nvidia-container-runtime): one container, created once.
            _created[invocation] = container;
            return;
        }

        container = identifier.Identify(id, command, in header);
        _created[invocation] = container;
        _creating[id] = container;
        publish(container.ToEvent(LifecycleState.Create, clock.ToUtc(header.Time)));
    }

    private void OnEntrypoint(in RecordHeader header)
    {
        // An invocation that isn't known is no create: what `runc exec` brings into a container has the same marks.
        if (!_created.Remove(InvocationOf(in header), out Container? container))
            return;

        _creating.Remove(container.Id);
        container.Pid = header.Pid;
        _running[header.Pid] = container;
        publish(container.ToEvent(LifecycleState.Start, clock.ToUtc(header.Time)));
    }

    private void OnEntrypointExit(in RecordHeader header)
    {
        if (_running.Remove(header.Pid, out Container? container))
            publish(container.ToStop(clock.ToUtc(header.Time), in header));
    }

    private void OnRuntimeExit(in RecordHeader header)
    {
        InvocationKey invocation = InvocationOf(in header);
        if (!_created.TryGetValue(invocation, out Container? container))
            return;

        _creating.Remove(container.Id);
        // `create` leaves an init process that waits for `start`; a runtime that failed leaves nothing.
        if (header.ExitStatus != 0)
            _created.Remove(invocation);
    }

    /// <summary>A container that is deleted before it was started.</summary>
    private void Forget(ReadOnlySpan<byte> containerId)
    {
        foreach ((InvocationKey invocation, Container container) in _created)
        {
            if (System.Text.Ascii.Equals(containerId, container.Id))
                _created.Remove(invocation);
        }
    }

    /// <summary>
    /// Anybody may name a program runc: only root on the node itself is believed. A user namespace's root is anybody, and so is a
    /// container's.
    /// </summary>
    private bool IsTrusted(in RecordHeader header)
        => header.Uid == 0
            && header.Flags.HasFlag(RecordFlags.InitialUserNamespace)
            && host.IsHost(header.MountNamespace, header.RootDevice);

    private static InvocationKey InvocationOf(in RecordHeader header) => new(header.InvocationTime, header.RuntimePid);
}

using System.Text;
using DiffKeeper.Lifecycle.Kernel;

namespace DiffKeeper.Lifecycle.Containers;

// What OCI runtimes are executed to do, and how that ends.
internal sealed partial class ContainerTracker
{
    private void OnRuntimeExec(in LifecycleRecord record)
    {
        ref readonly RecordHeader header = ref record.Header;
        var command = RuntimeCommandLine.Parse(record.Argv, header.Flags.HasFlag(RecordFlags.ArgvCut));
        switch (command.Verb)
        {
            case RuntimeVerb.Create or RuntimeVerb.Run:
                OnCreate(in header, command);
                break;
            case RuntimeVerb.Exec or RuntimeVerb.Delete:
                if (Find(in command) is { } container)
                    Expect(header.Invocation, command.Verb, container);
                break;
        }
    }

    private void OnCreate(in RecordHeader header, RuntimeCommandLine command)
    {
        if (trust.Judge(in header) is not { } origin)
            return;
        if (KeyOf(in command) is not { } key)
        {
            trust.RefuseCommandLine(in header, command.Rejection);
            return;
        }

        if (_containers.TryGetValue(key, out Container? known) && IsOutcome(known, in header))
        {
            Expect(header.Invocation, command.Verb, known);
            return;
        }

        var parent = new RuntimeParent(header.ParentPid, header.ParentName.Text);
        ContainerIdentity identity = identifier.Identify(key.Id, in command, parent, header.Pid, isNested: origin == RuntimeOrigin.Container);
        (string? Bundle, string Id) creating = (identity.Bundle, key.Id);
        if (!_creating.TryGetValue(creating, out Container? container))
        {
            _runtimeRoots.Add(key.Root);
            container = new Container { Key = key, Identity = identity, IsInjectors = IsInjectors(in header, origin) };
            _creating[creating] = container;
            Publish(container, LifecycleState.Create, header.Time);
        }

        // Else a wrapper executes the runtime proper (nvidia-container-runtime): one container, created once.
        Expect(header.Invocation, command.Verb, container);
    }

    /// <summary>Whether an injector's program executed the runtime. One that has gone by now is known by its parent, which waits for it.</summary>
    /// <remarks>
    /// An engine's monitor has its engine's environment, or one of its own: an injector's marker can't be there. It executes nearly every runtime, and the
    /// two looks took a quarter of the time of all that a container's life is.
    /// </remarks>
    private static bool IsInjectors(in RecordHeader runtime, RuntimeOrigin origin)
        => origin == RuntimeOrigin.Host
            && !EngineMonitor.IsName(runtime.ParentName.Text)
            && (InjectionMarker.IsCarriedBy(runtime.Pid) ?? InjectionMarker.IsCarriedBy(runtime.ParentPid)) == true;

    /// <summary>Whether a scan found what this runtime was executed for before its record was read.</summary>
    private static bool IsOutcome(Container known, in RecordHeader runtime)
        => known.Phase is ContainerPhase.Created or ContainerPhase.Running
            && ProcessIdentity.FromBootTime(0, known.StartTime).StartTicks >= ProcessIdentity.FromBootTime(0, runtime.Time).StartTicks;

    private void OnRuntimeExit(in RecordHeader header)
    {
        if (!_invocations.TryGetValue(header.Invocation, out Invocation invocation))
            return;

        switch (invocation.Verb)
        {
            case RuntimeVerb.Create or RuntimeVerb.Run when invocation.Container.Phase == ContainerPhase.Creating:
                OnCreateEnded(in header, invocation);
                break;
            case RuntimeVerb.Exec when header.ExitStatus != 0:
                _invocations.Remove(header.Invocation);
                break;
            case RuntimeVerb.Delete:
                _invocations.Remove(header.Invocation);
                // Mostly the cgroup has gone before; this is for a container that has none of its own, or never started.
                if (header.ExitStatus == 0 && invocation.Container.Phase is ContainerPhase.Created or ContainerPhase.Stopped)
                    Delete(invocation.Container, header.Time);
                break;
        }
    }

    /// <summary>
    /// A runtime that ended well leaves an init process that is still to execute the entrypoint: after <c>create</c> it waits for <c>start</c>, and
    /// <c>run --detach</c> may end a moment before it. One that failed leaves nothing.
    /// </summary>
    private void OnCreateEnded(in RecordHeader header, Invocation invocation)
    {
        _creating.Remove((invocation.Container.Identity.Bundle, invocation.Container.Key.Id));
        if (header.ExitStatus == 0)
        {
            invocation.Container.Phase = ContainerPhase.Created;
            _containers[invocation.Container.Key] = invocation.Container;
            return;
        }

        Fail(invocation.Container, header.Time);
    }

    /// <summary>What a command line calls its container; <see langword="null"/> where it names none.</summary>
    private ContainerKey? KeyOf(in RuntimeCommandLine command)
        => Containers.ContainerId.ToStringOrNull(command.ContainerId) is { } id ? new ContainerKey(_rootsByCommand.Of(in command), id) : null;

    /// <summary>The container that a command line names; <see langword="null"/> where there is none.</summary>
    private Container? Find(in RuntimeCommandLine command)
    {
        if (!Containers.ContainerId.IsValid(command.ContainerId))
            return null;

        Span<char> id = stackalloc char[Containers.ContainerId.MaxLength];
        int length = Encoding.ASCII.GetChars(command.ContainerId, id);
        var key = new ContainerKeyView(_rootsByCommand.Of(in command), id[..length]);
        return _containers.GetAlternateLookup<ContainerKeyView>().TryGetValue(key, out Container? container) ? container : null;
    }
}

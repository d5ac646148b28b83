using DiffKeeper.Lifecycle.Kernel;

namespace DiffKeeper.Lifecycle.Containers;

// What the kernel says of processes and cgroups, whatever the runtime claims.
internal sealed partial class ContainerTracker
{
    private void OnEntrypoint(in LifecycleRecord record)
    {
        ref readonly RecordHeader header = ref record.Header;
        if (!_invocations.Remove(header.Invocation, out Invocation invocation))
            return;

        if (invocation.Creates)
            OnStart(in header, invocation.Container, CgroupNames.ToPath(record.CgroupNames));
        else if (invocation.Verb == RuntimeVerb.Exec && invocation.Container.Phase == ContainerPhase.Running)
            Publish(invocation.Container, LifecycleState.Exec, header.Time);
    }

    private void OnStart(in RecordHeader header, Container container, string? cgroupPath = null)
    {
        // A scan may have come first.
        if (!IsRunning(in header))
            Start(container, header.Pid, header.StartTime, header.Cgroup, header.Time, cgroupPath);
    }

    private void Start(Container container, int pid, ulong startTime, CgroupKey cgroup, ulong time, string? cgroupPath = null)
    {
        StopExpecting(container);
        container.Phase = ContainerPhase.Running;
        container.Pid = pid;
        container.StartTime = startTime;
        container.Cgroup = cgroup;
        container.CgroupPath = cgroupPath ?? ProcessFiles.CgroupPath(pid);
        _containers[container.Key] = container;
        _running[pid] = container;
        if (cgroup.Id != 0)
            _cgroups[cgroup] = container;
        Publish(container, LifecycleState.Start, time);
    }

    private void OnEntrypointExit(in RecordHeader header)
    {
        _exitedSinceLook?.Add(ProcessIdentity.FromBootTime(header.Pid, header.StartTime));
        // Its start was lost on the way.
        if (_invocations.TryGetValue(header.Invocation, out Invocation invocation) && invocation.Creates)
            OnStart(in header, invocation.Container);
        // A process that came in by `exec` isn't among them.
        if (!IsRunning(in header))
            return;

        Container container = _running[header.Pid];
        Stop(container, header.Time, new WaitStatus(header.ExitStatus), header.Flags.HasFlag(RecordFlags.OomKilled));
    }

    private void Stop(Container container, ulong time, WaitStatus? status = null, bool oomKilled = false)
    {
        _running.Remove(container.Pid);
        container.Phase = ContainerPhase.Stopped;
        sink.Publish(container, container.ToEvent(LifecycleState.Stop, time, clock, status, oomKilled));
    }

    private bool IsRunning(in RecordHeader process)
        => _running.TryGetValue(process.Pid, out Container? container)
            && InitOf(container) == ProcessIdentity.FromBootTime(process.Pid, process.StartTime);

    private void OnInitExit(in RecordHeader header)
    {
        _exitedSinceLook?.Add(ProcessIdentity.FromBootTime(header.Pid, header.StartTime));
        // While its runtime runs, that one's exit tells how things went, and the stages that `runc init` passes through come and go: the kernel tells of
        // theirs only where it did not know the runtime yet.
        if (!_invocations.TryGetValue(header.Invocation, out Invocation invocation) || !invocation.Creates || invocation.Container.Phase != ContainerPhase.Created)
            return;

        _invocations.Remove(header.Invocation);
        // Somebody removes a container that was never started: its delete tells of that.
        bool killed = new WaitStatus(header.ExitStatus).Signal is not null && !header.Flags.HasFlag(RecordFlags.OomKilled);
        if (killed)
            return;

        Fail(invocation.Container, header.Time);
    }

    private void OnCgroupRemoved(in RecordHeader header)
    {
        if (_cgroups.TryGetValue(header.Cgroup, out Container? container))
            Delete(container, header.Time);
    }

    private void Delete(Container container, ulong time)
    {
        Forget(container);
        Publish(container, LifecycleState.Delete, time);
    }

    private void Fail(Container container, ulong time)
    {
        Forget(container);
        Publish(container, LifecycleState.CreateFailed, time);
    }

    private void Forget(Container container)
    {
        StopExpecting(container);
        container.Phase = ContainerPhase.Gone;
        _cgroups.Remove(container.Cgroup);
        // Another life of it may have begun.
        if (_containers.TryGetValue(container.Key, out Container? known) && known == container)
            _containers.Remove(container.Key);
    }

    /// <summary>The entrypoint is the first exec of its kind: nothing of these executions is one any more.</summary>
    private void StopExpecting(Container container)
    {
        foreach (InvocationKey invocation in container.Invocations)
            _invocations.Remove(invocation);
        container.Invocations = [];
        if (container.Phase == ContainerPhase.Creating)
            _creating.Remove((container.Identity.Bundle, container.Key.Id));
    }
}

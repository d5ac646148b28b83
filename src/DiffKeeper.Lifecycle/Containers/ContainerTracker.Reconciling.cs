using DiffKeeper.Lifecycle.Kernel;

namespace DiffKeeper.Lifecycle.Containers;

// How the picture becomes true again: after the start, and after a loss.
internal sealed partial class ContainerTracker
{
    /// <summary>Tells what is true and was not told.</summary>
    /// <param name="node">The node as it is.</param>
    /// <param name="drain">
    /// Handles every record that the ring holds. It is called before looking, so that what is old isn't taken for new, and between looking and
    /// judging: who is seen dead, or gone from the kernel's list, has left a record by then, if it wasn't lost.
    /// </param>
    /// <param name="now">The time of CLOCK_BOOTTIME, in nanoseconds.</param>
    public void Reconcile(INode node, Action drain, ulong now)
    {
        drain();
        _exitedSinceLook = [];
        foreach (RunningRuntime runtime in node.FindRuntimes().ToArray())
            Join(runtime, node);
        IReadOnlyDictionary<int, KernelTask> tasks = node.Tasks.Read();
        _joined.IntersectWith(tasks.Values.Select(static task => task.Invocation));
        Container[] unstarted = [.. _invocations.Values.Where(static invocation => invocation.Creates).Select(static invocation => invocation.Container).Distinct()];
        Container[] dead = [.. _running.Values.Where(container => node.Identify(container.Pid) != InitOf(container))];
        Container[] removed = [.. _cgroups.Values.Where(container => !node.Tasks.IsFollowed(container.Cgroup))];
        FoundContainer[] found = [.. node.Scan(_runtimeRoots)];

        drain();
        found = [.. found.Where(container => !_exitedSinceLook.Contains(container.Init))];

        foreach (Container container in dead.Where(static container => container.Phase == ContainerPhase.Running))
            Stop(container, now);
        foreach (FoundContainer container in found)
            Adopt(container, node);
        foreach (Container container in unstarted.Where(static container => container.Phase is ContainerPhase.Creating or ContainerPhase.Created))
            ReconcileUnstarted(container, tasks, found, now);
        foreach (Container container in removed.Where(static container => container.Phase == ContainerPhase.Stopped))
            Delete(container, now);
        foreach (int pid in tasks.Keys.Where(pid => node.Identify(pid) is null))
            node.Tasks.Forget(pid);
        _exitedSinceLook = null;
    }

    /// <summary>Follows an OCI runtime whose exec was not seen, as if it had been; or has seen to it what the kernel follows, and could not tell of.</summary>
    private void Join(RunningRuntime runtime, INode node)
    {
        IReadOnlyDictionary<int, KernelTask> tasks = node.Tasks.Read();
        var command = RuntimeCommandLine.Parse(runtime.Argv);
        if (command.Verb is not (RuntimeVerb.Create or RuntimeVerb.Run or RuntimeVerb.Exec or RuntimeVerb.Delete))
            return;
        if (tasks.TryGetValue(runtime.Process.Pid, out KernelTask known) && known.Roles.HasFlag(TaskRoles.Runtime))
        {
            if (known.Roles.HasFlag(TaskRoles.Untold) && node.Identify(runtime.Process.Pid) == runtime.Process && _joined.Add(known.Invocation))
            {
                RecordHeader untold = runtime.RecordOf(known.Invocation);
                OnRuntimeExec(new LifecycleRecord(in untold, runtime.Argv));
            }

            return;
        }

        KernelTask task = runtime.Task;
        node.Tasks.Follow(runtime.Process.Pid, in task);
        FollowForks(runtime.Process.Pid, in task, node);
        if (node.Identify(runtime.Process.Pid) != runtime.Process)
        {
            node.Tasks.Forget(runtime.Process.Pid);
            return;
        }

        RecordHeader record = runtime.Record;
        OnRuntimeExec(new LifecycleRecord(in record, runtime.Argv));
    }

    /// <summary>
    /// What a followed process forks inherits that; what was forked before is given it here, again and again until there is no other: a process that
    /// wasn't followed yet may have forked while the last look was taken.
    /// </summary>
    private static void FollowForks(int pid, in KernelTask task, INode node)
    {
        var followed = new HashSet<int>();
        for (int before = -1; before != followed.Count;)
        {
            before = followed.Count;
            foreach (int fork in node.ForksOf(pid).Where(followed.Add).ToArray())
                node.Tasks.Follow(fork, in task);
        }
    }

    /// <summary>One whose runtime was executed: it may have started, still be on its way, or have come to nothing.</summary>
    private void ReconcileUnstarted(Container container, IReadOnlyDictionary<int, KernelTask> tasks, FoundContainer[] found, ulong now)
    {
        KeyValuePair<int, KernelTask>[] own = [.. tasks.Where(task => container.Invocations.Contains(task.Value.Invocation))];
        foreach ((int pid, KernelTask init) in own.Where(static task => task.Value.IsEntrypoint).Take(1))
        {
            Start(container, pid, init.StartTime, files.Cgroup(pid), now);
            return;
        }

        if (own.Length > 0 || found.Any(other => other.Key == container.Key))
            return;
        if (container.Phase == ContainerPhase.Created)
            Delete(container, now);
        else
            Fail(container, now);
    }

    private void Adopt(FoundContainer found, INode node)
    {
        Container? known = _containers.GetValueOrDefault(found.Key) ?? _creating.Values.FirstOrDefault(container => container.Key == found.Key);
        // A process that has exited is still seen for as long as it takes it to become a zombie.
        if (known is { Phase: ContainerPhase.Running or ContainerPhase.Stopped } && InitOf(known) == found.Init)
            return;

        bool waits = known?.Phase is ContainerPhase.Creating or ContainerPhase.Created;
        Container container = waits ? known! : new Container { Key = found.Key, Identity = found.Identify(_identifier), StartTime = found.Init.StartNanoseconds };
        if (!Follow(found, container, node, out bool hasStarted))
            return;

        if (known is not null && !waits)
            EndFormerLife(known, found.Init.StartNanoseconds);
        if (hasStarted)
            Start(container, found.Init.Pid, found.Init.StartNanoseconds, found.Cgroup, found.Init.StartNanoseconds, found.CgroupPath);
        else if (!waits)
            Create(container, found.Init.StartNanoseconds);
    }

    /// <summary>Whether the container was still there when the kernel began to follow it.</summary>
    private bool Follow(FoundContainer found, Container container, INode node, out bool hasStarted)
    {
        if (found.Cgroup.Id != 0)
            node.Tasks.Follow(found.Cgroup);

        // No runtime's invocation, but one of its own: many begin within a tick, which has more nanoseconds than there can be processes (2^22).
        var waiting = new KernelTask { InvocationTime = found.Init.StartNanoseconds + (ulong)found.Init.Pid, Roles = TaskRoles.Runtime };
        KernelTask followed = found.HasStarted() ? default : node.Tasks.Follow(found.Init.Pid, in waiting);

        // Asked again: if it starts only now, the kernel tells of it.
        hasStarted = followed.IsEntrypoint || found.HasStarted();
        if (hasStarted)
            node.Tasks.Follow(found.Init.Pid, new KernelTask { StartTime = found.Init.StartNanoseconds, Roles = TaskRoles.Entrypoint });
        else
            Expect(followed.Invocation, RuntimeVerb.Create, container); // The kernel may have known it before, as coming from a runtime that has ended since.

        // Else it exited in between, and the kernel, which did not know of it, will never say so.
        return node.Identify(found.Init.Pid) == found.Init;
    }

    /// <summary>One that waits for its start, and whose runtime has ended.</summary>
    private void Create(Container container, ulong time)
    {
        container.Phase = ContainerPhase.Created;
        _containers[container.Key] = container;
        Publish(container, LifecycleState.Create, time);
    }

    private void EndFormerLife(Container known, ulong time)
    {
        if (known.Phase == ContainerPhase.Running)
            Stop(known, time);
        Delete(known, time);
    }

    private static ProcessIdentity InitOf(Container container) => ProcessIdentity.FromBootTime(container.Pid, container.StartTime);
}

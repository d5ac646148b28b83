using DiffKeeper.Lifecycle.Kernel;

namespace DiffKeeper.Lifecycle.Containers;

// How the picture becomes true again: after the start, and after a loss.
internal sealed partial class ContainerTracker
{
    /// <summary>The state directories that OCI runtimes were told to use, where a scan of the node has to look as well.</summary>
    public IReadOnlySet<string> RuntimeRoots => _runtimeRoots;

    /// <summary>
    /// Tells what is true and was not told. What the records still in the ring say of the same is left out when they come.
    /// </summary>
    /// <param name="kernel">The kernel's own list, which tells how everything went on that is known.</param>
    /// <param name="scan">Finds every container there is, for those that aren't known; called after the kernel's list was read.</param>
    /// <param name="now">The time of CLOCK_BOOTTIME, in nanoseconds.</param>
    public void Reconcile(IKernelTasks kernel, Func<IEnumerable<FoundContainer>> scan, ulong now)
    {
        IReadOnlyDictionary<int, KernelTask> tasks = kernel.Read();
        foreach (Container container in _invocations.Values.Where(static i => i.Creates).Select(static i => i.Container).Distinct().ToArray())
            ReconcileUnstarted(container, tasks, now);
        foreach (Container container in _running.Values.Where(c => !tasks.ContainsKey(c.Pid)).ToArray())
            Stop(container, ToEvent(container, LifecycleState.Stop, clock.ToUtc(now)));
        foreach (FoundContainer found in scan())
            Adopt(found, kernel);
        foreach (Container container in _cgroups.Values.Where(c => c.Phase == ContainerPhase.Stopped && !kernel.IsFollowed(c.Cgroup)).ToArray())
            Delete(container, now);
    }

    /// <summary>One whose runtime was executed: it may have started, still be on its way, or have come to nothing.</summary>
    private void ReconcileUnstarted(Container container, IReadOnlyDictionary<int, KernelTask> tasks, ulong now)
    {
        KeyValuePair<int, KernelTask>[] own = [.. tasks.Where(t => container.Invocations.Contains(t.Value.Invocation))];
        if (own.Any(static task => task.Value.IsEntrypoint))
        {
            (int pid, KernelTask init) = own.First(static task => task.Value.IsEntrypoint);
            Start(container, pid, init.StartTime, ProcessFiles.Cgroup(pid), now);
        }
        else if (own.Length == 0 && container.Phase == ContainerPhase.Created)
        {
            Delete(container, now);
        }
        else if (own.Length == 0)
        {
            Fail(container, now);
        }
    }

    private void Adopt(FoundContainer found, IKernelTasks kernel)
    {
        _containers.TryGetValue(found.Key, out Container? known);
        if ((known is not null && IsSameLife(known, found)) || _creating.Values.Any(c => c.Key == found.Key))
            return;

        var container = new Container { Key = found.Key, Identity = found.Identify(), StartTime = found.Init.StartNanoseconds };
        if (!Follow(found, container, kernel))
            return;

        if (known is not null)
            EndFormerLife(known, found.Init.StartNanoseconds);
        _containers[found.Key] = container;
        if (found.IsStarted)
            Start(container, found.Init.Pid, found.Init.StartNanoseconds, found.Cgroup, found.Init.StartNanoseconds);
        else
            Publish(container, LifecycleState.Create, found.Init.StartNanoseconds);
    }

    /// <summary>Whether the container was still there when the kernel began to follow it.</summary>
    private bool Follow(FoundContainer found, Container container, IKernelTasks kernel)
    {
        if (found.Cgroup.Id != 0)
            kernel.Follow(found.Cgroup);

        var task = new KernelTask { InvocationTime = found.Init.StartNanoseconds, StartTime = found.Init.StartNanoseconds };
        if (found.IsStarted)
        {
            task.Roles = TaskRoles.Entrypoint;
        }
        else
        {
            task.Roles = TaskRoles.Runtime;
            container.Phase = ContainerPhase.Created;
            Expect(task.Invocation, RuntimeVerb.Create, container);
        }

        kernel.Follow(found.Init.Pid, in task);
        // Else it exited in between, and the kernel, which did not know of it, will never say so.
        return ProcessFiles.Identify(found.Init.Pid) == found.Init;
    }

    private static bool IsSameLife(Container known, FoundContainer found) => known.Phase switch
    {
        ContainerPhase.Running => ProcessIdentity.FromBootTime(known.Pid, known.StartTime) == found.Init,
        ContainerPhase.Created => true,
        _ => false,
    };

    private void EndFormerLife(Container known, ulong time)
    {
        if (known.Phase == ContainerPhase.Running)
            Stop(known, ToEvent(known, LifecycleState.Stop, clock.ToUtc(time)));
        Delete(known, time);
    }
}

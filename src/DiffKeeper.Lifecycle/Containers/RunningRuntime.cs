using DiffKeeper.Lifecycle.Interop;
using DiffKeeper.Lifecycle.Kernel;

namespace DiffKeeper.Lifecycle.Containers;

/// <summary>An OCI runtime that was executed before the programs could see it, or could tell of it, and still runs.</summary>
internal sealed record RunningRuntime
{
    private const string InitialUserNamespace = "user:[4026531837]"; // PROC_USER_INIT_INO, linux/proc_ns.h
    private const string InitialPidNamespace = "pid:[4026531836]"; // PROC_PID_INIT_INO

    public required ProcessIdentity Process { get; init; }

    public required byte[] Argv { get; init; }

    /// <summary>What the kernel would have said of its exec.</summary>
    public required RecordHeader Record { get; init; }

    /// <summary>How the kernel would follow it.</summary>
    public KernelTask Task => new()
    {
        InvocationTime = Record.InvocationTime,
        Argv0Hash = KernelTask.HashArgv0(Argv),
        RuntimePid = Process.Pid,
        Roles = TaskRoles.Runtime,
        RootInode = Record.RootInode,
        RootDevice = Record.RootDevice,
    };

    /// <summary>What the kernel would have said, had the ring had room for it.</summary>
    /// <param name="invocation">What it calls the exec; the time is the exec's.</param>
    public RecordHeader RecordOf(InvocationKey invocation) => Record with { InvocationTime = invocation.Time, Time = invocation.Time, RuntimePid = invocation.Pid };

    /// <returns><see langword="null"/> where the process has gone, or is in a container.</returns>
    public static RunningRuntime? Read(int pid)
    {
        if (ProcessFiles.NamespaceLink(pid, "pid") != InitialPidNamespace
            || ProcessFiles.CommandLine(pid) is not { Length: > 0 } argv
            || ProcessFiles.Identify(pid) is not { } process)
        {
            return null;
        }

        int parent = ProcessFiles.Parent(pid) ?? 0;
        var record = new RecordHeader
        {
            Kind = RecordKind.RuntimeExec,
            Flags = RecordFlags.InitialPidNamespace | (ProcessFiles.NamespaceLink(pid, "user") == InitialUserNamespace ? RecordFlags.InitialUserNamespace : RecordFlags.None),
            Pid = pid,
            Time = process.StartNanoseconds,
            StartTime = process.StartNanoseconds,
            InvocationTime = process.StartNanoseconds,
            RuntimePid = pid,
            ParentPid = parent,
            Uid = LibC.Owner($"/proc/{pid}") ?? uint.MaxValue,
            MountNamespace = HostNamespaces.ParseMountNamespace(ProcessFiles.NamespaceLink(pid, "mnt")),
            RootInode = LibC.Inode($"/proc/{pid}/root/") ?? 0,
            RootDevice = HostNamespaces.RootDeviceOf(pid),
        };
        System.Text.Encoding.UTF8.GetBytes(ProcessFiles.Name(parent) ?? "").AsSpan().CopyTo(record.ParentName);
        return new RunningRuntime { Process = process, Argv = argv, Record = record };
    }
}

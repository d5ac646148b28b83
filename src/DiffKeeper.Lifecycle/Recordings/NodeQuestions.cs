using DiffKeeper.Lifecycle.Containers;
using DiffKeeper.Lifecycle.Kernel;

namespace DiffKeeper.Lifecycle.Recordings;

/// <summary>What <see cref="INode"/>, <see cref="IKernelTasks"/> and <see cref="IBootClock"/> are asked.</summary>
internal static class NodeQuestions
{
    public static Question<ProcessIdentity?> Identity { get; } = new(
        32,
        static (writer, process) => WriteProcess(writer, process ?? default),
        static reader => ReadProcess(reader) is { Pid: > 0 } process ? process : null);

    public static Question<IReadOnlyCollection<FoundContainer>> Scan { get; } = new(
        33, static (writer, found) => writer.WriteList(found, WriteFound), static reader => reader.ReadList(ReadFound));

    public static Question<bool> HasStarted { get; } = new(34, static (writer, answer) => writer.Write(answer), static reader => reader.ReadBoolean());

    public static Question<IReadOnlyCollection<RunningRuntime>> Runtimes { get; } = new(
        35, static (writer, runtimes) => writer.WriteList(runtimes, WriteRuntime), static reader => reader.ReadList(ReadRuntime));

    public static Question<IReadOnlyCollection<int>> Forks { get; } = new(
        36, static (writer, forks) => writer.WriteList(forks, static (writer, pid) => writer.Write(pid)), static reader => reader.ReadList(static reader => reader.ReadInt32()));

    public static Question<IReadOnlyDictionary<int, KernelTask>> Tasks { get; } = new(37, WriteTasks, ReadTasks);

    /// <summary>As what a process is followed from now on.</summary>
    public static Question<KernelTask> Followed { get; } = new(38, FrameFields.WriteStructure, FrameFields.ReadStructure<KernelTask>);

    public static Question<bool> IsFollowed { get; } = new(39, static (writer, answer) => writer.Write(answer), static reader => reader.ReadBoolean());

    /// <summary>The wall-clock time, in ticks of 100 ns, at which the boot clock was zero.</summary>
    public static Question<long> BootTicks { get; } = new(40, static (writer, ticks) => writer.Write(ticks), static reader => reader.ReadInt64());

    private static void WriteProcess(BinaryWriter writer, ProcessIdentity process)
    {
        writer.Write(process.Pid);
        writer.Write(process.StartTicks);
    }

    private static ProcessIdentity ReadProcess(BinaryReader reader) => new(reader.ReadInt32(), reader.ReadUInt64());

    private static void WriteFound(BinaryWriter writer, FoundContainer found)
    {
        writer.Write(found.Key.Root);
        writer.Write(found.Key.Id);
        WriteProcess(writer, found.Init);
        ContainerQuestions.WriteCgroup(writer, found.Cgroup);
        writer.WriteText(found.CgroupPath);
        writer.WriteBytes(found.Argv);
        writer.Write(found.Monitor);
        writer.Write(found.MonitorPid);
    }

    private static FoundContainer ReadFound(BinaryReader reader) => new()
    {
        Key = new ContainerKey(reader.ReadString(), reader.ReadString()),
        Init = ReadProcess(reader),
        Cgroup = ContainerQuestions.ReadCgroup(reader),
        CgroupPath = reader.ReadText(),
        Argv = FrameFields.ReadBytes(reader),
        Monitor = reader.ReadString(),
        MonitorPid = reader.ReadInt32(),
        HasStarted = static () => true,
    };

    private static void WriteRuntime(BinaryWriter writer, RunningRuntime runtime)
    {
        WriteProcess(writer, runtime.Process);
        writer.WriteBytes(runtime.Argv);
        writer.WriteStructure(runtime.Record);
    }

    private static RunningRuntime ReadRuntime(BinaryReader reader) => new()
    {
        Process = ReadProcess(reader),
        Argv = FrameFields.ReadBytes(reader),
        Record = reader.ReadStructure<RecordHeader>(),
    };

    private static void WriteTasks(BinaryWriter writer, IReadOnlyDictionary<int, KernelTask> tasks)
        => writer.WriteList(tasks, static (writer, task) =>
        {
            writer.Write(task.Key);
            writer.WriteStructure(task.Value);
        });

    private static Dictionary<int, KernelTask> ReadTasks(BinaryReader reader)
        => reader.ReadList(static reader => KeyValuePair.Create(reader.ReadInt32(), reader.ReadStructure<KernelTask>())).ToDictionary();
}

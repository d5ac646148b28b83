using System.Runtime.InteropServices;
using System.Text;
using DiffKeeper.Lifecycle.Interop;
using DiffKeeper.Lifecycle.Native;

namespace DiffKeeper.Lifecycle.Kernel;

/// <summary>The BPF programs of native/bpf/lifecycle.bpf.c and their maps, loaded into the kernel.</summary>
/// <remarks>Not thread-safe. Disposing detaches and unloads.</remarks>
internal sealed unsafe partial class LifecycleProgram : IKernelTasks, IDisposable
{
    private const int BpfMapTypeRingBuffer = 27;
    private const int CommLength = 16;
    private const string ExecProgram = "handle_exec";

    private readonly BpfObjectHandle _object;
    private readonly List<Attachment> _attachments = [];
    private readonly List<int> _programs = [];
    private readonly int _lossesMap;
    private readonly int _tasksMap;
    private readonly int _cgroupsMap;
    private readonly ProcessFilter* _filter;
    private readonly ulong[] _lossesByCpu = new ulong[LibBpf.PossibleCpus()];

    private LifecycleProgram(BpfObjectHandle bpfObject)
    {
        _object = bpfObject;
        RecordsMap = MapFileDescriptor("records");
        _lossesMap = MapFileDescriptor("losses");
        _tasksMap = MapFileDescriptor("tasks");
        _cgroupsMap = MapFileDescriptor("cgroups");
        _filter = (ProcessFilter*)LibBpf.MapMemory(LibBpf.FindMap(_object, ".bss"), out _);
    }

    /// <summary>The file descriptor of the ring buffer, which lives as long as this object.</summary>
    public int RecordsMap { get; }

    /// <summary>Loads the programs; nothing is traced before <see cref="Attach"/>.</summary>
    /// <param name="options">The ring's size, and the names of the executables that are OCI runtimes.</param>
    /// <exception cref="PlatformNotSupportedException">It isn't Linux, or not on x64 or arm64.</exception>
    /// <exception cref="TracingUnavailableException">This machine or process can't trace.</exception>
    public static LifecycleProgram Load(LifecycleTracerOptions options)
    {
        KernelEnvironment.Current.EnsureTracingIsPossible();
        try
        {
            using var log = LibBpfLog.Begin();
            BpfObjectHandle bpfObject = Open();
            LibBpf.SetMapMaxEntries(LibBpf.FindMap(bpfObject, "records"), (uint)Math.Max(options.RingBufferBytes, Environment.SystemPageSize));
            if (LibBpf.LoadObject(bpfObject) != 0)
            {
                int error = Marshal.GetLastPInvokeError();
                bpfObject.Dispose();
                throw LoadFailed(error, log.ToString());
            }

            var program = new LifecycleProgram(bpfObject);
            program.SetRuntimes(options.OciRuntimes);
            return program;
        }
        catch (Exception e) when (e is DllNotFoundException or BadImageFormatException)
        {
            throw new TracingUnavailableException(TracingUnavailableReason.NoNativeLibrary, NativeLibraryMissing(), e);
        }
    }

    /// <summary>Attaches every program. From its return on, nothing is missed.</summary>
    /// <exception cref="TracingUnavailableException">The kernel refused.</exception>
    public void Attach()
    {
        // Forks first: a runtime that is seen to be executed must not fork unseen. Attaching one takes the kernel milliseconds.
        foreach (nint program in Programs().OrderBy(static program => ProgramName(program) == ExecProgram))
        {
            BpfLinkHandle link = LibBpf.AttachProgram(program);
            int error = Marshal.GetLastPInvokeError();
            _programs.Add(LibBpf.ProgramFileDescriptor(program));
            if (link.IsInvalid)
            {
                link.Dispose();
                throw new TracingUnavailableException(
                    TracingUnavailableReason.ProgramRejected,
                    $"The kernel did not attach {ProgramName(program)}: {Marshal.GetPInvokeErrorMessage(error)}.");
            }

            _attachments.Add(new Attachment(ProgramName(program), link));
        }
    }

    /// <summary>Looks whether every program is still attached: a system call for each.</summary>
    /// <exception cref="TracingUnavailableException">One of them isn't.</exception>
    public void EnsureAttached()
    {
        if (_attachments.Find(static attachment => !attachment.Holds) is { } lost)
        {
            throw new TracingUnavailableException(
                TracingUnavailableReason.ProgramRejected,
                $"{lost.Program} is not attached any more: something in this process has closed a file descriptor that isn't its own.");
        }
    }

    /// <summary>Reads the counters of losses: a handful of system calls.</summary>
    public LossCounters ReadLosses() => new(ReadLoss(0), ReadLoss(1), ReadSkipped());

    public void Dispose()
    {
        foreach (Attachment attachment in _attachments)
            attachment.Dispose();
        _object.Dispose();
    }

    private List<nint> Programs()
    {
        List<nint> programs = [];
        for (nint program = LibBpf.NextProgram(_object, 0); program != 0; program = LibBpf.NextProgram(_object, program))
            programs.Add(program);
        return programs;
    }

    private static string ProgramName(nint program) => Marshal.PtrToStringUTF8((nint)LibBpf.ProgramName(program))!;

    private static BpfObjectHandle Open()
    {
        byte[] elf = LifecycleBpfObject.ToArray();
        fixed (byte* start = elf, name = Encoding.UTF8.GetBytes(LifecycleBpfObject.Name + '\0'))
        {
            var options = new BpfObjectOpenOptions { Size = (nuint)sizeof(BpfObjectOpenOptions), ObjectName = name };
            return LibBpf.OpenObject(start, (nuint)elf.Length, in options);
        }
    }

    private static RequirementResult NativeLibraryMissing() => RequirementResult.Missing(
        TracingRequirement.NativeLibrary,
        $"The native library of DiffKeeper.Lifecycle for {RuntimeInformation.RuntimeIdentifier} was not deployed",
        "build or publish for that platform, and keep its libdiffkeeper_bpf.so with the program");

    private static TracingUnavailableException LoadFailed(int error, string log)
    {
        const int PermissionDenied = 1; // EPERM: the verifier's own refusals are EACCES and EINVAL
        string why = Marshal.GetPInvokeErrorMessage(error);
        if (error == PermissionDenied)
        {
            return new TracingUnavailableException(
                TracingUnavailableReason.MissingPrivilege,
                RequirementResult.Missing(
                    TracingRequirement.Programs,
                    $"The kernel does not let this process load BPF programs ({why})",
                    "run it as root in the initial user namespace, and check for lockdown, seccomp and other security policies"));
        }

        return LibBpf.ProbeMapType(BpfMapTypeRingBuffer, null) == 0
            ? new TracingUnavailableException(
                TracingUnavailableReason.NoRingBuffer,
                RequirementResult.Missing(
                    TracingRequirement.RingBuffer,
                    $"Tracing needs BPF ring buffers, which {RuntimeInformation.OSDescription} does not have",
                    "use Linux 5.8 or newer"))
            : new TracingUnavailableException(
                TracingUnavailableReason.ProgramRejected,
                RequirementResult.Missing(
                    TracingRequirement.Programs,
                    $"The kernel ({RuntimeInformation.OSDescription}) refused the tracing programs ({why})",
                    $"see what it says of them, '{LastLines(log)}'"));
    }

    private static string LastLines(string log)
        => string.Join(' ', log.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).TakeLast(6));

    private void SetRuntimes(IEnumerable<string> runtimes)
    {
        int map = MapFileDescriptor("runtimes");
        Span<byte> key = stackalloc byte[CommLength];
        byte value = 1;
        foreach (string runtime in runtimes)
        {
            key.Clear();
            // As the kernel cuts comm: 15 bytes and a NUL.
            Encoding.UTF8.GetEncoder().Convert(runtime, key[..(CommLength - 1)], flush: true, out _, out _, out _);
            fixed (byte* k = key)
                ThrowIfFailed(LibBpf.UpdateElement(map, k, &value, 0), "name the OCI runtimes to the kernel");
            _filter->Admit(key);
        }
    }

    private ulong ReadLoss(uint kind)
    {
        fixed (ulong* values = _lossesByCpu)
            ThrowIfFailed(LibBpf.LookupElement(_lossesMap, &kind, values), "read the loss counters");

        ulong sum = 0;
        foreach (ulong value in _lossesByCpu)
            sum += value;
        return sum;
    }

    private ulong ReadSkipped()
    {
        ulong sum = 0;
        foreach (int program in _programs)
        {
            BpfProgramInfo info = default;
            uint size = (uint)sizeof(BpfProgramInfo);
            ThrowIfFailed(LibBpf.GetInfo(program, &info, ref size), "ask the kernel about the programs");
            sum += info.RecursionMisses;
        }

        return sum;
    }

    private int MapFileDescriptor(string name) => LibBpf.MapFileDescriptor(LibBpf.FindMap(_object, name));

    private static void ThrowIfFailed(int result, string action)
    {
        if (result != 0)
        {
            throw new TracingUnavailableException(
                TracingUnavailableReason.ProgramRejected, $"Could not {action}: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}.");
        }
    }
}

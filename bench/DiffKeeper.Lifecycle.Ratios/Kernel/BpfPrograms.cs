using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace DiffKeeper.Lifecycle.Ratios.Kernel;

/// <summary>BPF programs that somebody loaded while this was looking: held open, so that their statistics can be read.</summary>
internal sealed class BpfPrograms : IDisposable
{
    private readonly Dictionary<uint, SafeFileHandle> _programs;

    private BpfPrograms(Dictionary<uint, SafeFileHandle> programs) => _programs = programs;

    /// <summary>The programs of the names that are there now and were not among those before.</summary>
    public static BpfPrograms Since(IReadOnlySet<uint> before, Func<string, bool> isNamed)
    {
        var programs = new Dictionary<uint, SafeFileHandle>();
        foreach (uint id in All().Except(before))
        {
            int descriptor = BpfNative.OpenProgram(id);
            if (descriptor < 0)
                continue;
            var handle = new SafeFileHandle(descriptor, ownsHandle: true);
            if (isNamed(BpfObjectInfo.Read(descriptor).Name))
                programs[id] = handle;
            else
                handle.Dispose();
        }

        return new BpfPrograms(programs);
    }

    public static IReadOnlySet<uint> Now() => All().ToHashSet();

    /// <summary>Turned off again when disposed.</summary>
    public static SafeFileHandle EnableStatistics()
    {
        const int runTime = 0; // BPF_STATS_RUN_TIME
        int descriptor = BpfNative.EnableStatistics(runTime);
        return descriptor >= 0
            ? new SafeFileHandle(descriptor, ownsHandle: true)
            : throw new InvalidOperationException($"The kernel does not count the run time of BPF programs: {Marshal.GetLastPInvokeErrorMessage()}.");
    }

    /// <summary>What each took since it was loaded, as long as statistics were on.</summary>
    public IReadOnlyDictionary<uint, RunTime> Read()
        => _programs.ToDictionary(static program => program.Key, static program => RunTime.Of(BpfObjectInfo.Read((int)program.Value.DangerousGetHandle())));

    public void Dispose()
    {
        foreach (SafeFileHandle program in _programs.Values)
            program.Dispose();
    }

    private static IEnumerable<uint> All()
    {
        for (uint id = 0; BpfNative.NextProgram(id, out uint next) == 0; id = next)
            yield return next;
    }
}

using System.Globalization;
using System.Text;
using DiffKeeper.Lifecycle;
using Microsoft.Win32.SafeHandles;

namespace DiffKeeper.Injector;

/// <summary>Makes the kernel take containers first when the node runs out of memory.</summary>
/// <remarks>
/// Of the process that the container begins with; what that process starts from then on inherits it. A score is only raised: what an engine has set higher stays, and being
/// injected a second time changes nothing.
/// </remarks>
internal sealed class OomScoreInjector(OomScore score) : IInjector
{
    private const int MaxFileBytes = 16;
    private const int StartTimeField = 19; // of /proc/PID/stat, counted behind the name's closing parenthesis (proc_pid_stat(5))

    public ValueTask<InjectionResult> InjectAsync(LifecycleEvent container, CancellationToken cancellationToken)
    {
        try
        {
            // Opened before it is looked whose it is: an open file stays that process's, and does not become the next one's of the same number.
            using SafeFileHandle file = File.OpenHandle($"/proc/{container.Pid}/oom_score_adj", access: FileAccess.ReadWrite, share: FileShare.ReadWrite);
            return ValueTask.FromResult(StartTicks(container.Pid) == container.ProcessStartTicks ? Raise(file) : Gone());
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return ValueTask.FromResult(Gone());
        }
    }

    private InjectionResult Raise(SafeFileHandle file)
    {
        Span<byte> buffer = stackalloc byte[MaxFileBytes];
        int current = int.Parse(buffer[..RandomAccess.Read(file, buffer, fileOffset: 0)].Trim((byte)'\n'), CultureInfo.InvariantCulture);
        if (current >= score.Value)
            return InjectionResult.Skipped($"Its score is {current} already.");
        RandomAccess.Write(file, Encoding.ASCII.GetBytes(score.Value.ToString(CultureInfo.InvariantCulture)), fileOffset: 0);
        return InjectionResult.Succeeded;
    }

    private static ulong StartTicks(int pid)
    {
        string stat = File.ReadAllText($"/proc/{pid}/stat");
        return ulong.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[StartTimeField], CultureInfo.InvariantCulture);
    }

    private static InjectionResult Gone() => InjectionResult.Skipped("Its process has ended.");
}

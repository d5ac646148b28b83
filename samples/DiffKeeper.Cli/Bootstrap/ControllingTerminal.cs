using DiffKeeper.Cli.Interop;
using Microsoft.Win32.SafeHandles;

namespace DiffKeeper.Cli.Bootstrap;

/// <summary>The terminal that this process's session belongs to, if there is one.</summary>
internal static class ControllingTerminal
{
    private const string Device = "/dev/tty";

    /// <summary>Whether the terminal sends what its user types, Ctrl+C among it, to this process and to all others of its group.</summary>
    public static bool IsForeground()
    {
        try
        {
            using SafeFileHandle terminal = File.OpenHandle(Device, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            return LibC.ForegroundProcessGroup(terminal) == LibC.ProcessGroup();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}

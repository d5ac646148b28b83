using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace DiffKeeper.Lifecycle.Interop;

internal static unsafe partial class LibC
{
    internal const int Terminate = 15; // SIGTERM
    internal const int Kill = 9; // SIGKILL

    internal const int PipeCloseOnExec = 0x80000; // O_CLOEXEC
    internal const short PollIn = 1; // POLLIN

    private const int WaitForOne = 1; // P_PID
    private const int WaitExited = 4; // WEXITED

    // The numbers are the same on every architecture since Linux 5.1; only glibc 2.36 has functions for them.
    private const long PidFdSendSignal = 424;
    private const long PidFdOpen = 434;

    /// <summary>A descriptor of a process, which becomes readable when it exits (pidfd_open(2)), and is closed on exec.</summary>
    public static SafeFileHandle OpenProcess(int pid) => new((nint)SystemCall(PidFdOpen, pid, 0, 0, 0), ownsHandle: true);

    /// <returns>Whether there still was such a process.</returns>
    public static bool SendSignal(SafeFileHandle process, int signal)
    {
        bool isReferenced = false;
        process.DangerousAddRef(ref isReferenced);
        try
        {
            return SystemCall(PidFdSendSignal, process.DangerousGetHandle(), signal, 0, 0) == 0;
        }
        finally
        {
            process.DangerousRelease();
        }
    }

    /// <summary>Takes the status of a child that has exited.</summary>
    /// <returns><see langword="null"/> where somebody else has taken it.</returns>
    public static (ExitKind Kind, int Status)? Reap(int pid)
    {
        ChildInformation information = default;
        int result;
        do
        {
            result = WaitId(WaitForOne, pid, &information, WaitExited, 0);
        }
        while (result != 0 && Marshal.GetLastPInvokeError() == InterruptedError);

        return result == 0 ? (information.Code, information.Status) : null;
    }

    [LibraryImport(Library, EntryPoint = "kill", SetLastError = true)]
    internal static partial int SendSignalToGroup(int negatedGroup, int signal);

    [LibraryImport(Library, EntryPoint = "pipe2", SetLastError = true)]
    internal static partial int Pipe(int* descriptors, int flags);

    [LibraryImport(Library, EntryPoint = "read", SetLastError = true)]
    internal static partial nint Read(SafeFileHandle descriptor, Span<byte> buffer, nuint count);

    [LibraryImport(Library, EntryPoint = "poll", SetLastError = true)]
    internal static partial int Poll(Span<PollEntry> entries, nuint count, int timeoutMilliseconds);

    [LibraryImport(Library, EntryPoint = "waitid", SetLastError = true)]
    private static partial int WaitId(int kind, int id, ChildInformation* information, int options, nint usage);

    [LibraryImport(Library, EntryPoint = "syscall", SetLastError = true)]
    private static partial long SystemCall(long number, long first, long second, long third, long fourth);

    /// <summary>What waitid(2) fills in of <c>siginfo_t</c>, on 64-bit machines.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 128)]
    private struct ChildInformation
    {
        [FieldOffset(8)]
        public ExitKind Code;

        [FieldOffset(24)]
        public int Status;
    }
}

using System.Globalization;
using System.Runtime.InteropServices;

namespace DiffKeeper.Lifecycle.KernelTests.Engines;

/// <summary>Sends signals to processes that the tests started.</summary>
internal static partial class ProcessSignal
{
    public const int Interrupt = 2;
    public const int Kill = 9;
    public const int Terminate = 15;

    /// <summary>A process that has already gone is no error.</summary>
    public static void Send(int pid, int signal) => _ = SendSignal(pid, signal);

    /// <summary>
    /// Waits until the process has a handler for the signal: an init process without one ignores it, and one that has only
    /// just been executed has none yet.
    /// </summary>
    public static async Task WaitUntilHandledAsync(int pid, int signal)
    {
        bool handled = await Eventually.HoldsAsync(() => (HandledSignals(pid) & (1UL << (signal - 1))) != 0);
        if (!handled)
            throw new InvalidOperationException($"Process {pid} has not set a handler for signal {signal}.");
    }

    private static ulong HandledSignals(int pid)
    {
        const string Field = "SigCgt:";
        string line = File.ReadLines($"/proc/{pid}/status").Single(line => line.StartsWith(Field, StringComparison.Ordinal));
        return ulong.Parse(line.AsSpan(Field.Length).Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int SendSignal(int pid, int signal);
}

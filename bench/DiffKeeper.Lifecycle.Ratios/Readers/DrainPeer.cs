using System.Diagnostics;
using System.Runtime.InteropServices;
using DiffKeeper.Lifecycle.Ratios.Kernel;

namespace DiffKeeper.Lifecycle.Ratios.Readers;

/// <summary>One reader in a process of its own, as bench/peers/libbpf/consume.c is one: each line has the kernel fill the ring, and what is then drained is answered.</summary>
internal static unsafe class DrainPeer
{
    /// <summary>Reads the standard input to its end.</summary>
    /// <param name="filler">The ID of the BPF program that fills the ring.</param>
    /// <param name="drain">Drains the ring whole, adding up the first eight bytes of each record.</param>
    public static int Run(uint filler, Func<DrainResult> drain)
    {
        int program = BpfNative.OpenProgram(filler);
        var options = new BpfTestRunOptions { Size = (nuint)sizeof(BpfTestRunOptions) };
        while (Console.ReadLine() is not null)
        {
            if (BpfNative.TestRun(program, ref options) != 0)
                throw new InvalidOperationException($"The ring can't be filled: {Marshal.GetLastPInvokeErrorMessage()}.");

            long allocated = GC.GetAllocatedBytesForCurrentThread();
            long began = Stopwatch.GetTimestamp();
            DrainResult result = drain();
            long took = Stopwatch.GetTimestamp() - began;
            allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
            Console.WriteLine($"{result.Records} {result.Sum} {took * (1_000_000_000 / Stopwatch.Frequency)} {allocated}");
        }

        return 0;
    }
}

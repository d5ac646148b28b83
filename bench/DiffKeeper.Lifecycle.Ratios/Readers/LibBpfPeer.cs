using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using DiffKeeper.Lifecycle.Ratios.Kernel;

namespace DiffKeeper.Lifecycle.Ratios.Readers;

/// <summary>libbpf as a C# program uses it that has no reader of its own: P/Invoke, and an unmanaged callback for each record.</summary>
internal static unsafe class LibBpfPeer
{
    public static int Run(uint map, uint filler)
    {
        ulong* sum = (ulong*)NativeMemory.Alloc(sizeof(ulong));
        nint ring = BpfNative.NewRingBuffer(BpfNative.OpenMap(map), &Add, sum, null);
        if (ring == 0)
            throw new InvalidOperationException($"libbpf can't open the ring: {Marshal.GetLastPInvokeErrorMessage()}.");

        return DrainPeer.Run(filler, () =>
        {
            *sum = 0;
            int records = BpfNative.Consume(ring);
            return new DrainResult(records, *sum);
        });
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Add(void* sum, void* record, nuint size)
    {
        *(ulong*)sum += *(ulong*)record;
        return 0;
    }
}

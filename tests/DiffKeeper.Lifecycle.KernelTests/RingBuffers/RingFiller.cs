using System.Runtime.InteropServices;
using DiffKeeper.Lifecycle.Interop;

namespace DiffKeeper.Lifecycle.KernelTests.RingBuffers;

/// <summary>native/bpf/ring_fill.bpf.c: the kernel itself as a producer of records that can be checked.</summary>
internal sealed unsafe partial class RingFiller : IDisposable
{
    private readonly BpfObjectHandle _object;

    public RingFiller()
    {
        byte[] elf = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "ring_fill.bpf.o"));
        fixed (byte* start = elf)
        {
            _object = LibBpf.OpenObject(start, (nuint)elf.Length, new BpfObjectOpenOptions { Size = (nuint)sizeof(BpfObjectOpenOptions) });
        }

        if (LibBpf.LoadObject(_object) != 0)
        {
            throw LibC.LastError();
        }
    }

    /// <summary>The ring buffer.</summary>
    public int Records => MapFileDescriptor("records");

    /// <summary>The program that fills it.</summary>
    public int Program => LibBpf.ProgramFileDescriptor(LibBpf.NextProgram(_object, 0));

    /// <summary>A map of another type.</summary>
    public int Config => MapFileDescriptor(".data.config");

    public Tally State
    {
        get
        {
            int key = 0;
            Tally state;
            return LibBpf.LookupElement(MapFileDescriptor(".data.state"), &key, &state) == 0 ? state : throw LibC.LastError();
        }
    }

    /// <summary>Has the kernel produce a batch, on the calling thread.</summary>
    /// <param name="count">How many records, 4096 at most.</param>
    /// <param name="size">16, 64 or 256 bytes each, or 0 for a mixture.</param>
    /// <param name="discardEvery">Discards each record whose number this divides; 0 for none.</param>
    public void Fill(int count, int size, int discardEvery = 0)
    {
        Configure(count, size, discardEvery);
        var options = new TestRunOptions { Size = (nuint)sizeof(TestRunOptions) };
        if (TestRun(Program, ref options) != 0)
        {
            throw LibC.LastError();
        }
    }

    /// <summary>Says what each further run of <see cref="Program"/> produces, whoever runs it.</summary>
    /// <inheritdoc cref="Fill(int, int, int)"/>
    public void Configure(int count, int size, int discardEvery = 0)
    {
        int key = 0;
        var batch = new Batch { Count = count, Size = size, DiscardEvery = discardEvery };
        if (LibBpf.UpdateElement(Config, &key, &batch, 0) != 0)
        {
            throw LibC.LastError();
        }
    }

    public void Dispose() => _object.Dispose();

    private int MapFileDescriptor(string name) => LibBpf.MapFileDescriptor(LibBpf.FindMap(_object, name));

    [LibraryImport("diffkeeper_bpf", EntryPoint = "bpf_prog_test_run_opts", SetLastError = true)]
    private static partial int TestRun(int program, ref TestRunOptions options);

    /// <summary>What was produced in all batches together.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct Tally
    {
        public long NextSequence;
        public long Submitted;
        public long Discarded;
        public long Failed;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct Batch
    {
        public int Count;
        public int Size;
        public int DiscardEvery;
        public int Flags;
    }

    /// <summary>The head of <c>struct bpf_test_run_opts</c> (bpf.h); all that a raw tracepoint's program takes is left at 0.</summary>
    [StructLayout(LayoutKind.Sequential, Size = 80)]
    private struct TestRunOptions
    {
        public nuint Size;
    }
}

using DiffKeeper.Lifecycle.Interop;

namespace DiffKeeper.Lifecycle.Ratios.Kernel;

/// <summary>bench/peers/bpf/empty.bpf.c, attached until disposed.</summary>
internal sealed unsafe class EmptyPrograms : IDisposable
{
    private readonly BpfObjectHandle _object;
    private readonly List<BpfLinkHandle> _links = [];

    public EmptyPrograms()
    {
        byte[] elf = File.ReadAllBytes(Peers.EmptyPrograms);
        fixed (byte* start = elf)
            _object = LibBpf.OpenObject(start, (nuint)elf.Length, new BpfObjectOpenOptions { Size = (nuint)sizeof(BpfObjectOpenOptions) });
        if (LibBpf.LoadObject(_object) != 0)
            throw LibC.LastError();
        for (nint program = LibBpf.NextProgram(_object, 0); program != 0; program = LibBpf.NextProgram(_object, program))
            _links.Add(LibBpf.AttachProgram(program));
    }

    public void Dispose()
    {
        foreach (BpfLinkHandle link in _links)
            link.Dispose();
        _object.Dispose();
    }
}

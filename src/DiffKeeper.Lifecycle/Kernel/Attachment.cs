using DiffKeeper.Lifecycle.Interop;

namespace DiffKeeper.Lifecycle.Kernel;

/// <summary>A program that is attached, for as long as the descriptor of its link is.</summary>
internal sealed unsafe class Attachment(string program, BpfLinkHandle link) : IDisposable
{
    private readonly int _fileDescriptor = LibBpf.LinkFileDescriptor(link);
    private readonly (uint Link, uint Program)? _identity = Identify(LibBpf.LinkFileDescriptor(link));

    public string Program => program;

    /// <summary>Whether the kernel still has the link where it was: who closes a descriptor that isn't theirs detaches the program.</summary>
    public bool Holds => _identity is not null && Identify(_fileDescriptor) == _identity;

    public void Dispose() => link.Dispose();

    private static (uint Link, uint Program)? Identify(int fileDescriptor)
    {
        BpfLinkInfo info = default;
        uint size = (uint)sizeof(BpfLinkInfo);
        return LibBpf.GetInfo(fileDescriptor, &info, ref size) == 0 ? (info.LinkId, info.ProgramId) : null;
    }
}

using Microsoft.Win32.SafeHandles;

namespace DiffKeeper.Lifecycle.Interop;

/// <summary>Owns a <c>struct bpf_link</c>: the program stays attached as long as it lives.</summary>
internal sealed class BpfLinkHandle() : SafeHandleZeroOrMinusOneIsInvalid(ownsHandle: true)
{
    protected override bool ReleaseHandle() => LibBpf.DestroyLink(handle) == 0;
}

using Microsoft.Win32.SafeHandles;

namespace DiffKeeper.Lifecycle.Interop;

/// <summary>Owns a <c>struct bpf_object</c>, and with it its maps and programs.</summary>
internal sealed class BpfObjectHandle() : SafeHandleZeroOrMinusOneIsInvalid(ownsHandle: true)
{
    protected override bool ReleaseHandle()
    {
        LibBpf.CloseObject(handle);
        return true;
    }
}

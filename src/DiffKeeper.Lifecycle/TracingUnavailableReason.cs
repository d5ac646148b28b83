namespace DiffKeeper.Lifecycle;

/// <summary>Why containers can't be traced here.</summary>
public enum TracingUnavailableReason
{
    /// <summary><c>libdiffkeeper_bpf.so</c> for this processor and C library wasn't deployed with the program.</summary>
    NoNativeLibrary = 1,

    /// <summary>The process lacks a capability, or a security policy forbids BPF.</summary>
    MissingPrivilege = 2,

    /// <summary>The kernel describes no types of its own (BTF), which the programs are fitted to.</summary>
    NoBtf = 3,

    /// <summary>The kernel has no BPF ring buffer.</summary>
    NoRingBuffer = 4,

    /// <summary>The kernel refused the programs for another reason, which the message gives.</summary>
    ProgramRejected = 5,

    /// <summary>The process is in a pid namespace of its own, and sees neither the node's processes nor their numbers.</summary>
    ForeignPidNamespace = 6,
}

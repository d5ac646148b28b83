namespace DiffKeeper.Lifecycle.Kernel;

/// <summary>Facts that take a bit (<c>enum record_flags</c> in native/bpf/lifecycle.h).</summary>
[Flags]
internal enum RecordFlags : byte
{
    None = 0,

    /// <summary>The process's credentials belong to the initial user namespace.</summary>
    InitialUserNamespace = 1 << 0,

    /// <summary>The OOM killer chose the process.</summary>
    OomKilled = 1 << 1,

    /// <summary>argv was longer than the record.</summary>
    ArgvCut = 1 << 2,

    /// <summary>The process is in the initial pid namespace.</summary>
    InitialPidNamespace = 1 << 3,
}

namespace DiffKeeper.Lifecycle.Kernel;

/// <summary>What a record tells of (<c>enum record_kind</c> in native/bpf/lifecycle.h).</summary>
internal enum RecordKind : byte
{
    /// <summary>An OCI runtime was executed; its argv follows.</summary>
    RuntimeExec = 1,

    /// <summary>A process that an OCI runtime forked executed something else inside a container.</summary>
    Entrypoint = 2,

    /// <summary>A process that <see cref="Entrypoint"/> told of exited.</summary>
    EntrypointExit = 3,

    /// <summary>A process that <see cref="RuntimeExec"/> told of exited.</summary>
    RuntimeExit = 4,

    /// <summary>A process that an OCI runtime had left waiting in a container exited before it executed an entrypoint.</summary>
    InitExit = 5,

    /// <summary>A cgroup that <see cref="Entrypoint"/> named was removed.</summary>
    CgroupRemoved = 6,
}

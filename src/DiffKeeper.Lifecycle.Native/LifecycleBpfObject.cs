namespace DiffKeeper.Lifecycle.Native;

/// <summary>The kernel side of the tracer: the BPF object file compiled from <c>native/bpf/lifecycle.bpf.c</c>.</summary>
/// <remarks>
/// It is a resource of this assembly rather than a file beside it, so that it is found in every form of deployment: single-file and Native AOT as
/// well. Safe to use from several threads at once.
/// </remarks>
public static class LifecycleBpfObject
{
    /// <summary>The object's name, for <c>bpf_object_open_opts.object_name</c>: the kernel's map names begin with it.</summary>
    public const string Name = "lifecycle";

    private const string ResourceName = "lifecycle.bpf.o";

    /// <summary>Copies the object file, an ELF of machine type BPF (EM_BPF, 247) and little-endian, into a new array.</summary>
    /// <returns>
    /// All of its bytes, some kilobytes. An array's first byte lies at a multiple of 8 in memory, as ELF structures want it; the resource itself has
    /// been seen at a multiple of 2 only under Native AOT, and so is not handed out.
    /// </returns>
    public static byte[] ToArray()
    {
        using Stream resource = typeof(LifecycleBpfObject).Assembly.GetManifestResourceStream(ResourceName)!;
        var bytes = new byte[resource.Length];
        resource.ReadExactly(bytes);
        return bytes;
    }
}

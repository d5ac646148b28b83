using System.Text;

namespace DiffKeeper.Lifecycle.Containers;

/// <summary>Puts together who a container is, at the moment when its OCI runtime is executed and still needs the bundle itself.</summary>
internal sealed class ContainerIdentifier(IContainerFiles files)
{
    private static ReadOnlySpan<byte> Conmon => "conmon"u8;

    /// <param name="id">The container's ID, which is valid.</param>
    /// <param name="command">The OCI runtime's command line.</param>
    /// <param name="parent">Who executed it.</param>
    /// <param name="runtimePid">Its process, on whose working directory a relative bundle depends.</param>
    /// <param name="isNested">Whether it runs inside a container: its paths are then not the node's, and what they name is not read.</param>
    public ContainerIdentity Identify(string id, in RuntimeCommandLine command, RuntimeParent parent, int runtimePid, bool isNested)
    {
        string? bundle = ResolveBundle(in command, runtimePid);
        BundleFacts? facts = bundle is null || isNested ? null : files.ReadBundle(bundle, id);
        ContainerEngine engine = ContainerEngine.Resolve(in command, facts?.Identity?.Manager, parent.Comm);
        string? name = engine.Name == EngineName.Podman && parent.Comm.SequenceEqual(Conmon) ? files.ReadConmonName(parent.Pid, id) : null;
        return Combine(id, engine, Encoding.UTF8.GetString(command.RuntimeName), bundle, facts, name, isNested);
    }

    private ContainerIdentity Combine(string id, ContainerEngine engine, string ociRuntime, string? bundle, BundleFacts? facts, string? name, bool isNested)
    {
        DockerFacts? docker = engine.Name == EngineName.Docker && facts?.DockerDirectory is { } directory ? files.ReadDocker(directory) : null;
        PodmanContainerConfig? podman = engine.Name == EngineName.Podman && facts is not null ? files.ReadPodman(bundle!, id) : null;
        PodIdentity? pod = facts?.Identity?.Pod ?? docker?.Configuration?.Pod;
        string? cgroupsPath = facts?.Identity?.CgroupsPath;
        return new ContainerIdentity
        {
            Id = id,
            Runtime = engine.Name,
            RuntimeNamespace = engine.Namespace,
            OciRuntime = ociRuntime,
            Bundle = bundle,
            CgroupPath = RequestedCgroup.ToPath(cgroupsPath),
            Pod = pod is { PodUid: null } ? pod with { PodUid = PodUidIn(cgroupsPath) } : pod,
            Name = podman?.Name ?? name ?? docker?.Configuration?.Name,
            Image = facts?.Identity?.Image ?? podman?.Image ?? docker?.Configuration?.Image,
            Labels = podman?.Labels ?? docker?.Labels,
            IsNested = isNested,
        };
    }

    /// <summary>A bundle that isn't given, or not absolute, depends on the directory that the runtime was executed in.</summary>
    private string? ResolveBundle(in RuntimeCommandLine command, int runtimePid)
    {
        string given = Encoding.UTF8.GetString(command.Bundle);
        if (given.StartsWith('/'))
            return given;
        if (command.IsTruncated || files.WorkingDirectory(runtimePid) is not { } workingDirectory)
            return null;
        return given.Length == 0 ? workingDirectory : UnixPath.Resolve(workingDirectory, given);
    }

    /// <summary>containerd writes no UID into the bundle before 1.6.11.</summary>
    private static string? PodUidIn(string? cgroupsPath) => cgroupsPath is null ? null : CgroupPath.Parse(Encoding.UTF8.GetBytes(cgroupsPath)).PodUid;
}

using System.Text;
using DiffKeeper.Lifecycle.Kernel;

namespace DiffKeeper.Lifecycle.Containers;

/// <summary>Puts together who a container is, at the moment when its OCI runtime is executed and still needs the bundle itself.</summary>
internal sealed class ContainerIdentifier(HostFiles files)
{
    /// <summary>The bundle's configuration (OCI runtime specification, bundle.md).</summary>
    private const string ConfigurationFile = "config.json";

    public Container Identify(string id, in RuntimeCommandLine command, in RecordHeader runtime)
    {
        string? bundle = ResolveBundle(in command, runtime.Pid);
        BundleIdentity? identity = bundle is null ? null : ReadBundle(bundle);
        ContainerEngine engine = ContainerEngine.Resolve(in command, identity?.Manager, runtime.ParentName.Text);
        return new Container
        {
            Id = id,
            Runtime = engine.Name,
            OciRuntime = Encoding.UTF8.GetString(command.RuntimeName),
            Bundle = bundle,
            Namespace = identity?.Pod?.Namespace,
        };
    }

    /// <summary>A bundle that isn't given, or not absolute, depends on the directory that the runtime was executed in.</summary>
    private static string? ResolveBundle(in RuntimeCommandLine command, int runtimePid)
    {
        string given = Encoding.UTF8.GetString(command.Bundle);
        if (given.StartsWith('/'))
            return given;
        if (command.IsTruncated || HostFiles.WorkingDirectory(runtimePid) is not { } workingDirectory)
            return null;
        return given.Length == 0 ? workingDirectory : Path.GetFullPath(given, workingDirectory);
    }

    private BundleIdentity? ReadBundle(string bundle)
    {
        BundleLayout layout = BundlePath.Parse(Encoding.UTF8.GetBytes(bundle)).Layout;
        return files.Parse($"{bundle}/{ConfigurationFile}", DocumentLimits.MaxBytes, json => OciBundle.Read(json, layout, out _));
    }
}

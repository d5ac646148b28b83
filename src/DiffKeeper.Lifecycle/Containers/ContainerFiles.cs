using System.Text;
using DiffKeeper.Lifecycle.Kernel;

namespace DiffKeeper.Lifecycle.Containers;

/// <summary>This machine's.</summary>
internal sealed class ContainerFiles(HostFiles files) : IContainerFiles
{
    /// <summary>The bundle's configuration (OCI runtime specification, bundle.md).</summary>
    private const string ConfigurationFile = "config.json";

    public string? WorkingDirectory(int pid) => ProcessFiles.WorkingDirectory(pid);

    public BundleFacts? ReadBundle(string bundle, string id)
        => files.Parse(
            bundle,
            ConfigurationFile,
            DocumentLimits.MaxBytes,
            (Bundle: bundle, Id: id),
            static (json, container) =>
            {
                BundleLayout layout = BundlePath.Parse(Encoding.UTF8.GetBytes(container.Bundle)).Layout;
                return new BundleFacts(OciBundle.Read(json, layout, out _), DockerDirectory.Find(json, container.Id));
            });

    public DockerFacts? ReadDocker(string directory)
        => files.Parse(
            $"{directory}/{DockerDirectory.ConfigurationFile}",
            DocumentLimits.MaxBytes,
            static json => new DockerFacts(DockerContainerConfig.Read(json, out _), DocumentLabels.Read(json, "Config", "Labels")));

    public PodmanContainerConfig? ReadPodman(string bundle, string id) => PodmanDatabase.Read(files, bundle, id);

    public string? ReadConmonName(int conmonPid, string id)
        => ProcessFiles.ParseCommandLine(conmonPid, argv =>
        {
            var command = ConmonCommandLine.Parse(argv);
            bool isOurs = Encoding.UTF8.GetString(command.ContainerId) == id;
            return isOurs && !command.Name.IsEmpty ? Encoding.UTF8.GetString(command.Name) : null;
        });

    public string? CgroupPath(int pid) => ProcessFiles.CgroupPath(pid);

    public CgroupKey Cgroup(int pid) => ProcessFiles.Cgroup(pid);

    public bool? IsInjectors(int pid) => InjectionMarker.IsCarriedBy(pid);
}

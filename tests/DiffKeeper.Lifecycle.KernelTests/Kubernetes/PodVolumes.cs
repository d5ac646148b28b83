using DiffKeeper.Lifecycle.KernelTests.Engines;
using k8s.Models;

namespace DiffKeeper.Lifecycle.KernelTests.Kubernetes;

/// <summary>A pod's volumes on the node, laid out as the kubelet does it.</summary>
/// <param name="engine">What will mount them.</param>
/// <param name="pod">What asks for them.</param>
/// <param name="podDirectory">The kubelet's own of this pod.</param>
/// <param name="hostRoot">What stands for the node's root where a directory of it is made.</param>
/// <param name="configMaps">The files of each config map.</param>
internal sealed class PodVolumes(
    CriEngine engine, V1PodSpec pod, string podDirectory, string hostRoot, IReadOnlyDictionary<string, IReadOnlyList<string>> configMaps)
{
    private const UnixFileMode ByEverybody = (UnixFileMode)0b111_111_111;
    private const UnixFileMode ByOwner = (UnixFileMode)0b111_101_101;

    /// <summary>Makes what the container mounts, and returns where each of its mounts comes from, in their order.</summary>
    public async Task<IReadOnlyList<string>> MakeAsync(V1Container container)
    {
        List<string> sources = [];
        foreach (V1VolumeMount mount in container.VolumeMounts)
        {
            string volume = Make(pod.Volumes.Single(volume => volume.Name == mount.Name));
            string subPath = $"volume-subpaths/{mount.Name}/{container.Name}/{sources.Count}";
            sources.Add(mount.SubPath is null ? volume : await BindAsync(Path.Combine(volume, mount.SubPath), subPath));
        }

        return sources;
    }

    private string Make(V1Volume volume) => volume switch
    {
        { ConfigMap: { } map } => Make(map, Path.Combine(podDirectory, "volumes/kubernetes.io~configmap", volume.Name)),
        { HostPath: { Type: "DirectoryOrCreate" } path } => Directory.CreateDirectory(hostRoot + path.Path, ByOwner).FullName,
        { HostPath: { Type: "Directory" } path } => path.Path,
        _ => throw new NotSupportedException($"The tests know no volume such as {volume.Name}."),
    };

    /// <summary>
    /// The volume is everybody's to write to (emptydir.setupDir); its files are links, by way of ..data, into a directory that is another one after each update
    /// (util.AtomicWriter, k8s.io/kubernetes/pkg/volume).
    /// </summary>
    private string Make(V1ConfigMapVolumeSource map, string volume)
    {
        const string Data = "..data";
        const string Timestamped = "..2026_01_02_03_04_05.0000000001";
        if (Directory.Exists(volume))
            return volume;

        Directory.CreateDirectory(volume);
        File.SetUnixFileMode(volume, ByEverybody);
        Directory.CreateDirectory(Path.Combine(volume, Timestamped), ByOwner);
        File.CreateSymbolicLink(Path.Combine(volume, Data), Timestamped);
        foreach (string file in configMaps[map.Name])
        {
            string name = Path.GetFileName(file);
            string copy = Path.Combine(volume, Timestamped, name);
            File.Copy(file, copy);
            File.SetUnixFileMode(copy, (UnixFileMode)(map.DefaultMode ?? Convert.ToInt32("0644", fromBase: 8)));
            File.CreateSymbolicLink(Path.Combine(volume, name), Path.Combine(Data, name));
        }

        return volume;
    }

    /// <summary>What a subPath leads to is resolved once, and mounted where it can't be exchanged any more (subpath.doBindSubPath).</summary>
    private async Task<string> BindAsync(string path, string subPath)
    {
        string target = Path.Combine(podDirectory, subPath);
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        await File.WriteAllBytesAsync(target, []);
        await engine.BindAsync(await Tool.RunAsync("realpath", path), target);
        return target;
    }
}

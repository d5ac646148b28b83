using System.Reflection;
using k8s;
using k8s.Models;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace DiffKeeper.Lifecycle.KernelTests.Kubernetes;

/// <summary>What is deployed on Kubernetes, as the files in the repository say it.</summary>
internal static class Manifests
{
    public static string Repository { get; } = Path.GetFullPath(
        typeof(Manifests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "RepositoryDirectory").Value!);

    public static string Base { get; } = Path.Combine(Repository, "deploy/kubernetes");

    public static string Chart { get; } = Path.Combine(Repository, "deploy/helm/diffkeeper");

    /// <summary>The objects of the base, with the image's tag.</summary>
    public static IReadOnlyList<IKubernetesObject<V1ObjectMeta>> ReadBase()
    {
        Kustomization kustomization = ReadKustomization();
        List<IKubernetesObject<V1ObjectMeta>> objects =
            [.. kustomization.Resources.SelectMany(file => Parse(File.ReadAllText(Path.Combine(Base, file))))];
        foreach (V1Container container in objects.OfType<V1DaemonSet>().SelectMany(set => set.Spec.Template.Spec.Containers))
            container.Image += ":" + kustomization.Images.Single(image => image.Name == container.Image).NewTag;
        return objects;
    }

    /// <summary>The base's, to run as it is or changed.</summary>
    public static V1DaemonSet ReadDaemonSet() => ReadBase().OfType<V1DaemonSet>().Single();

    /// <summary>The files of the config maps that kustomize makes, by the config map's name.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> ReadConfigMaps() => ReadKustomization().ConfigMapGenerator.ToDictionary(
        map => map.Name, IReadOnlyList<string> (map) => [.. map.Files.Select(file => Path.Combine(Base, file))]);

    /// <summary>A field that Kubernetes does not know is an error.</summary>
    public static IEnumerable<IKubernetesObject<V1ObjectMeta>> Parse(string yaml) =>
        KubernetesYaml.LoadAllFromString(yaml, typeMap: null, strict: true).Cast<IKubernetesObject<V1ObjectMeta>>();

    private static Kustomization ReadKustomization() =>
        new DeserializerBuilder().WithNamingConvention(CamelCaseNamingConvention.Instance).IgnoreUnmatchedProperties().Build()
            .Deserialize<Kustomization>(File.ReadAllText(Path.Combine(Base, "kustomization.yaml")));
}

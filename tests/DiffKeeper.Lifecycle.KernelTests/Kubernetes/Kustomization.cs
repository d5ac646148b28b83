namespace DiffKeeper.Lifecycle.KernelTests.Kubernetes;

/// <summary>What kustomize does to the files beside it, as far as the tests have to know.</summary>
internal sealed class Kustomization
{
    public List<string> Resources { get; set; } = [];

    public List<ConfigMapFiles> ConfigMapGenerator { get; set; } = [];

    public List<ImageTag> Images { get; set; } = [];

    internal sealed class ConfigMapFiles
    {
        public string Name { get; set; } = "";

        public List<string> Files { get; set; } = [];
    }

    internal sealed class ImageTag
    {
        public string Name { get; set; } = "";

        public string NewTag { get; set; } = "";
    }
}

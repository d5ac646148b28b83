namespace DiffKeeper.Lifecycle.Containers;

/// <summary>The engines' names as events carry them.</summary>
internal static class EngineName
{
    public const string Docker = "dockerd";
    public const string Containerd = "containerd";
    public const string CriO = "cri-o";
    public const string Podman = "podman";
}

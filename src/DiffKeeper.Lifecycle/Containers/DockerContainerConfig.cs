namespace DiffKeeper.Lifecycle.Containers;

/// <summary>What Docker's own file of a container, <c>config.v2.json</c>, says about who it is.</summary>
internal sealed record DockerContainerConfig
{
    /// <summary>All 64 digits.</summary>
    public string? Id { get; init; }

    /// <summary>Without the slash that Docker stores in front.</summary>
    public string? Name { get; init; }

    /// <summary>The image as it was asked for, not its digest.</summary>
    public string? Image { get; init; }

    /// <summary>Where cri-dockerd made the container for the kubelet; else <see langword="null"/>.</summary>
    /// <remarks>
    /// A container inherits its image's labels, so labels alone prove nothing: they must agree with the container's name, which no image chooses.
    /// </remarks>
    public PodIdentity? Pod { get; init; }

    /// <summary>Reads a <c>config.v2.json</c> within <see cref="DocumentLimits"/>.</summary>
    /// <param name="json">The whole file.</param>
    /// <param name="rejection">Why there is no result.</param>
    /// <returns><see langword="null"/> where the file can't be used.</returns>
    public static DockerContainerConfig? Read(ReadOnlySpan<byte> json, out DocumentRejection rejection)
    {
        var values = DockerDocument.Read(json);
        string? name = values.Take(DocumentKey.DockerName)?.TrimStart('/');
        var config = new DockerContainerConfig
        {
            Id = values.Take(DocumentKey.DockerId),
            Name = string.IsNullOrEmpty(name) ? null : name,
            Image = values.Take(DocumentKey.DockerImage),
            Pod = PodOf(values, name),
        };
        rejection = values.Rejection;
        return rejection == DocumentRejection.None ? config : null;
    }

    private static PodIdentity? PodOf(DocumentValues values, string? name)
    {
        if (KubernetesName.Parse(name) is not { } pod
            || values.Take(DocumentKey.PodNamespace) != pod.Namespace
            || values.Take(DocumentKey.PodName) != pod.PodName
            || values.Take(DocumentKey.PodUid) != pod.PodUid)
        {
            return null;
        }

        return pod with { SandboxId = pod.IsSandbox ? values.Take(DocumentKey.DockerId) : values.Take(DocumentKey.DockerSandboxId) };
    }
}

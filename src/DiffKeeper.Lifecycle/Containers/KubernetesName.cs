namespace DiffKeeper.Lifecycle.Containers;

/// <summary>Reads the container names that the kubelet's engines make: <c>k8s_CONTAINER_POD_NAMESPACE_UID_ATTEMPT</c>.</summary>
/// <remarks>
/// The form is dockershim's, kept by cri-dockerd and CRI-O. No Kubernetes name may hold an underscore, so that the parts can't run into each other.
/// A seventh part is what dockershim appends where the name is taken.
/// </remarks>
internal static class KubernetesName
{
    /// <summary>The "container" of a pod's sandbox. In capitals, as no container that a user names can be.</summary>
    public const string SandboxContainer = "POD";

    /// <summary>The identity that a name carries, without the sandbox's ID; <see langword="null"/> where it isn't of the form.</summary>
    public static PodIdentity? Parse(ReadOnlySpan<char> name)
    {
        Span<Range> parts = stackalloc Range[8];
        int count = name.Split(parts, '_');
        if (count is not (6 or 7) || name[parts[0]] is not "k8s")
            return null;

        for (int i = 1; i < count; i++)
        {
            if (name[parts[i]].IsEmpty)
                return null;
        }

        bool isSandbox = name[parts[1]] is SandboxContainer;
        return new PodIdentity
        {
            ContainerName = isSandbox ? null : name[parts[1]].ToString(),
            PodName = name[parts[2]].ToString(),
            Namespace = name[parts[3]].ToString(),
            PodUid = name[parts[4]].ToString(),
            IsSandbox = isSandbox,
        };
    }
}

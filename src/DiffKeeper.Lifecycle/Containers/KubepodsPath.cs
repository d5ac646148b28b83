using System.Buffers;

namespace DiffKeeper.Lifecycle.Containers;

/// <summary>Finds a pod's UID in the cgroup that the kubelet makes for the pod.</summary>
/// <remarks>
/// <c>…/kubepods[/burstable|/besteffort]/podUID</c> or <c>…kubepods[-burstable|-besteffort]-podUID.slice</c>, where systemd's form has
/// <c>_</c> for <c>-</c>, and may carry a prefix (<c>kubelet-kubepods-…</c>, as in kind).
/// </remarks>
internal static class KubepodsPath
{
    private static readonly SearchValues<byte> UidBytes =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-"u8);

    /// <summary>The UID as the path spells it, taken from its last segment; empty where that isn't a pod's.</summary>
    public static ReadOnlySpan<byte> PodUid(ReadOnlySpan<byte> path)
    {
        int kubepods = path.LastIndexOf("kubepods"u8);
        if (kubepods < 0)
            return default;

        ReadOnlySpan<byte> name = PathSegments.Last(path);
        ReadOnlySpan<byte> uid = default;
        if (name.EndsWith(".slice"u8))
        {
            ReadOnlySpan<byte> levels = path[(kubepods + "kubepods".Length)..^".slice".Length];
            int pod = levels.IndexOf("-pod"u8);
            uid = pod < 0 ? default : levels[(pod + "-pod".Length)..];
        }
        else if (name.StartsWith("pod"u8))
        {
            uid = name["pod".Length..];
        }

        return uid.ContainsAnyExcept(UidBytes) ? default : uid;
    }
}

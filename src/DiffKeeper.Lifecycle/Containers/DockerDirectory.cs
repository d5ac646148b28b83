using System.Text;

namespace DiffKeeper.Lifecycle.Containers;

/// <summary>Finds where Docker keeps its own files of a container, wherever its data root is.</summary>
internal static class DockerDirectory
{
    /// <summary>The container as Docker knows it, with its name and its labels.</summary>
    public const string ConfigurationFile = "config.v2.json";

    /// <summary><c>DATA-ROOT/containers/ID</c>, which a bundle of Docker's names as the source of /etc/hostname and its like.</summary>
    public static string? Find(ReadOnlySpan<byte> bundleConfiguration, string id)
    {
        byte[] tail = Encoding.UTF8.GetBytes($"/containers/{id}/");
        int at = bundleConfiguration.IndexOf(tail);
        if (at < 0)
            return null;

        int start = bundleConfiguration[..at].LastIndexOf((byte)'"') + 1;
        string directory = Encoding.UTF8.GetString(bundleConfiguration[start..(at + tail.Length - 1)]);
        return directory.StartsWith('/') && !directory.Contains('\\') ? directory : null;
    }
}

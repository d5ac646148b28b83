using System.IO.Compression;
using DiffKeeper.Lifecycle.Containers;

namespace DiffKeeper.Lifecycle.Tests.Containers;

/// <summary>A node with nothing on it but Podman's storage, in a temporary directory.</summary>
internal sealed class PodmanStorage : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("diffkeeper-podman-").FullName;

    /// <param name="path">Where the database lies in the storage.</param>
    /// <param name="content">The database.</param>
    public PodmanStorage(string path, byte[] content)
    {
        string file = Path.Combine(_root, "storage", path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllBytes(file, content);
    }

    public PodmanContainerConfig? Read(string id) => PodmanDatabase.Read(new HostFiles(_root), $"/storage/overlay-containers/{id}/userdata", id);

    public void Dispose() => Directory.Delete(_root, recursive: true);

    public static byte[] Recorded(string name)
    {
        using var content = new MemoryStream();
        using var compressed = new GZipStream(new MemoryStream(Fixture.Bytes($"podman/{name}.gz")), CompressionMode.Decompress);
        compressed.CopyTo(content);
        return content.ToArray();
    }
}

using System.Text;
using Microsoft.Win32.SafeHandles;

namespace DiffKeeper.Lifecycle.Containers;

/// <summary>Finds what Podman wrote down about a container, wherever its storage is.</summary>
internal static class PodmanDatabase
{
    // How often a file is read that turns out to be written to at the same time.
    private const int MaxAttempts = 4;

    private const string SqliteTable = "ContainerConfig";
    private const int SqliteColumn = 3; // ID, Name, PodID, JSON

    /// <param name="files">The node's.</param>
    /// <param name="bundle">The container's: <c>STORAGE/DRIVER-containers/ID/userdata</c>.</param>
    /// <param name="id">The container's, all 64 digits.</param>
    /// <returns><see langword="null"/> where nothing is found that is whole and of this container.</returns>
    public static PodmanContainerConfig? Read(HostFiles files, string bundle, string id)
    {
        if (BundlePath.Parse(Encoding.UTF8.GetBytes(bundle)).Layout != BundleLayout.ContainersStorage)
            return null;

        string storage = Path.GetDirectoryName(Path.GetDirectoryName(Path.GetDirectoryName(bundle)))!;
        return Read(files, $"{storage}/db.sql", id, FindInSqlite)
            ?? Read(files, $"{storage}/libpod/db.sql", id, FindInSqlite)
            ?? Read(files, $"{storage}/libpod/bolt_state.db", id, FindInBolt);
    }

    private static PodmanContainerConfig? Read(HostFiles files, string path, string id, Func<DatabasePages, string, byte[]?> find)
    {
        using SafeFileHandle? file = files.Open(path);
        for (int attempt = 0; file is not null && attempt < MaxAttempts; attempt++)
        {
            try
            {
                if (find(new DatabasePages(file), id) is { } json && PodmanContainerConfig.Read(json, out _) is { } config && config.Id == id)
                    return config;
            }
            catch (Exception e) when (e is IOException or InvalidDataException or NotSupportedException or ArgumentException or IndexOutOfRangeException or OverflowException)
            {
                // Podman writes to it right now, or it is damaged.
            }
        }

        return null;
    }

    private static byte[]? FindInSqlite(DatabasePages pages, string id) => new SqliteFile(pages).Find(SqliteTable, id, SqliteColumn);

    private static byte[]? FindInBolt(DatabasePages pages, string id) => new BoltFile(pages).Find("ctr"u8, Encoding.UTF8.GetBytes(id), "config"u8);
}

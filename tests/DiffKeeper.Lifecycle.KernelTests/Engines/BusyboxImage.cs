using System.Formats.Tar;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;

namespace DiffKeeper.Lifecycle.KernelTests.Engines;

/// <summary>
/// An image of one layer in the format of <c>docker save</c>, which <c>docker load</c> and <c>ctr images import</c> both read:
/// no registry needs to be reachable.
/// </summary>
internal static class BusyboxImage
{
    public const string Name = "localhost/diffkeeper-busybox:latest";

    public static Task WriteAsync(string path) => WriteAsync(path, Name, "sh");

    /// <param name="path">The archive's.</param>
    /// <param name="name">The image's.</param>
    /// <param name="command">What its containers execute that aren't told what to.</param>
    public static async Task WriteAsync(string path, string name, params string[] command)
    {
        byte[] layer = BusyboxLayer.Create();
        await using var tar = new TarWriter(File.Create(path), TarEntryFormat.Ustar);
        await WriteAsync(tar, "layer.tar", layer);
        await WriteAsync(tar, "config.json", JsonSerializer.SerializeToUtf8Bytes(new
        {
            architecture = RuntimeInformation.OSArchitecture == Architecture.Arm64 ? "arm64" : "amd64",
            os = "linux",
            config = new { Env = new[] { "PATH=/bin" }, Cmd = command },
            rootfs = new { type = "layers", diff_ids = new[] { "sha256:" + Convert.ToHexStringLower(SHA256.HashData(layer)) } },
        }));
        await WriteAsync(tar, "manifest.json", JsonSerializer.SerializeToUtf8Bytes(new[]
        {
            new { Config = "config.json", RepoTags = new[] { name }, Layers = new[] { "layer.tar" } },
        }));
    }

    private static async Task WriteAsync(TarWriter tar, string name, byte[] content) =>
        await tar.WriteEntryAsync(new UstarTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(content) });
}

using System.Formats.Tar;
using DiffKeeper.Lifecycle.KernelTests.Engines;

namespace DiffKeeper.Lifecycle.KernelTests.CommandLine;

/// <summary>A bundle that a script can have runc run.</summary>
internal sealed class PreparedContainer
{
    private readonly string _directory;

    private PreparedContainer(string directory) => _directory = directory;

    public string Id { get; } = Identifier.Next();

    public string Bundle => Path.Combine(_directory, "bundle");

    public string CommandToStart => $"{Runc} run --detach --bundle {Bundle} {Id} >/dev/null 2>&1 </dev/null";

    public string CommandToRemove => $"{Runc} delete --force {Id}";

    private string Runc => $"runc --root {_directory}/state";

    /// <summary>Shell commands that start it, wait until the injector has been run for it, and remove it.</summary>
    public string CommandsToOutlast(RecordingInjector injector) => $"""
        {CommandToStart}
        until grep -qs {Id} {injector.Directory}/*.arguments; do sleep 0.05; done
        {CommandToRemove}
        """;

    public static async Task<PreparedContainer> MakeAsync(PrivateDirectory directory)
    {
        var container = new PreparedContainer(directory.Path);
        string rootFileSystem = Directory.CreateDirectory(directory.File("rootfs")).FullName;
        await TarFile.ExtractToDirectoryAsync(new MemoryStream(BusyboxLayer.Create()), rootFileSystem, overwriteFiles: false);
        await Engines.Bundle.WriteAsync(container.Bundle, rootFileSystem, ContainerSpec.Lasting);
        return container;
    }
}

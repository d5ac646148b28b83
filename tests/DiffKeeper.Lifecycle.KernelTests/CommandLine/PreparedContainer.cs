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

    /// <summary>Shell commands that start it, and wait until it has executed its entrypoint.</summary>
    public string CommandsToStart => $"""
        {Runc} run --detach --pid-file {PidFile} --bundle {Bundle} {Id} >/dev/null 2>&1 </dev/null
        until readlink /proc/$(cat {PidFile})/exe | grep -q busybox; do sleep 0.01; done
        """;

    public string CommandToRemove => $"{Runc} delete --force {Id}";

    private string PidFile => Path.Combine(_directory, "pid");

    private string Runc => $"runc --root {_directory}/state";

    public static async Task<PreparedContainer> MakeAsync(PrivateDirectory directory)
    {
        var container = new PreparedContainer(directory.Path);
        string rootFileSystem = Directory.CreateDirectory(directory.File("rootfs")).FullName;
        await TarFile.ExtractToDirectoryAsync(new MemoryStream(BusyboxLayer.Create()), rootFileSystem, overwriteFiles: false);
        await Engines.Bundle.WriteAsync(container.Bundle, rootFileSystem, ContainerSpec.Lasting);
        return container;
    }

    /// <summary>Shell commands that start it, wait until so many injectors have been run for it, and remove it.</summary>
    public string CommandsToOutlast(RecordingInjector injector, int runs = 1) => $"""
        {CommandsToStart}
        until [ $(grep -ls {Id} {injector.Directory}/*.arguments | wc -l) -ge {runs} ]; do sleep 0.05; done
        {CommandToRemove}
        """;
}

using System.Collections.Concurrent;
using System.Diagnostics;
using System.Formats.Tar;
using System.Globalization;
using System.Text;
using System.Text.Json;
using CliWrap.Buffered;

namespace DiffKeeper.Lifecycle.KernelTests.Engines;

/// <summary>runc or crun without any engine above it.</summary>
internal sealed class BareEngine : IContainerEngine
{
    private readonly PrivateDirectory _directory;
    private readonly ConcurrentDictionary<string, Task<BufferedCommandResult>?> _clients = new();
    private string _program;
    private readonly bool _defaultRoot;

    private BareEngine(string runtime, bool defaultRoot)
    {
        OciRuntime = runtime;
        _program = runtime;
        _defaultRoot = defaultRoot;
        _directory = new PrivateDirectory(runtime);
    }

    public string Runtime => OciRuntime;

    public string OciRuntime { get; }

    public string Output => File.Exists(Log) ? $"--- {OciRuntime}{Environment.NewLine}{File.ReadAllText(Log)}" : "";

    private string Log => _directory.File("log");

    private string RootFileSystem => _directory.File("rootfs");

    /// <param name="runtime">The executable's name.</param>
    /// <param name="defaultRoot">Whether the containers' state is kept where the runtime keeps it by itself: where whoever comes later finds it.</param>
    /// <param name="wrapper">The name of a program that stands before the runtime; <see langword="null"/> for none.</param>
    /// <param name="isCompiled">Whether that is a compiled program, or a script.</param>
    public static async Task<BareEngine> StartAsync(string runtime, bool defaultRoot = false, string? wrapper = null, bool isCompiled = false)
    {
        var engine = new BareEngine(runtime, defaultRoot);
        try
        {
            Directory.CreateDirectory(engine.RootFileSystem);
            await TarFile.ExtractToDirectoryAsync(new MemoryStream(BusyboxLayer.Create()), engine.RootFileSystem, overwriteFiles: false);
            if (wrapper is not null)
                await engine.WrapAsync(wrapper, isCompiled);
            if (runtime == "crun")
                await SharedEngines.PrepareForCrunAsync();
            return engine;
        }
        catch
        {
            await engine.DisposeAsync();
            throw;
        }
    }

    public async Task<FinishedContainer> RunAsync(ContainerSpec spec)
    {
        string id = await MakeBundleAsync(spec);
        BufferedCommandResult result = await RunInForegroundAsync(id);
        _clients.TryRemove(id, out _);
        return new FinishedContainer(id, result.ExitCode, result.StandardOutput + result.StandardError);
    }

    /// <summary>Runs in the foreground of a client that waits, as <c>docker run</c> does.</summary>
    public async Task<string> StartAsync(ContainerSpec spec)
    {
        string id = await MakeBundleAsync(spec);
        _clients[id] = RunInForegroundAsync(id);
        return id;
    }

    /// <summary>Only creates the container; <see cref="StartCreatedAsync"/> lets its entrypoint run.</summary>
    public async Task<string> CreateAsync(ContainerSpec spec)
    {
        string id = await MakeBundleAsync(spec);

        // Its output is inherited, not a pipe of ours: the init process keeps it, and the end of a pipe would be waited for.
        using Process create = Process.Start(Programs.Require(_program), Arguments("create", "--bundle", BundleOf(id), id));
        await create.WaitForExitAsync();
        return create.ExitCode == 0 ? id : throw new InvalidOperationException($"{OciRuntime} create failed: {Output}");
    }

    public Task StartCreatedAsync(string id) => Tool.RunAsync(_program, Arguments("start", id));

    public string BundleOf(string id) => _directory.File($"bundles/{id}");

    public async Task<int> InitPidAsync(string id)
    {
        using JsonDocument state = JsonDocument.Parse(await Tool.RunAsync(_program, Arguments("state", id)));
        return state.RootElement.GetProperty("pid").GetInt32();
    }

    public Task SignalAsync(string id, int signal) =>
        Tool.RunAsync(_program, Arguments("kill", id, signal.ToString(CultureInfo.InvariantCulture)));

    public Task ExecAsync(string id, params IReadOnlyList<string> command) => CommandAsync(["exec", id, .. command]);

    public async Task RemoveAsync(string id)
    {
        await Tool.TryAsync(_program, Arguments("delete", "--force", id));
        if (_clients.TryRemove(id, out Task<BufferedCommandResult>? client) && client is not null)
            await client;

        await Cgroups.RemoveAsync(id);
    }

    /// <summary>Any of the runtime's commands, as a process of its own.</summary>
    public Task<string> CommandAsync(params IReadOnlyList<string> arguments) => Tool.RunAsync(_program, Arguments(arguments));

    public async ValueTask DisposeAsync()
    {
        foreach (string id in _clients.Keys)
            await RemoveAsync(id);

        await _directory.DisposeAsync();
    }

    private async Task WrapAsync(string name, bool isCompiled)
    {
        string runtime = Programs.Require(_program);
        _program = _directory.File(name);
        await File.WriteAllBytesAsync(_program, isCompiled ? CompiledWrapper.Around(runtime) : Encoding.UTF8.GetBytes($"#!/bin/sh\nexec {runtime} \"$@\"\n"));
        File.SetUnixFileMode(_program, (UnixFileMode)0b111_101_101);
    }

    private async Task<string> MakeBundleAsync(ContainerSpec spec)
    {
        string id = Identifier.Next();
        _clients[id] = null;
        await Bundle.WriteAsync(BundleOf(id), RootFileSystem, spec);
        return id;
    }

    private Task<BufferedCommandResult> RunInForegroundAsync(string id) =>
        Tool.TryAsync(_program, Arguments("run", "--bundle", BundleOf(id), id));

    private List<string> Arguments(params IReadOnlyList<string> arguments)
    {
        string[] root = _defaultRoot ? [] : ["--root", _directory.File("state")];
        return [.. root, "--log", Log, .. arguments];
    }
}

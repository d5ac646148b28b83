using DiffKeeper.Lifecycle.KernelTests.Engines;

namespace DiffKeeper.Lifecycle.KernelTests.CommandLine;

/// <summary>A diffkeeper that injects, is killed now and then, and comes again with the same ledger.</summary>
internal sealed class KilledAgent : IAsyncDisposable
{
    private readonly PrivateDirectory _ledger = new("ledger");
    private readonly RecordingInjector _injector = new();
    private readonly List<TracingProcess> _lives = [];
    private readonly IReadOnlyList<string> _options;

    private KilledAgent(IReadOnlyList<string> options) => _options = options;

    public ILookup<string, InjectorRun> Runs => _injector.Runs.ToLookup(run => run.ContainerId);

    public static async Task<KilledAgent> StartAsync(params IReadOnlyList<string> options)
    {
        var agent = new KilledAgent(options);
        await agent.BeginAsync();
        return agent;
    }

    /// <summary>Injections begin from now on, and do not end before it is killed.</summary>
    public void Hold() => _injector.Hold();

    /// <summary>Kills it when one of these containers is being injected, and starts it again.</summary>
    public async Task KillAsync(IReadOnlyCollection<string> containers)
    {
        await _lives[^1].WaitUntilAsync(() => containers.Any(Runs.Contains));
        await _lives[^1].EndAsync(ProcessSignal.Kill);
        _injector.LetGo();
        await BeginAsync();
    }

    /// <summary>Returns when it has said of each that it was injected.</summary>
    public Task WaitForAsync(IReadOnlyCollection<string> containers) => _lives[^1].WaitUntilAsync(() => containers.All(HasInjected));

    public Task EndAsync() => _lives[^1].EndAsync(ProcessSignal.Terminate);

    /// <summary>How often it has said that it does again what it had begun when it was killed.</summary>
    public int RetriesOf(string id) => _lives.Sum(life => Count(life, $"[AutoInject] Retry for {id}"));

    public async ValueTask DisposeAsync()
    {
        foreach (TracingProcess life in _lives)
            await life.DisposeAsync();
        _injector.Dispose();
        await _ledger.DisposeAsync();
    }

    private async Task BeginAsync() =>
        _lives.Add(await TracingProcess.StartAsync(["--injector-cmd", _injector.Command, "--ledger", _ledger.Path, "--inject-timeout=5m", .. _options]));

    private bool HasInjected(string id) => _lives.Any(life => Count(life, $"[AutoInject] Injected {id}") > 0);

    private static int Count(TracingProcess life, string message) => life.Errors.Split(Environment.NewLine).Count(line => line.Contains(message, StringComparison.Ordinal));
}

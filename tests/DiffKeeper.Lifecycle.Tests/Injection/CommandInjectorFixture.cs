using System.Globalization;
using DiffKeeper.Lifecycle.Containers;

namespace DiffKeeper.Lifecycle.Tests.Injection;

/// <summary>Gives each test a directory for its script, and an injector that executes it.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[CancelAfter(60_000)]
public abstract class CommandInjectorFixture : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(10);

    private protected SafeDirectory Directory { get; } = new();

    private protected RecordingLogs Logs { get; } = new();

    public void Dispose()
    {
        Directory.Dispose();
        Logs.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected CommandInjector Injector(string script, Action<CommandInjectorOptions>? configure = null)
    {
        var options = new CommandInjectorOptions { Command = Directory.Script(script), LoggerFactory = Logs };
        configure?.Invoke(options);
        return new CommandInjector(options);
    }

    private protected async Task<InjectionResult> InjectAsync(string script, Action<CommandInjectorOptions>? configure = null)
        => await Injector(script, configure).InjectAsync(Told.Start(), CancellationToken.None);

    /// <summary>The process whose number a script has written into a file of its directory.</summary>
    private protected int Pid(string file) => int.Parse(File.ReadAllText(Directory.File(file)), CultureInfo.InvariantCulture);

    private protected bool Lives(string file) => ProcessFiles.Identify(Pid(file)) is not null;

    /// <summary>A file that nobody tells of.</summary>
    private protected async Task WaitForFileAsync(string file)
    {
        using var timer = new PeriodicTimer(Interval);
        while (!File.Exists(Directory.File(file)) || new FileInfo(Directory.File(file)).Length == 0)
            await timer.WaitForNextTickAsync(TestContext.CurrentContext.CancellationToken);
    }
}

using System.Collections.Concurrent;
using DiffKeeper.Lifecycle.Hosting;
using DiffKeeper.Lifecycle.Tests.Injection;
using DiffKeeper.Lifecycle.Tracing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace DiffKeeper.Lifecycle.Tests.Hosting;

/// <summary>A host as a program builds one, but for what asks the kernel.</summary>
public abstract class HostFixture : IAsyncDisposable
{
    private readonly HostApplicationBuilder _builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(null);
    private readonly ConcurrentQueue<SteeredTracer> _tracers = new();
    private IHost? _host;

    private protected HostFixture()
    {
        Services.AddSingleton<ILoggerFactory>(Logs);
        Services.AddSingleton<TimeProvider>(Time);
        Services.AddSingleton<CreateTracer>(_ => options => Create(options));
    }

    private protected FakeTimeProvider Time { get; } = new();

    private protected RecordingLogs Logs { get; } = new();

    private protected IServiceCollection Services => _builder.Services;

    private protected IHost Host => _host ??= _builder.Build();

    /// <summary>Makes the host's next tracer.</summary>
    private protected Func<LifecycleTracerOptions, IRunningTracer> Create { get; set; } = _ => new SteeredTracer();

    private protected T Get<T>()
        where T : notnull => Host.Services.GetRequiredService<T>();

    /// <summary>Lets the host begin with these tracers, one after the other.</summary>
    private protected void Trace(params SteeredTracer[] tracers)
    {
        foreach (SteeredTracer tracer in tracers)
            _tracers.Enqueue(tracer);
        Create = _ => _tracers.TryDequeue(out SteeredTracer? tracer) ? tracer : throw new InvalidOperationException("The test has no more tracers.");
    }

    private protected async Task<HealthReportEntry> CheckHealthAsync()
        => (await Get<HealthCheckService>().CheckHealthAsync()).Entries.Values.Single();

    /// <summary>Lets the pauses pass until what is awaited has happened.</summary>
    private protected async Task<T> PassTimeUntilAsync<T>(Task<T> awaited)
    {
        await PassTimeUntilAsync(() => awaited.IsCompleted);
        return await awaited;
    }

    private protected static async Task UntilAsync(Func<bool> condition)
    {
        while (!condition())
        {
            TestContext.CurrentContext.CancellationToken.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    /// <summary>Lets the pauses pass until the condition holds.</summary>
    private protected async Task PassTimeUntilAsync(Func<bool> condition)
        => await UntilAsync(() =>
        {
            Time.Advance(TimeSpan.FromSeconds(1));
            return condition();
        });

    public async ValueTask DisposeAsync()
    {
        if (_host is IAsyncDisposable host)
            await host.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}

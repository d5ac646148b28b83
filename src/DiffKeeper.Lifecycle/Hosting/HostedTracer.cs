using System.Runtime.CompilerServices;
using DiffKeeper.Lifecycle.Tracing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace DiffKeeper.Lifecycle.Hosting;

/// <summary>
/// The host's tracer: there for whoever asks for one in a constructor, attached before any service is started, and detached when all have stopped. When tracing
/// fails in between, it is begun again.
/// </summary>
internal sealed class HostedTracer(IOptions<HostedTracerOptions> options, CreateTracer create) : ILifecycleTracer
{
    private readonly CancellationTokenSource _stop = new();
    private Task _supervision = Task.CompletedTask;

    /// <summary>The tracer that there is, or that there will be when tracing goes on.</summary>
    private volatile Task<IRunningTracer>? _tracer;

    private volatile Exception? _interruption;

    /// <summary>The tracer that traces now; <see langword="null"/> before the host has started, and while tracing is interrupted.</summary>
    public IRunningTracer? Running => _tracer is { IsCompleted: true } tracer && !tracer.Result.Ended.IsCompleted ? tracer.Result : null;

    /// <summary>Why there are no events on this host.</summary>
    public Exception? Unavailable { get; private set; }

    /// <summary>Why tracing does not go on at the moment.</summary>
    public Exception? Interruption => _interruption;

    private ILogger Logger => options.Value.LoggerFactory.CreateLogger<LifecycleTracer>();

    /// <summary>Begins to trace.</summary>
    /// <exception cref="PlatformNotSupportedException">It isn't possible on this platform, and the options don't allow to run without.</exception>
    /// <exception cref="RecordingException">What is to be recorded or replayed can't be.</exception>
    /// <exception cref="TracingUnavailableException">It isn't possible, and the options don't allow to run without.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        // Loading the programs takes the kernel a while.
        IRunningTracer tracer = await Task.Run(CreateFirst, cancellationToken).ConfigureAwait(false);
        _tracer = Task.FromResult(tracer);
        _supervision = SuperviseAsync(tracer);
    }

    public IAsyncEnumerable<LifecycleEvent> ReadAllAsync(CancellationToken cancellationToken = default)
    {
        Task<IRunningTracer> tracer = CurrentOrNext();
        return tracer.IsCompleted ? tracer.Result.ReadAllAsync(cancellationToken) : ReadNextAsync(tracer, null, cancellationToken);
    }

    public IAsyncEnumerable<LifecycleEvent> ReadAllAsync(LifecycleSubscriptionOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        Task<IRunningTracer> tracer = CurrentOrNext();
        return tracer.IsCompleted ? tracer.Result.ReadAllAsync(options, cancellationToken) : ReadNextAsync(tracer, options, cancellationToken);
    }

    public IReadOnlyList<LifecycleEvent> Snapshot()
    {
        Task<IRunningTracer> tracer = CurrentOrNext();
        return tracer.IsCompleted ? tracer.Result.Snapshot() : [];
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _supervision.ConfigureAwait(false);
    }

    private IRunningTracer CreateFirst()
    {
        try
        {
            return create(options.Value);
        }
        catch (Exception e) when ((e is TracingUnavailableException or PlatformNotSupportedException) && options.Value.WhenUnavailable == TracingUnavailableBehavior.RunWithoutEvents)
        {
            Logger.RunsWithoutEvents(e.Message);
            Unavailable = e;
            return new IdleTracer();
        }
    }

    private async Task SuperviseAsync(IRunningTracer tracer)
    {
        while (await FailureOfAsync(tracer).ConfigureAwait(false) is { } failure)
            tracer = await ReplaceAsync(failure).ConfigureAwait(false);
        await tracer.DisposeAsync().ConfigureAwait(false);
    }

    /// <returns>Completes when the tracer has failed; with <see langword="null"/> when it is to be disposed.</returns>
    private async Task<Exception?> FailureOfAsync(IRunningTracer tracer)
    {
        try
        {
            return await tracer.Ended.WaitAsync(_stop.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    private async Task<IRunningTracer> ReplaceAsync(Exception failure)
    {
        var next = new TaskCompletionSource<IRunningTracer>(TaskCreationOptions.RunContinuationsAsynchronously);
        _interruption = failure;
        // What was recorded is the session that failed, and is not written over.
        options.Value.RecordTo = null;
        _tracer = next.Task;
        IRunningTracer tracer = await CreateNextAsync().ConfigureAwait(false);
        _interruption = null;
        next.SetResult(tracer);
        return tracer;
    }

    private async Task<IRunningTracer> CreateNextAsync()
    {
        for (TimeSpan delay = options.Value.RestartDelay; ; delay = TimeSpan.FromTicks(Math.Min(delay.Ticks * 2, HostedTracerOptions.MaxRestartDelay.Ticks)))
        {
            try
            {
                Logger.Interrupted(delay, _interruption!.Message);
                await Task.Delay(delay, options.Value.TimeProvider, _stop.Token).ConfigureAwait(false);
                IRunningTracer tracer = create(options.Value);
                Logger.Resumed();
                return tracer;
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                // Its streams end with it, at once.
                return new IdleTracer();
            }
            catch (Exception e)
            {
                _interruption = e;
            }
        }
    }

    private Task<IRunningTracer> CurrentOrNext()
    {
        ObjectDisposedException.ThrowIf(_stop.IsCancellationRequested, typeof(ILifecycleTracer));
        return _tracer ?? throw new InvalidOperationException(
            "Containers are traced from the start of the host on: begin to read in a hosted service, rather than in a constructor, and start the host.");
    }

    private static async IAsyncEnumerable<LifecycleEvent> ReadNextAsync(
        Task<IRunningTracer> next, LifecycleSubscriptionOptions? options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        IRunningTracer tracer = await next.WaitAsync(cancellationToken).ConfigureAwait(false);
        IAsyncEnumerable<LifecycleEvent> events = options is null ? tracer.ReadAllAsync(cancellationToken) : tracer.ReadAllAsync(options, cancellationToken);
        await foreach (LifecycleEvent lifecycleEvent in events.ConfigureAwait(false))
            yield return lifecycleEvent;
    }
}

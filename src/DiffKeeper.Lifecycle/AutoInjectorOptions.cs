using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace DiffKeeper.Lifecycle;

/// <summary>How an <see cref="AutoInjector"/> works. Not to be changed once one has been made with it.</summary>
public class AutoInjectorOptions
{
    /// <summary>Which containers are injected.</summary>
    /// <remarks>Defaults to every container at its start, but for sandboxes and nested ones.</remarks>
    /// <exception cref="ArgumentNullException">The value is <see langword="null"/>.</exception>
    public InjectionPolicy Policy
    {
        get;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            field = value;
        }
    } = new();

    /// <summary>What was injected, so that nothing is injected twice. The injector does not dispose it.</summary>
    /// <remarks>Defaults to one in memory, which ends with the program: <see cref="DirectoryInjectionLedger"/> outlives it.</remarks>
    /// <exception cref="ArgumentNullException">The value is <see langword="null"/>.</exception>
    public IInjectionLedger Ledger
    {
        get;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            field = value;
        }
    } = new InMemoryInjectionLedger();

    /// <summary>How many containers are injected at once.</summary>
    /// <remarks>Defaults to 4.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive.</exception>
    public int MaxConcurrency
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value);
            field = value;
        }
    } = 4;

    /// <summary>How often an injection that failed is tried again.</summary>
    /// <remarks>Defaults to 3.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public int MaxRetries
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            field = value;
        }
    } = 3;

    /// <summary>The pause before the first retry. It doubles with every further one; chance takes up to half of it off, so that what failed together is not tried together.</summary>
    /// <remarks>Defaults to one second.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or longer than a day.</exception>
    public TimeSpan RetryDelay
    {
        get;
        set => field = CheckDuration(value);
    } = TimeSpan.FromSeconds(1);

    /// <summary>The longest pause before a retry.</summary>
    /// <remarks>Defaults to 30 seconds.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or longer than a day.</exception>
    public TimeSpan MaxRetryDelay
    {
        get;
        set => field = CheckDuration(value);
    } = TimeSpan.FromSeconds(30);

    /// <summary>How long injections that have begun may go on when the injector is stopped, before they are cancelled; zero cancels them at once.</summary>
    /// <remarks>Defaults to 5 seconds.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or longer than a day.</exception>
    public TimeSpan StopTimeout
    {
        get;
        set => field = CheckDuration(value);
    } = TimeSpan.FromSeconds(5);

    /// <summary>Called with how it ended for each event that called for an injection, those that were skipped too. Not for what is left for the program's next run.</summary>
    /// <remarks>Defaults to nothing. Runs on any thread, on several at once; it has to be quick and may not throw.</remarks>
    public Action<LifecycleEvent, InjectionResult>? InjectionCompleted { get; set; }

    /// <summary>Where the injector logs: what it considers, at debug level, and how it ended.</summary>
    /// <remarks>Defaults to nowhere.</remarks>
    /// <exception cref="ArgumentNullException">The value is <see langword="null"/>.</exception>
    public ILoggerFactory LoggerFactory
    {
        get;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            field = value;
        }
    } = NullLoggerFactory.Instance;

    /// <summary>The clock of the pauses.</summary>
    /// <remarks>Defaults to <see cref="TimeProvider.System"/>.</remarks>
    /// <exception cref="ArgumentNullException">The value is <see langword="null"/>.</exception>
    public TimeProvider TimeProvider
    {
        get;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            field = value;
        }
    } = TimeProvider.System;

    /// <summary>Makes the meter of the metrics.</summary>
    /// <remarks>Defaults to <see langword="null"/>: a meter that all share which name none.</remarks>
    public IMeterFactory? MeterFactory { get; set; }

    private static TimeSpan CheckDuration(TimeSpan value)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, TimeSpan.FromDays(1));
        return value;
    }
}

using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace DiffKeeper.Lifecycle;

/// <summary>How a <see cref="CommandInjector"/> works. Not to be changed once one has been made with it.</summary>
public sealed class CommandInjectorOptions
{
    /// <summary>The program to execute, with its whole path. It gets the container's ID as its one argument.</summary>
    /// <remarks>Has no default. What is asked of the file is told at <see cref="CommandInjector"/>.</remarks>
    /// <exception cref="ArgumentException">The value is empty.</exception>
    public string Command
    {
        get;
        set
        {
            ArgumentException.ThrowIfNullOrEmpty(value);
            field = value;
        }
    } = "";

    /// <summary>How long one run may take, until it is asked to end (SIGTERM).</summary>
    /// <remarks>Defaults to 30 seconds.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive or longer than a day.</exception>
    public TimeSpan Timeout
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(value, TimeSpan.Zero);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, TimeSpan.FromDays(1));
            field = value;
        }
    } = TimeSpan.FromSeconds(30);

    /// <summary>How long a run that was asked to end may take for that, until it is ended with everything that it started (SIGKILL).</summary>
    /// <remarks>Defaults to 5 seconds.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or longer than a day.</exception>
    public TimeSpan TerminationGrace
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.Zero);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, TimeSpan.FromDays(1));
            field = value;
        }
    } = TimeSpan.FromSeconds(5);

    /// <summary>Handed to the program as <c>DIFFKEEPER_STATE_DIR</c>, as it is.</summary>
    /// <remarks>Defaults to <see langword="null"/>: not handed.</remarks>
    public string? StateDirectory { get; set; }

    /// <summary>Handed to the program as <c>DIFFKEEPER_STORE</c>, as it is.</summary>
    /// <remarks>Defaults to <see langword="null"/>: not handed.</remarks>
    public string? Store { get; set; }

    /// <summary>Names of further variables of this process's environment that the program gets.</summary>
    /// <remarks>Defaults to none beyond PATH, HOME, USER, LOGNAME, TMPDIR, TZ, LANG, LANGUAGE and LC_*.</remarks>
    /// <exception cref="ArgumentException">A name is empty, holds a <c>=</c>, or begins with <c>DIFFKEEPER_</c>, which is the injector's own.</exception>
    public IReadOnlyCollection<string> PassedEnvironment
    {
        get;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            if (value.Any(static name => string.IsNullOrEmpty(name) || name.Contains('=') || name.StartsWith("DIFFKEEPER_", StringComparison.Ordinal)))
                throw new ArgumentException("Variables are passed on by their names, without '=', and none that begins with DIFFKEEPER_.", nameof(value));
            field = [.. value];
        }
    } = [];

    /// <summary>How many bytes of one run's standard output and error, taken together, are logged. What is beyond is read, counted and discarded.</summary>
    /// <remarks>Defaults to 64 KiB.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public int MaxOutputBytes
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            field = value;
        }
    } = 64 * 1024;

    /// <summary>Where the program's output is logged, line by line.</summary>
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
}

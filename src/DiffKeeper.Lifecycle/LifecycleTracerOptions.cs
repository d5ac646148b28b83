using System.Diagnostics.Metrics;
using System.Numerics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace DiffKeeper.Lifecycle;

/// <summary>How a <see cref="LifecycleTracer"/> works. It is read once, by <see cref="LifecycleTracer.Create"/>.</summary>
public class LifecycleTracerOptions
{
    /// <summary>The smallest <see cref="RingBufferBytes"/>: 4 KiB.</summary>
    public const int MinRingBufferBytes = 4 * 1024;

    /// <summary>The largest <see cref="RingBufferBytes"/>: 256 MiB.</summary>
    public const int MaxRingBufferBytes = 256 * 1024 * 1024;

    private const int MaxOciRuntimes = 64;

    /// <summary>The size of the ring between the kernel and this process, in bytes: a power of two from 4 KiB to 256 MiB.</summary>
    /// <remarks>Defaults to 1 MiB, which holds the records of some 200 containers' whole lives. Rounded up to the system's page size.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range or not a power of two.</exception>
    public int RingBufferBytes
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, MinRingBufferBytes);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, MaxRingBufferBytes);
            if (!BitOperations.IsPow2(value))
                throw new ArgumentOutOfRangeException(nameof(value), value, "The ring's size has to be a power of two.");
            field = value;
        }
    } = 1024 * 1024;

    /// <summary>How many events a subscription holds that its reader has not taken yet; those beyond are dropped, counted, and made good when the reader has caught up.</summary>
    /// <remarks>Defaults to 8,192.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive.</exception>
    public int SubscriptionCapacity
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value);
            field = value;
        }
    } = 8192;

    /// <summary>The names of the executables that are OCI runtimes; a wrapper that executes one may be named as well.</summary>
    /// <remarks>Defaults to <c>runc</c> and <c>crun</c>. The kernel knows a program by the first 15 bytes of its name.</remarks>
    /// <exception cref="ArgumentException">The list is empty or longer than 64, or one of the names is empty or a path.</exception>
    public IReadOnlyCollection<string> OciRuntimes
    {
        get;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            if (value.Count is 0 or > MaxOciRuntimes || value.Any(static name => string.IsNullOrEmpty(name) || name.Contains('/')))
                throw new ArgumentException("OCI runtimes are named by 1 to 64 file names of executables, such as runc, and not by paths.", nameof(value));
            field = [.. value];
        }
    } = ["runc", "crun"];

    /// <summary>Whether <see cref="LifecycleState.Exec"/> is told.</summary>
    /// <remarks>Defaults to <see langword="false"/>: probes alone may be several a second.</remarks>
    public bool IncludeExecs { get; set; }

    /// <summary>Whether pods' sandboxes are told of, marked as such.</summary>
    /// <remarks>Defaults to <see langword="true"/>.</remarks>
    public bool IncludeSandboxes { get; set; } = true;

    /// <summary>Whether containers within containers are told of, marked as such.</summary>
    /// <remarks>Defaults to <see langword="true"/>.</remarks>
    public bool IncludeNested { get; set; } = true;

    /// <summary>Whether runtimes are believed that anybody but the node's root executes. Any user of the node can then make up containers.</summary>
    /// <remarks>Defaults to <see langword="false"/>.</remarks>
    public bool IncludeRootless { get; set; }

    /// <summary>Where the node's file system is mounted, for a tracer that runs in a container itself; empty for this process's own root.</summary>
    /// <remarks>Defaults to <see langword="null"/>: found by itself.</remarks>
    public string? HostRoot
    {
        get;
        set => field = value?.TrimEnd('/');
    }

    /// <summary>
    /// A new file that the session is recorded in, for <see cref="LifecycleTracer.Replay(string, ReplayTiming, LifecycleTracerOptions?)"/>: the kernel's records and what was
    /// read of the node. Nobody but its owner may read it, since it holds the command lines of OCI runtimes and the names and labels of containers.
    /// </summary>
    /// <remarks>
    /// Defaults to <see langword="null"/>: nothing is recorded. A file that can't be written to any more, or a disk 64 MiB behind, ends the recording, of
    /// which the log is told, and never the tracing. Of a replay nothing is recorded.
    /// </remarks>
    public string? RecordTo { get; set; }

    /// <summary>Where the tracer logs.</summary>
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

    /// <summary>The wall clock that events' timestamps are told in.</summary>
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
}

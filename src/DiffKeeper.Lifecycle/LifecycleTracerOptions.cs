using System.Numerics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace DiffKeeper.Lifecycle;

/// <summary>How a <see cref="LifecycleTracer"/> works. It is read once, by <see cref="LifecycleTracer.Create"/>.</summary>
public sealed class LifecycleTracerOptions
{
    /// <summary>The smallest <see cref="RingBufferBytes"/>: 4 KiB.</summary>
    public const int MinRingBufferBytes = 4 * 1024;

    /// <summary>The largest <see cref="RingBufferBytes"/>: 256 MiB.</summary>
    public const int MaxRingBufferBytes = 256 * 1024 * 1024;

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

    /// <summary>How many events a subscription holds that its reader has not taken yet; those beyond are dropped and counted.</summary>
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
}

using DiffKeeper.Lifecycle.Tracing;

#pragma warning disable IDE0130 // With the other half.
namespace DiffKeeper.Lifecycle;
#pragma warning restore IDE0130

public sealed partial class LifecycleTracer
{
    /// <summary>Tells of a session that <see cref="LifecycleTracerOptions.RecordTo"/> has written, as its tracer did: on any operating system, without privileges.</summary>
    /// <param name="path">The recording.</param>
    /// <param name="timing">When it is told what happened.</param>
    /// <param name="options">
    /// What is told: execs, sandboxes and nested containers as here, whatever the recorded tracer's options were. Users' runtimes as when it was recorded. What
    /// concerns the kernel does not matter. <see langword="null"/> for the defaults.
    /// </param>
    /// <returns>
    /// A tracer that has the containers which were there at the session's start, for <see cref="ILifecycleTracer.Snapshot"/> and every first reader. What
    /// followed begins with the first loop over a stream: whoever called ReadAllAsync before misses nothing. Where the recording ends, the streams end; one that was cut off amid a frame is told up to there,
    /// and the log says so; one that is damaged ends them with a <see cref="RecordingException"/>.
    /// </returns>
    /// <exception cref="ArgumentException"><paramref name="path"/> is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="timing"/> is none of the enumeration's.</exception>
    /// <exception cref="RecordingException">The file can't be read, is no recording, or was written by a newer version in another format.</exception>
    public static ILifecycleTracer Replay(string path, ReplayTiming timing = ReplayTiming.AsFastAsPossible, LifecycleTracerOptions? options = null)
        => OpenReplay(path, timing, options ?? new LifecycleTracerOptions());

    /// <inheritdoc cref="Replay(string, ReplayTiming, LifecycleTracerOptions?)"/>
    /// <param name="recording">The recording, from where the stream stands; it need not be seekable. It is disposed with the tracer.</param>
    /// <param name="timing">When it is told what happened.</param>
    /// <param name="options">As above.</param>
    /// <exception cref="ArgumentNullException"><paramref name="recording"/> is <see langword="null"/>.</exception>
    public static ILifecycleTracer Replay(Stream recording, ReplayTiming timing = ReplayTiming.AsFastAsPossible, LifecycleTracerOptions? options = null)
        => OpenReplay(recording, timing, options ?? new LifecycleTracerOptions());

    internal static IRunningTracer OpenReplay(string path, ReplayTiming timing, LifecycleTracerOptions options)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        FileStream file;
        try
        {
            file = File.OpenRead(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new RecordingException($"The recording '{path}' can't be opened ({e.Message.TrimEnd('.')}): name a file that is there and that you may read.", e);
        }

        try
        {
            return OpenReplay(file, timing, options);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    private static ReplayTracer OpenReplay(Stream recording, ReplayTiming timing, LifecycleTracerOptions options)
    {
        ArgumentNullException.ThrowIfNull(recording);
        if (!Enum.IsDefined(timing))
            throw new ArgumentOutOfRangeException(nameof(timing), timing, "A recording is replayed as fast as possible, or with the recorded timing.");
        return new ReplayTracer(recording, timing, options);
    }
}

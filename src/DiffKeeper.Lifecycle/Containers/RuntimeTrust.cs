using DiffKeeper.Lifecycle.Kernel;
using Microsoft.Extensions.Logging;

namespace DiffKeeper.Lifecycle.Containers;

/// <summary>
/// Decides which OCI runtimes are believed. Anybody may name a program runc: only the node's own root is, unless rootless runtimes are
/// wanted, too; and what runs in a container is believed for what it is.
/// </summary>
/// <remarks>Not thread-safe. Refusals are counted, and logged at most once a minute.</remarks>
internal sealed class RuntimeTrust(HostNamespaces host, bool includeRootless, TimeProvider timeProvider, ILogger logger)
{
    private static readonly TimeSpan LogInterval = TimeSpan.FromMinutes(1);

    private long _lastLogged;
    private long _refused;

    /// <summary>How many executions were refused.</summary>
    public long Refused => Interlocked.Read(ref _refused);

    /// <summary>Where the runtime runs; <see langword="null"/> where it isn't believed.</summary>
    public RuntimeOrigin? Judge(in RecordHeader runtime)
    {
        bool isRoot = runtime.Uid == 0 && runtime.Flags.HasFlag(RecordFlags.InitialUserNamespace);
        if (!isRoot && !includeRootless)
        {
            if (CountAndMayLog())
                logger.UntrustedRuntimeRefused(runtime.Pid, runtime.Uid, Refused);
            return null;
        }

        return host.IsHost(in runtime) ? RuntimeOrigin.Host : RuntimeOrigin.Container;
    }

    /// <summary>A command line from which no container can be told.</summary>
    public void RefuseCommandLine(in RecordHeader runtime, CommandLineRejection rejection)
    {
        if (CountAndMayLog())
            logger.CommandLineRefused(runtime.Pid, rejection, Refused);
    }

    private bool CountAndMayLog()
    {
        Interlocked.Increment(ref _refused);
        long now = timeProvider.GetTimestamp();
        if (_lastLogged != 0 && timeProvider.GetElapsedTime(_lastLogged, now) < LogInterval)
            return false;
        _lastLogged = now;
        return true;
    }
}

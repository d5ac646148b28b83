using Microsoft.Extensions.Logging;

namespace DiffKeeper.Lifecycle.Containers;

internal static partial class ContainersLog
{
    [LoggerMessage(101, LogLevel.Debug, "Ignored an OCI runtime (pid {Pid}, uid {Uid}) that is not the node's own root")]
    public static partial void UntrustedRuntimeIgnored(this ILogger logger, int pid, uint uid);

    [LoggerMessage(102, LogLevel.Warning, "Ignored an OCI runtime (pid {Pid}) whose command line names no container: {Rejection}")]
    public static partial void ContainerIdRefused(this ILogger logger, int pid, CommandLineRejection rejection);
}

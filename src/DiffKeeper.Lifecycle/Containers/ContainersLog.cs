using Microsoft.Extensions.Logging;

namespace DiffKeeper.Lifecycle.Containers;

internal static partial class ContainersLog
{
    [LoggerMessage(101, LogLevel.Warning, "Refused an OCI runtime (pid {Pid}, uid {Uid}) that is not executed by the node's root; {Refused} refused so far")]
    public static partial void UntrustedRuntimeRefused(this ILogger logger, int pid, uint uid, long refused);

    [LoggerMessage(102, LogLevel.Warning, "Refused an OCI runtime (pid {Pid}) whose command line names no container ({Rejection}); {Refused} refused so far")]
    public static partial void CommandLineRefused(this ILogger logger, int pid, CommandLineRejection rejection, long refused);
}

namespace DiffKeeper.Lifecycle.Containers;

/// <summary>The options of runc and crun, and whether each takes a value.</summary>
/// <remarks>
/// From runc 1.1 to 1.5 (main.go and a file a verb) and crun 1.8 to 1.29 (the argp tables in src/). One table serves both: where they share a name
/// they agree, and a letter that means two things is told apart by the verb.
/// </remarks>
internal static class RuntimeOptions
{
    /// <summary>An option before the verb.</summary>
    public static RuntimeOption Global(ReadOnlySpan<char> name) => name switch
    {
        "root" => RuntimeOption.Root,
        "log" => RuntimeOption.Log,
        "log-format" or "log-level" or "criu" or "rootless" or "cgroup-manager" => RuntimeOption.Value,
        "debug" or "systemd-cgroup" => RuntimeOption.Flag,
        "version" or "v" or "V" => RuntimeOption.Help,
        _ => Help(name),
    };

    /// <summary>An option after the verb.</summary>
    public static RuntimeOption OfVerb(RuntimeVerb verb, ReadOnlySpan<char> name) => name switch
    {
        "bundle" or "b" => RuntimeOption.Bundle,
        "pid-file" => RuntimeOption.PidFile,
        "console-socket" or "pidfd-socket" or "preserve-fds" or "config" => RuntimeOption.Value,
        "detach" or "d" or "keep" or "no-subreaper" or "no-pivot" or "no-new-keyring" => RuntimeOption.Flag,
        "all" or "a" or "force" or "regex" or "r" => RuntimeOption.Flag,
        "f" => verb == RuntimeVerb.Delete ? RuntimeOption.Flag : RuntimeOption.Value,
        _ => verb switch
        {
            RuntimeVerb.Exec => OfExec(name),
            RuntimeVerb.Checkpoint or RuntimeVerb.Restore => OfCheckpoint(name),
            _ => Help(name),
        },
    };

    private static RuntimeOption OfExec(ReadOnlySpan<char> name) => name switch
    {
        "process" or "p" or "cwd" or "env" or "e" or "user" or "u" or "additional-gids" or "g" or "cap" or "c" => RuntimeOption.Value,
        "process-label" or "apparmor" or "cgroup" => RuntimeOption.Value,
        "tty" or "t" or "no-new-privs" or "ignore-paused" => RuntimeOption.Flag,
        _ => Help(name),
    };

    private static RuntimeOption OfCheckpoint(ReadOnlySpan<char> name) => name switch
    {
        "image-path" or "work-path" or "parent-path" or "status-fd" or "page-server" or "empty-ns" => RuntimeOption.Value,
        "manage-cgroups-mode" or "lsm-profile" or "lsm-mount-context" => RuntimeOption.Value,
        "leave-running" or "tcp-established" or "tcp-close" or "tcp-skip-in-flight" or "link-remap" or "ext-unix-sk" => RuntimeOption.Flag,
        "shell-job" or "lazy-pages" or "file-locks" or "pre-dump" or "auto-dedup" or "network-lock" => RuntimeOption.Flag,
        _ => Help(name),
    };

    private static RuntimeOption Help(ReadOnlySpan<char> name) =>
        name is "help" or "h" or "?" or "usage" ? RuntimeOption.Help : RuntimeOption.Unknown;
}

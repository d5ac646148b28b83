using System.Text;

namespace DiffKeeper.Lifecycle.Containers;

/// <summary>The directory in which an OCI runtime keeps the state of its containers.</summary>
internal static class RuntimeRoot
{
    // A link to /run on every distribution of today; Docker says the one, others the other.
    private const string FormerRunDirectory = "/var/run/";
    private const string RunDirectory = "/run/";

    /// <summary>As the command line gives it, or the runtime's default for root (<c>/run/runc</c>, <c>/run/crun</c>).</summary>
    public static string Of(in RuntimeCommandLine command)
    {
        string root = Encoding.UTF8.GetString(command.Root).TrimEnd('/');
        if (root.Length == 0)
            return RunDirectory + Encoding.UTF8.GetString(command.RuntimeName);
        return root.StartsWith(FormerRunDirectory, StringComparison.Ordinal) ? string.Concat(RunDirectory, root.AsSpan(FormerRunDirectory.Length)) : root;
    }
}

using System.Globalization;
using DiffKeeper.Lifecycle.KernelTests.Engines;

namespace DiffKeeper.Lifecycle.KernelTests.Churn;

internal static class DockerOptions
{
    /// <summary>The options of <c>create</c> that Docker's client and Podman have in common.</summary>
    public static IReadOnlyList<string> Of(ContainerSpec spec)
    {
        List<string> options = [];
        if (spec.MemoryLimit is { } limit)
        {
            string bytes = limit.ToString(CultureInfo.InvariantCulture);
            options.AddRange(["--memory", bytes, "--memory-swap", bytes]);
        }

        if (spec.HostPidNamespace)
            options.AddRange(["--pid", "host"]);
        return options;
    }
}

using CliWrap.Buffered;
using DiffKeeper.Lifecycle.KernelTests.Engines;

namespace DiffKeeper.Lifecycle.KernelTests.Kubernetes;

/// <summary>The image that eng/image.sh makes.</summary>
internal static class AgentImage
{
    private static readonly TimeSpan TimeToBuild = TimeSpan.FromMinutes(5);

    /// <summary>Its archive, which is made unless <c>DIFFKEEPER_TEST_IMAGE</c> names one.</summary>
    public static async Task<string> ArchiveAsync(PrivateDirectory directory)
    {
        if (Environment.GetEnvironmentVariable("DIFFKEEPER_TEST_IMAGE") is { Length: > 0 } made)
            return made;

        string archive = directory.File("image.tar");
        using var deadline = new CancellationTokenSource(TimeToBuild);
        BufferedCommandResult result = await Tool.Describe("bash", Path.Combine(Manifests.Repository, "eng/image.sh"), "--output", archive)
            // What the test host's own dotnet has set would lead the other one to other tools.
            .WithEnvironmentVariables(environment => environment.Set("MSBuildExtensionsPath", null).Set("MSBuildSDKsPath", null).Set("MSBUILD_EXE_PATH", null))
            .ExecuteBufferedAsync(deadline.Token);
        return result.ExitCode == 0
            ? archive
            : throw new InvalidOperationException($"The image could not be made: {result.StandardError}{result.StandardOutput}");
    }
}

using CliWrap;
using DiffKeeper.Lifecycle.KernelTests.Engines;

namespace DiffKeeper.Lifecycle.KernelTests.CommandLine;

/// <summary>The sample program in a container of Docker's, as an agent of a node is deployed.</summary>
internal static class ContainedProgram
{
    // To trace, for which Docker 20.10 knows no lesser one, and to read the engines' files and other processes' namespaces.
    private static readonly string[] Capabilities = ["SYS_ADMIN", "DAC_READ_SEARCH", "SYS_PTRACE"];

    /// <param name="docker">Runs it.</param>
    /// <param name="options">Further options of <c>docker run</c>.</param>
    /// <param name="arguments">The program's own.</param>
    public static Command Describe(DockerEngine docker, IReadOnlyList<string> options, IReadOnlyList<string> arguments) => Tool.Describe(
        "docker",
        [
            "--host", docker.Socket, "run", "--network", "none", "--security-opt", "seccomp=unconfined",
            "--cap-drop", "ALL", .. Capabilities.SelectMany(capability => (string[])["--cap-add", capability]),
            .. Volume("/usr", "/usr"), .. Volume("/lib", "/lib"), .. Volume("/lib64", "/lib64"),
            .. Volume(DiffkeeperProgram.DotnetRoot, "/dotnet"), .. Volume(DiffkeeperProgram.Directory, "/diffkeeper"),
            "--env", "DOTNET_ROOT=/dotnet", .. options, BusyboxImage.Name, "/diffkeeper/diffkeeper", .. arguments,
        ]);

    /// <summary>The options that make a directory of the node's a part of the container, read-only.</summary>
    public static string[] Volume(string source, string destination) => ["--volume", $"{Path.GetFullPath(source)}:{destination}:ro"];
}

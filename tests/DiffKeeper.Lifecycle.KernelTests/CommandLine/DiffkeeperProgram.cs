using System.Reflection;
using System.Runtime.InteropServices;
using CliWrap;
using DiffKeeper.Lifecycle.KernelTests.Engines;

namespace DiffKeeper.Lifecycle.KernelTests.CommandLine;

/// <summary>Where the built sample is, and how it is called.</summary>
internal static class DiffkeeperProgram
{
    /// <summary>Set by the test project's own build, which builds the sample first.</summary>
    public static string Directory { get; } =
        typeof(DiffkeeperProgram).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "DiffkeeperDirectory").Value!;

    public static string Path { get; } = System.IO.Path.Combine(Directory, "diffkeeper");

    /// <summary>The program finds the .NET that the tests themselves run on.</summary>
    public static string DotnetRoot { get; } = System.IO.Path.GetFullPath("../../..", RuntimeEnvironment.GetRuntimeDirectory());

    public static Command Describe(params IReadOnlyList<string> arguments) => UseSameDotnet(Tool.Describe(Path, arguments));

    public static Command UseSameDotnet(Command command) =>
        command.WithEnvironmentVariables(environment => environment.Set("PATH", Programs.SearchPath).Set("DOTNET_ROOT", DotnetRoot));
}

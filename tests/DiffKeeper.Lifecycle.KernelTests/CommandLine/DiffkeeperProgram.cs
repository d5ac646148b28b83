using System.Reflection;
using System.Runtime.InteropServices;
using CliWrap;
using DiffKeeper.Lifecycle.KernelTests.Engines;

namespace DiffKeeper.Lifecycle.KernelTests.CommandLine;

/// <summary>Where the built sample is, and how it is called.</summary>
internal static class DiffkeeperProgram
{
    private const string Nobody = "65534";

    /// <summary>Set by the test project's own build, which builds the sample first.</summary>
    public static string Directory { get; } =
        typeof(DiffkeeperProgram).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "DiffkeeperDirectory").Value!;

    public static string Path { get; } = System.IO.Path.Combine(Directory, "diffkeeper");

    /// <summary>The program finds the .NET that the tests themselves run on.</summary>
    public static string DotnetRoot { get; } = System.IO.Path.GetFullPath("../../..", RuntimeEnvironment.GetRuntimeDirectory());

    public static Command Describe(params IReadOnlyList<string> arguments) => UseSameDotnet(Tool.Describe(Path, arguments));

    /// <param name="command">What runs the program.</param>
    /// <param name="variables">Further variables of its environment.</param>
    public static Command UseSameDotnet(Command command, params IReadOnlyList<(string Name, string Value)> variables) => command.WithEnvironmentVariables(environment =>
    {
        environment.Set("PATH", Programs.SearchPath).Set("DOTNET_ROOT", DotnetRoot);
        foreach ((string name, string value) in variables)
            environment.Set(name, value);
    });

    /// <summary>Called by somebody who may not trace.</summary>
    public static Command DescribeUnprivileged(PrivateDirectory directory, params IReadOnlyList<string> arguments) => UseSameDotnet(
        Tool.Describe("setpriv", ["--reuid", Nobody, "--regid", Nobody, "--clear-groups", CopyReadableByAllTo(directory.Path), .. arguments]));

    /// <summary>Called by somebody who has of root's capabilities these alone.</summary>
    public static Command DescribeWithCapabilities(PrivateDirectory directory, IEnumerable<string> capabilities, params IReadOnlyList<string> arguments)
    {
        string granted = string.Join(',', ["-all", .. capabilities.Select(capability => '+' + capability)]);
        return UseSameDotnet(Tool.Describe(
            "setpriv",
            ["--reuid", Nobody, "--regid", Nobody, "--clear-groups", "--inh-caps", granted, "--ambient-caps", granted, CopyReadableByAllTo(directory.Path), .. arguments]));
    }

    /// <summary>The build's own directory may be below one that only its owner may enter.</summary>
    private static string CopyReadableByAllTo(string directory)
    {
        const UnixFileMode ReadableByAll = (UnixFileMode)0b111_101_101;
        File.SetUnixFileMode(directory, ReadableByAll);
        foreach (string file in System.IO.Directory.EnumerateFiles(Directory, "*", SearchOption.AllDirectories))
        {
            string copy = System.IO.Path.Combine(directory, System.IO.Path.GetRelativePath(Directory, file));
            System.IO.Directory.CreateDirectory(System.IO.Path.GetDirectoryName(copy)!, ReadableByAll);
            File.Copy(file, copy);
            File.SetUnixFileMode(copy, ReadableByAll);
        }

        return System.IO.Path.Combine(directory, "diffkeeper");
    }
}

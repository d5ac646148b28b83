using System.Reflection;
using CliWrap;
using DiffKeeper.Lifecycle.KernelTests.CommandLine;
using DiffKeeper.Lifecycle.KernelTests.Engines;

namespace DiffKeeper.Lifecycle.KernelTests.Samples;

/// <summary>Where the built samples are, and how they are called.</summary>
internal static class SampleProgram
{
    /// <param name="directory">The key under which the test project notes where the sample is built.</param>
    /// <param name="program">Its executable.</param>
    /// <param name="arguments">Its arguments.</param>
    public static Command Describe(string directory, string program, params IReadOnlyList<string> arguments)
    {
        string path = typeof(SampleProgram).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == directory).Value!;
        return DiffkeeperProgram.UseSameDotnet(Tool.Describe(Path.Combine(path, program), arguments));
    }
}

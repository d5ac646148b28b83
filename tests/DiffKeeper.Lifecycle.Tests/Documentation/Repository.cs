using System.Reflection;

namespace DiffKeeper.Lifecycle.Tests.Documentation;

/// <summary>The files that the tests were built from.</summary>
internal static class Repository
{
    /// <summary>Set by the test project's own build.</summary>
    public static string Root { get; } = Path.GetFullPath(
        typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(static data => data.Key == "RepositoryRoot").Value!);

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));
}

namespace DiffKeeper.Lifecycle.KernelTests.Engines;

/// <summary>Finds programs also where an ordinary user's <c>PATH</c> does not lead: the container engines live in <c>sbin</c>.</summary>
internal static class Programs
{
    public static string SearchPath { get; } =
        $"{Environment.GetEnvironmentVariable("PATH")}:/usr/local/sbin:/usr/sbin:/sbin:/usr/local/bin:/usr/bin:/bin";

    public static string? Find(string name) =>
        SearchPath.Split(':', StringSplitOptions.RemoveEmptyEntries)
            .Select(directory => Path.Combine(directory, name))
            .FirstOrDefault(File.Exists);

    public static string Require(string name) =>
        Find(name) ?? throw new FileNotFoundException($"'{name}' is not installed; eng/test.sh installs what the tests need.");
}

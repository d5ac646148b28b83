using System.Text;
using System.Text.Json;

namespace DiffKeeper.Lifecycle.Tests.Containers;

/// <summary>Recordings of real engines, and the tables of what they mean, written by hand or from what the recording's maker asked for.</summary>
internal static class Fixture
{
    /// <summary>Stands for <c>$ID</c> in the tables, where the recording kept no IDs apart.</summary>
    public const string Id = "5f23730df209fd11b18381f98e8b3d6070a94bea53f4d2411a8e285b496f9b9f";

    private static readonly string Directory = Path.Combine(TestContext.CurrentContext.TestDirectory, "Fixtures");

    public static byte[] Bytes(string path) => File.ReadAllBytes(Path.Combine(Directory, path));

    public static string[] Lines(string path) => File.ReadAllLines(Path.Combine(Directory, path));

    public static string[] Files(string pattern) =>
        System.IO.Directory.GetFiles(Directory, pattern).Select(file => Path.GetRelativePath(Directory, file)).Order().ToArray();

    /// <summary>The rows of a table without its heading; <c>-</c> stands for nothing.</summary>
    public static IEnumerable<string[]> Rows(string path) =>
        File.ReadLines(Path.Combine(Directory, path))
            .Where(line => !line.StartsWith('#'))
            .Select(line => line.Replace("$ID", Id, StringComparison.Ordinal).Split('\t').Select(cell => cell == "-" ? "" : cell).ToArray());

    /// <summary>One case for each row of all tables that match, named by table and row.</summary>
    public static IEnumerable<TestCaseData> Cases(string pattern) =>
        from file in Files(pattern)
        from row in Rows(file).Select((cells, index) => (cells, index))
        select new TestCaseData([row.cells]).SetArgDisplayNames($"{Path.GetFileName(file)}:{row.index + 2}");

    /// <summary>An argv as the kernel holds it.</summary>
    public static byte[] Argv(params string[] arguments) => Encoding.UTF8.GetBytes(string.Concat(arguments.Select(argument => argument + '\0')));

    public static byte[] ArgvFromJson(string json) => Argv(JsonSerializer.Deserialize<string[]>(json)!);

    /// <summary>An argv from words parted by spaces.</summary>
    public static byte[] ArgvFromWords(string words) => Argv(words.Split(' '));

    public static string Text(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes);
}

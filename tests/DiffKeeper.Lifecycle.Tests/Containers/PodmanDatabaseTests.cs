using System.Text;
using DiffKeeper.Lifecycle.Containers;

namespace DiffKeeper.Lifecycle.Tests.Containers;

public sealed class PodmanDatabaseTests
{
    private const string Bolt = "debian12.bolt";
    private const string Sqlite = "trixie.sql";
    private const string BoltPath = "libpod/bolt_state.db";
    private const string SqlitePath = "db.sql";
    private const int ProbedDamages = 400;

    private static IEnumerable<TestCaseData> Containers =>
        from database in ((string Name, string Path)[])[(Bolt, BoltPath), (Sqlite, SqlitePath), (Sqlite, "libpod/db.sql")]
        from row in Fixture.Rows($"podman/{Path.GetFileNameWithoutExtension(database.Name)}.tsv")
        select new TestCaseData(database.Name, database.Path, row[0], row[1], row[2]).SetArgDisplayNames(database.Path, row[1]);

    [TestCaseSource(nameof(Containers))]
    public void A_container_is_read_from_among_the_others(string name, string path, string id, string expectedName, string expectedNumber)
    {
        using var storage = new PodmanStorage(path, PodmanStorage.Recorded(name));

        PodmanContainerConfig? config = storage.Read(id);

        Assert.That((config?.Id, config?.Name, config?.Image), Is.EqualTo((id, expectedName, "localhost/busybox:local")));
        Assert.That(config!.Labels, Is.EqualTo(new Dictionary<string, string> { ["from"] = "image", ["number"] = expectedNumber }));
    }

    [TestCase(Bolt, BoltPath)]
    [TestCase(Sqlite, SqlitePath)]
    public void Of_a_container_that_is_not_there_nothing_is_known(string name, string path)
    {
        using var storage = new PodmanStorage(path, PodmanStorage.Recorded(name));

        Assert.That(storage.Read(Fixture.Id), Is.Null);
    }

    [TestCase(Bolt, BoltPath)]
    [TestCase(Sqlite, SqlitePath)]
    public void A_damaged_database_gives_what_is_right_or_nothing(string name, string path)
    {
        string[] row = Fixture.Rows($"podman/{Path.GetFileNameWithoutExtension(name)}.tsv").Last();
        byte[] whole = PodmanStorage.Recorded(name);
        var random = new Random(1);
        for (int i = 0; i < ProbedDamages; i++)
        {
            byte[] damaged = whole[..(i % 4 == 0 ? random.Next(whole.Length) : whole.Length)];
            foreach (int _ in Enumerable.Range(0, 64))
                random.NextBytes(damaged.AsSpan(random.Next(damaged.Length + 1)) is { Length: > 8 } rest ? rest[..8] : default);

            using var storage = new PodmanStorage(path, damaged);
            Assert.That(storage.Read(row[0])?.Id, Is.Null.Or.EqualTo(row[0]));
        }
    }

    [TestCase("")]
    [TestCase("{}")]
    public void What_is_no_database_is_passed_over(string content)
    {
        using var storage = new PodmanStorage(SqlitePath, Encoding.UTF8.GetBytes(content));

        Assert.That(storage.Read(Fixture.Id), Is.Null);
    }
}

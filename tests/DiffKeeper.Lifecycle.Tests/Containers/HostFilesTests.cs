using System.Diagnostics;
using System.Text;
using DiffKeeper.Lifecycle.Containers;

namespace DiffKeeper.Lifecycle.Tests.Containers;

public sealed class HostFilesTests
{
    private string _root = null!;

    [SetUp]
    public void CreateRoot() => _root = Directory.CreateTempSubdirectory("diffkeeper-files-").FullName;

    [TearDown]
    public void DeleteRoot() => Directory.Delete(_root, recursive: true);

    [Test]
    public void A_file_is_read_below_the_root_that_was_given()
    {
        File.WriteAllText(Path.Combine(_root, "file"), "content");

        Assert.That(Read("/file"), Is.EqualTo("content"));
    }

    [Test]
    public void A_file_that_its_owner_has_locked_is_read_all_the_same()
    {
        using FileStream owner = new(Path.Combine(_root, "locked"), FileMode.Create, FileAccess.ReadWrite, FileShare.None);
        owner.Write("content"u8);
        owner.Flush();

        Assert.That(Read("/locked"), Is.EqualTo("content"));
    }

    [Test]
    [CancelAfter(10_000)]
    public void A_pipe_that_nobody_writes_to_is_not_waited_for()
    {
        using Process mkfifo = Process.Start("mkfifo", [Path.Combine(_root, "pipe")]);
        mkfifo.WaitForExit();

        Assert.That(Read("/pipe"), Is.Null.Or.Empty);
    }

    [TestCase("/missing")]
    [TestCase("/")]
    public void What_is_no_file_is_as_if_it_were_not_there(string path) => Assert.That(Read(path), Is.Null);

    [Test]
    public void A_file_that_is_longer_than_asked_for_is_not_read()
    {
        File.WriteAllText(Path.Combine(_root, "long"), new string('x', 100));

        Assert.That(new HostFiles(_root).Parse("/long", maxBytes: 99, static content => content.Length), Is.Zero);
    }

    private string? Read(string path) => new HostFiles(_root).Parse(path, maxBytes: 4096, static content => Encoding.UTF8.GetString(content));
}

using DiffKeeper.Lifecycle.Recordings;
using DiffKeeper.Lifecycle.Tests.Injection;

namespace DiffKeeper.Lifecycle.Tests.Recordings;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[CancelAfter(60_000)]
public sealed class RecordingFileTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("diffkeeper-recording-");
    private readonly RecordingLogs _logs = new();

    public void Dispose() => _directory.Delete(recursive: true);

    [Test]
    public void Only_its_owner_may_read_a_recording()
    {
        string path = Path.Combine(_directory.FullName, "session.dkrec");
        using FileStream file = RecordingFile.Create(path);

        Assert.That(File.GetUnixFileMode(path), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    [Test]
    public void A_file_that_is_there_already_is_not_written_over()
    {
        string path = Path.Combine(_directory.FullName, "session.dkrec");
        File.WriteAllText(path, "former");

        Assert.That(() => RecordingFile.Create(path), Throws.InstanceOf<RecordingException>().With.Message.Contains("there already"));
        Assert.That(File.ReadAllText(path), Is.EqualTo("former"));
    }

    [TestCase("/nonexistent/session.dkrec")]
    [TestCase("")]
    public void A_file_that_can_not_be_made_is_refused(string path)
        => Assert.That(() => RecordingFile.Create(path), Throws.InstanceOf<RecordingException>().With.Message.Contains("can't be recorded"));

    [Test]
    public async Task A_full_disk_ends_the_recording_with_one_line_in_the_log_and_never_the_tracing()
    {
        using var disk = new FailingDisk(capacity: 2000);
        using var recorded = new RecordedTracker(disk, _logs);
        recorded.Reconcile();
        for (int i = 0; i < 20; i++)
            recorded.RunContainer($"c{i}");
        recorded.End();

        IReadOnlyList<string> told = await recorded.ToldAsync();
        IReadOnlyList<string> replayed = await JsonLines.ReplayAsync(disk.ToArray());

        Assert.That(told, Has.Count.EqualTo(20 * 4));
        Assert.That(_logs.Lines, Has.Count.EqualTo(1));
        Assert.That(_logs.Lines, Has.One.StartWith("Error: Nothing is recorded any more").And.Contain("No space left on device"));
        Assert.That(replayed, Is.Not.Empty.And.EqualTo(told.Take(replayed.Count)));
    }

    [Test]
    public void A_disk_that_hangs_holds_nobody_up()
    {
        using var disk = new StalledDisk();
        var file = new RecordingFile(disk, _logs);

        file.Write([1, 2, 3]);
        file.Write([4]);

        Assert.That(disk.ToArray(), Is.Empty);
        disk.Resume();
        file.Complete();
        Assert.That(disk.ToArray(), Is.EqualTo(new byte[] { 1, 2, 3, 4 }));
        Assert.That(_logs.Lines, Is.Empty);
    }

    [Test]
    public void A_disk_that_hangs_for_too_long_ends_the_recording()
    {
        using var disk = new StalledDisk();
        var file = new RecordingFile(disk, _logs);
        byte[] chunk = new byte[1024 * 1024];

        while (!file.HasFailed)
            file.Write(chunk);

        disk.Resume();
        file.Complete();
        Assert.That(_logs.Lines, Has.One.Contains("the disk is 64 MiB behind"));
        Assert.That(disk.ToArray().Length, Is.LessThanOrEqualTo(chunk.Length));
    }
}

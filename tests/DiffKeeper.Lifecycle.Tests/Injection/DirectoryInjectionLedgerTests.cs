using DiffKeeper.Lifecycle.Containers;

namespace DiffKeeper.Lifecycle.Tests.Injection;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class DirectoryInjectionLedgerTests : IDisposable
{
    private readonly SafeDirectory _directory = new();

    private string Path => _directory.File("ledger");

    public void Dispose() => _directory.Dispose();

    [Test]
    public void A_ledger_knows_what_was_done_before_it_was_opened()
    {
        using (var former = DirectoryInjectionLedger.Open(Path))
        {
            former.Claim(Told.Start("done"));
            former.Complete(Told.Start("done"));
            former.Claim(Told.Start("begun"));
        }

        using var ledger = DirectoryInjectionLedger.Open(Path);

        Assert.That(ledger.Claim(Told.Start("done")), Is.EqualTo(InjectionClaim.Done));
        Assert.That(ledger.Claim(Told.Start("begun")), Is.EqualTo(InjectionClaim.Retry));
    }

    [Test]
    public void A_directory_belongs_to_one_ledger_at_a_time()
    {
        using var first = DirectoryInjectionLedger.Open(Path);

        Assert.That(() => DirectoryInjectionLedger.Open(Path), Throws.TypeOf<InjectionLedgerException>().With.Message.Contains($"{Path} is in use by another program"));
    }

    [Test]
    public void A_directory_that_can_not_be_made_is_refused_with_its_name()
    {
        File.WriteAllText(Path, "");

        Assert.That(() => DirectoryInjectionLedger.Open(Path), Throws.TypeOf<InjectionLedgerException>().With.Message.Contains(Path));
    }

    [Test]
    public void A_directory_that_is_made_is_its_owner_s_alone()
    {
        using var ledger = DirectoryInjectionLedger.Open(Path);

        Assert.That(File.GetUnixFileMode(Path), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute));
    }

    [TestCase(1, 255)]
    [TestCase(256, 1024)]
    public void Every_ID_has_a_file_of_its_own_however_long_it_is(int from, int to)
    {
        using var ledger = DirectoryInjectionLedger.Open(Path);
        LifecycleEvent[] containers = [.. Enumerable.Range(from, to - from + 1).Select(length => Told.Start(new string('x', length)))];

        Assert.That(containers.Select(ledger.Claim), Has.All.EqualTo(InjectionClaim.New));
        Assert.That(Directory.EnumerateFiles(Path).Count(), Is.EqualTo(containers.Length));
    }

    [Test]
    public void An_ID_that_is_no_name_of_a_file_stays_in_the_directory()
    {
        using var ledger = DirectoryInjectionLedger.Open(Path);
        string[] ids = ["../escaped", "/escaped", "..", ".", "", "a\nb", "a\0b", "ä", new string('x', 64 * 1024)];

        Assert.That(ids.Select(id => ledger.Claim(Told.Start(id))), Has.All.EqualTo(InjectionClaim.New));
        Assert.That(Directory.EnumerateFiles(Path).Count(), Is.EqualTo(ids.Length));
        Assert.That(Directory.EnumerateFileSystemEntries(_directory.Path), Is.EqualTo(new[] { Path }));
    }

    [Test]
    public void IDs_are_not_mixed_up_with_what_follows_them_in_a_file_s_name()
    {
        using var ledger = DirectoryInjectionLedger.Open(Path);
        ledger.Claim(Told.Start("c1"));
        string taken = System.IO.Path.GetFileName(Directory.EnumerateFiles(Path).Single());

        Assert.That(ledger.Claim(Told.Start(taken)), Is.EqualTo(InjectionClaim.New));
        Assert.That(ledger.Claim(Told.Start("c1")), Is.EqualTo(InjectionClaim.Retry));
    }

    [Test]
    public void What_lives_is_kept_though_no_tracer_has_come_upon_it_yet()
    {
        ProcessIdentity self = ProcessFiles.Identify(Environment.ProcessId)!.Value;
        LifecycleEvent living = Told.Start("living.with.dots") with { Pid = self.Pid, ProcessStartTicks = self.StartTicks };
        LifecycleEvent recycled = living with { ContainerId = "recycled", ProcessStartTicks = self.StartTicks - 1 };
        using var ledger = DirectoryInjectionLedger.Open(Path);
        ledger.Claim(living);
        ledger.Claim(recycled);

        ledger.Retain([]);

        Assert.That(ledger.Claim(living), Is.EqualTo(InjectionClaim.Retry));
        Assert.That(ledger.Claim(recycled), Is.EqualTo(InjectionClaim.New));
    }

    [Test]
    public void What_was_before_the_machine_s_last_boot_is_not_taken_for_what_is_now()
    {
        ProcessIdentity self = ProcessFiles.Identify(Environment.ProcessId)!.Value;
        LifecycleEvent container = Told.Start() with { Pid = self.Pid, ProcessStartTicks = self.StartTicks };
        using var ledger = DirectoryInjectionLedger.Open(Path);
        ledger.Claim(container);
        string file = Directory.EnumerateFiles(Path).Single();
        string boot = File.ReadAllText("/proc/sys/kernel/random/boot_id")[..8];
        File.Move(file, file.Replace(boot, "00000000", StringComparison.Ordinal));

        ledger.Retain([container]);

        Assert.That(Directory.EnumerateFiles(Path), Is.Empty);
        Assert.That(ledger.Claim(container), Is.EqualTo(InjectionClaim.New));
    }

    [Test]
    public void What_is_not_the_ledger_s_is_left_alone()
    {
        using var ledger = DirectoryInjectionLedger.Open(Path);
        string note = System.IO.Path.Combine(Path, "note.txt");
        File.WriteAllText(note, "");

        ledger.Retain([]);

        Assert.That(File.Exists(note));
    }
}

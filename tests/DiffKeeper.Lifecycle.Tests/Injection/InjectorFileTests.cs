using DiffKeeper.Lifecycle.Injection;

namespace DiffKeeper.Lifecycle.Tests.Injection;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class InjectorFileTests : IDisposable
{
    private const UnixFileMode Safe = (UnixFileMode)0b111_101_101;

    private readonly SafeDirectory _directory = new();
    private readonly string _file;

    public InjectorFileTests() => _file = _directory.Script("exit 0");

    public void Dispose() => _directory.Dispose();

    [TestCase(0b111_101_101)]
    [TestCase(0b111_101_000)]
    [TestCase(0b101_000_000)]
    public void A_program_that_only_its_owner_can_change_is_taken(int mode)
    {
        File.SetUnixFileMode(_file, (UnixFileMode)mode);

        Assert.That(InjectorFile.FindFault(_file), Is.Null);
    }

    [TestCase(0b111_111_000, "its group")]
    [TestCase(0b111_101_111, "everybody")]
    [TestCase(0b111_000_010, "everybody")]
    public void A_program_that_others_can_change_is_refused_with_its_name_the_fault_and_the_cure(int mode, string who)
    {
        File.SetUnixFileMode(_file, (UnixFileMode)mode);

        Assert.That(InjectorFile.FindFault(_file)?.ToString(), Does.Contain(_file).And.Contain(who).And.EndWith($"chmod 0750 {_file}."));
    }

    [Test]
    public void A_program_that_may_not_be_executed_is_refused()
    {
        File.SetUnixFileMode(_file, UnixFileMode.UserRead | UnixFileMode.UserWrite);

        Assert.That(InjectorFile.FindFault(_file)?.ToString(), Does.Contain("not executable").And.EndWith($"chmod 0750 {_file}."));
    }

    [TestCase(0b111_111_101)]
    [TestCase(0b111_101_111)]
    [TestCase(0b1_111_111_111)]
    public void A_directory_that_others_may_write_to_is_refused_with_its_name_sticky_or_not(int mode)
    {
        string below = Directory.CreateDirectory(_directory.File("open"), Safe).FullName;
        string file = Path.Combine(Directory.CreateDirectory(Path.Combine(below, "tools"), Safe).FullName, "inject");
        File.Move(_file, file);
        Assert.That(InjectorFile.FindFault(file), Is.Null);

        File.SetUnixFileMode(below, (UnixFileMode)mode);

        Assert.That(InjectorFile.FindFault(file)?.ToString(), Does.Contain(file).And.Contain($"chmod 0755 {below},"));
    }

    [Test]
    public void A_link_to_a_program_is_as_good_as_the_way_there()
    {
        string tools = Directory.CreateDirectory(_directory.File("tools"), Safe).FullName;
        File.Move(_file, Path.Combine(tools, "inject"));
        File.CreateSymbolicLink(_directory.File("relative"), "tools/../tools/inject");
        File.CreateSymbolicLink(_directory.File("absolute"), _directory.File("relative"));
        Assert.That(InjectorFile.FindFault(_directory.File("absolute")), Is.Null);

        File.SetUnixFileMode(tools, (UnixFileMode)0b111_111_111);

        Assert.That(InjectorFile.FindFault(_directory.File("absolute"))?.ToString(), Does.Contain(_directory.File("absolute")).And.Contain(tools));
    }

    [Test]
    public void Dots_are_followed_where_they_lead_and_not_where_they_seem_to()
    {
        string tools = Directory.CreateDirectory(_directory.File("tools"), Safe).FullName;
        Directory.CreateDirectory(Path.Combine(tools, "inner"), Safe);
        File.Move(_file, Path.Combine(tools, "inject"));
        File.CreateSymbolicLink(_directory.File("link"), "tools/inner");

        Assert.That(InjectorFile.FindFault(_directory.File("link/../inject")), Is.Null);
        Assert.That(InjectorFile.FindFault(_directory.File("link/../inject.sh"))?.ToString(), Does.Contain("can't be found"));
    }

    [Test]
    public void A_link_to_itself_is_refused()
    {
        File.CreateSymbolicLink(_directory.File("loop"), "loop");

        Assert.That(InjectorFile.FindFault(_directory.File("loop"))?.ToString(), Does.Contain("links"));
    }

    [Test]
    public void What_is_no_program_s_file_is_refused()
    {
        Assert.That(InjectorFile.FindFault("inject.sh")?.ToString(), Does.Contain("whole path"));
        Assert.That(InjectorFile.FindFault("")?.ToString(), Does.Contain("whole path"));
        Assert.That(InjectorFile.FindFault("/inject\0.sh")?.ToString(), Does.Contain("NUL"));
        Assert.That(InjectorFile.FindFault(_directory.File("missing"))?.ToString(), Does.Contain(_directory.File("missing")).And.Contain("can't be found"));
        Assert.That(InjectorFile.FindFault(_directory.Path)?.ToString(), Does.Contain("is a directory"));
        Assert.That(InjectorFile.FindFault(_file + "/x")?.ToString(), Does.Contain("not a directory").Or.Contain("can't be found"));
        Assert.That(InjectorFile.FindFault("/dev/null")?.ToString(), Does.Contain("no regular file"));
    }

    [Test]
    public void The_injector_refuses_an_unsafe_program_when_it_is_made()
    {
        File.SetUnixFileMode(_file, (UnixFileMode)0b111_111_111);

        Assert.That(
            () => new CommandInjector(new CommandInjectorOptions { Command = _file }),
            Throws.TypeOf<InjectorFileException>().With.Message.Contains("chmod 0750").And.Property(nameof(InjectorFileException.Path)).EqualTo(_file));
    }
}

using CliWrap.Buffered;
using DiffKeeper.Lifecycle.KernelTests.Engines;

namespace DiffKeeper.Lifecycle.KernelTests.CommandLine;

/// <summary>What the options and the variables say of the injector.</summary>
[TestFixture]
[Category("Kernel")]
[CancelAfter(120_000)]
[RequireKernel("runc", "busybox")]
public sealed class InjectionTests
{
    private const string Switch = "DIFFKEEPER_EBPF_AUTO_INJECT";
    private const string Command = "DIFFKEEPER_EBPF_INJECTOR_CMD";

    private PrivateDirectory _directory = null!;
    private RecordingInjector _injector = null!;
    private PreparedContainer _container = null!;

    [SetUp]
    public async Task Prepare()
    {
        _directory = new PrivateDirectory("injection");
        _injector = new RecordingInjector();
        _container = await PreparedContainer.MakeAsync(_directory);
    }

    [TearDown]
    public async Task CleanUp()
    {
        _injector.Dispose();
        await _directory.DisposeAsync();
    }

    [Test]
    public async Task The_injector_may_be_named_by_the_variable()
    {
        BufferedCommandResult result = await RunAsync(_container.CommandsToOutlast(_injector), [], (Command, _injector.Command), (Switch, ""));

        Assert.That(Runs(), Has.Length.EqualTo(1), result.StandardError);
    }

    [Test]
    public async Task The_injector_that_the_option_names_wins()
    {
        BufferedCommandResult result = await RunAsync(_container.CommandsToOutlast(_injector), ["--injector-cmd", _injector.Command], (Command, "/no/such/injector"));

        Assert.That(Runs(), Has.Length.EqualTo(1), result.StandardError);
    }

    [Test]
    public async Task Injection_that_the_variable_switches_off_is_switched_on_by_the_option()
    {
        BufferedCommandResult result = await RunAsync(
            _container.CommandsToOutlast(_injector), ["--auto-inject", "--injector-cmd", _injector.Command], (Switch, "false"));

        Assert.That(Runs(), Has.Length.EqualTo(1), result.StandardError);
    }

    [TestCase("--auto-inject=false", "")]
    [TestCase("--auto-inject=false", "true")]
    [TestCase("--debug", "no")]
    public async Task Switched_off_no_injector_is_started(string option, string variable)
    {
        BufferedCommandResult result = await RunAsync(
            $"{_container.CommandsToStart}\n{_container.CommandToRemove}", ["--output=json", option, "--injector-cmd", _injector.Command], (Switch, variable));

        Assert.That(result.StandardOutput, Does.Contain(_container.Id), "It was traced.");
        Assert.That(_injector.Runs, Is.Empty);
    }

    [Test]
    public async Task What_the_program_leaves_behind_is_injected_before_diffkeeper_ends()
    {
        BufferedCommandResult result = await RunAsync(_container.CommandsToStart, ["--injector-cmd", _injector.Command]);
        await Tool.RunAsync("sh", "-c", _container.CommandToRemove);

        Assert.That(Runs(), Has.Length.EqualTo(1), result.StandardError);
    }

    [Test]
    public async Task At_creation_there_is_no_process_yet()
    {
        BufferedCommandResult result = await RunAsync(
            _container.CommandsToOutlast(_injector, runs: 2), ["--inject-state=create", "--inject-state=start", "--injector-cmd", _injector.Command]);

        Assert.That(Runs().Select(run => (run.Variables["STATE"], run.Variables.ContainsKey("PID"))), Is.EquivalentTo(new[] { ("create", false), ("start", true) }), result.StandardError);
    }

    [Test]
    public async Task An_injector_that_takes_longer_than_it_may_is_ended()
    {
        _injector.Hold();

        BufferedCommandResult result = await RunAsync(
            _container.CommandsToOutlast(_injector), ["--inject-timeout=100ms", "--injector-cmd", _injector.Command]);

        Assert.That(result.ExitCode, Is.Zero, result.StandardError);
        Assert.That(result.StandardError, Does.Contain($"Injecting {_container.Id} failed"));
    }

    [Test]
    public async Task Debug_tells_of_every_container_that_is_considered_and_why_one_is_not_injected()
    {
        BufferedCommandResult result = await RunAsync(
            $"{_container.CommandsToStart}\n{_container.CommandToRemove}", ["--debug", "--inject-namespace=shop", "--injector-cmd", _injector.Command]);

        Assert.That(result.StandardError, Does.Contain($"[AutoInject] Detected start for {_container.Id}"));
        Assert.That(result.StandardError, Does.Contain($"[AutoInject] Skipped {_container.Id}: "));
        Assert.That(Runs(), Is.Empty);
    }

    private InjectorRun[] Runs() => [.. _injector.Runs.Where(run => run.ContainerId == _container.Id)];

    /// <summary>Runs diffkeeper with the script as the program beside it.</summary>
    private static async Task<BufferedCommandResult> RunAsync(
        string script, IReadOnlyList<string> options, params IReadOnlyList<(string Name, string Value)> variables)
    {
        BufferedCommandResult result = await Tool.TryAsync(
            DiffkeeperProgram.UseSameDotnet(Tool.Describe(DiffkeeperProgram.Path, [.. options, "--", "sh", "-c", script]), variables));
        Assert.That(result.ExitCode, Is.Zero, result.StandardError);
        return result;
    }
}

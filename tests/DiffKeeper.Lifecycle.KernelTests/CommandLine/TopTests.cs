using DiffKeeper.Lifecycle.KernelTests.Engines;

namespace DiffKeeper.Lifecycle.KernelTests.CommandLine;

/// <summary><c>diffkeeper top</c> on a real terminal.</summary>
[TestFixture]
[Category("Kernel")]
[CancelAfter(120_000)]
[RequireKernel("tmux", "stty", "runc", "busybox")]
public sealed class TopTests
{
    private const int Wide = 300;
    private const int High = 40;
    private const int HangUp = 1;

    /// <summary>How the terminal is set before and after, and how the program ended.</summary>
    private static readonly string OnTerminal = $"stty -g; {DiffkeeperProgram.Path} top; echo ended $?; stty -g; read line";

    private BareEngine _engine = null!;

    [OneTimeSetUp]
    public async Task StartEngine() => _engine = await SharedEngines.AtDefaultRootAsync("runc");

    [Test]
    public async Task It_shows_what_runs_already_what_comes_and_how_it_ends()
    {
        string there = await _engine.StartAsync(ContainerSpec.Lasting);
        await using TmuxScreen screen = await ShowAsync();
        await screen.WaitUntilAsync(lines => Shows(lines, there, "running"));

        string lasting = await _engine.StartAsync(ContainerSpec.Lasting);
        await screen.WaitUntilAsync(lines => Shows(lines, lasting, "running"));
        FinishedContainer finished = await _engine.RunAsync(ContainerSpec.Exiting(3));
        await screen.WaitUntilAsync(lines => Shows(lines, finished.Id, "exited") && Row(lines, finished.Id)!.TrimEnd().EndsWith(" 3", StringComparison.Ordinal));
        FinishedContainer killed = await _engine.RunAsync(ContainerSpec.OutOfMemory);
        await screen.WaitUntilAsync(lines => Shows(lines, killed.Id, "137 OOM"));
        await _engine.SignalAsync(lasting, ProcessSignal.Kill);
        await screen.WaitUntilAsync(lines => Shows(lines, lasting, "137 signal 9"));

        await Task.WhenAll(_engine.RemoveAsync(there), _engine.RemoveAsync(lasting));
    }

    [Test]
    public async Task It_filters_as_one_types_and_sorts_by_key()
    {
        await using TmuxScreen screen = await ShowAsync();
        FinishedContainer first = await _engine.RunAsync(ContainerSpec.Exiting(3));
        FinishedContainer second = await _engine.RunAsync(ContainerSpec.Exiting(1));
        string[] both = await screen.WaitUntilAsync(lines => Shows(lines, first.Id, "exited") && Shows(lines, second.Id, "exited"));
        Assert.That(Position(both, second.Id), Is.LessThan(Position(both, first.Id)), "What changed last comes first.");

        await screen.PressAsync("r");
        await screen.WaitUntilAsync(lines => Heading(lines).Contains("AGE ^", StringComparison.Ordinal) && Position(lines, second.Id) > Position(lines, first.Id));
        await screen.PressAsync("r", "s", "s", "s", "s");
        await screen.WaitUntilAsync(lines => Heading(lines).Contains("EXIT v", StringComparison.Ordinal) && Position(lines, second.Id) > Position(lines, first.Id));

        await screen.PressAsync("/", first.Id[^8..]);
        await screen.WaitUntilAsync(lines => lines[^1].StartsWith($"filter: {first.Id[^8..]}", StringComparison.Ordinal) && Row(lines, second.Id) is null && Row(lines, first.Id) is not null);
        await screen.PressAsync("Escape");
        await screen.WaitUntilAsync(lines => Row(lines, second.Id) is not null);
    }

    [Test]
    public async Task It_follows_the_size_of_the_window()
    {
        await using TmuxScreen screen = await ShowAsync();
        FinishedContainer finished = await _engine.RunAsync(ContainerSpec.Exiting(3));
        await screen.WaitUntilAsync(lines => Shows(lines, finished.Id, "exited") && Heading(lines).Contains("RUNTIME", StringComparison.Ordinal));

        await screen.ResizeAsync(62, 12);
        await screen.WaitUntilAsync(lines => lines.Length == 12 && lines[^1].StartsWith("q quit", StringComparison.Ordinal) && !Heading(lines).Contains("IMAGE", StringComparison.Ordinal)
            && lines.Any(line => line.StartsWith(finished.Id[..11], StringComparison.Ordinal)));
        await screen.ResizeAsync(Wide, High);
        await screen.WaitUntilAsync(lines => lines.Length == High && Shows(lines, finished.Id, "exited") && Heading(lines).Contains("RUNTIME", StringComparison.Ordinal));
    }

    [TestCase("q")]
    [TestCase("C-c")]
    public async Task A_key_leaves_it_and_gives_the_terminal_back(string key)
    {
        await using TmuxScreen screen = await ShowAsync();

        await screen.PressAsync(key);

        await AssertThatTerminalIsBackAsync(screen);
    }

    [TestCase(ProcessSignal.Terminate)]
    [TestCase(ProcessSignal.Interrupt)]
    [TestCase(HangUp)]
    public async Task A_signal_ends_it_and_gives_the_terminal_back(int signal)
    {
        await using TmuxScreen screen = await ShowAsync();

        ProcessSignal.Send(await screen.ChildAsync(), signal);

        await AssertThatTerminalIsBackAsync(screen);
    }

    [Test]
    public async Task With_an_injector_it_shows_who_was_injected()
    {
        using var injector = new RecordingInjector();
        await using TmuxScreen screen = await ShowAsync($"{DiffkeeperProgram.Path} top --injector-cmd {injector.Command}");

        string id = await _engine.StartAsync(ContainerSpec.Lasting);

        await screen.WaitUntilAsync(lines => Heading(lines).Contains("INJECTION", StringComparison.Ordinal) && Shows(lines, id, "done"));
        await _engine.RemoveAsync(id);
    }

    [Test]
    public async Task Where_there_is_no_terminal_it_prints_a_line_an_event()
    {
        await using TracingProcess top = await TracingProcess.StartAsync("top");

        FinishedContainer finished = await _engine.RunAsync(ContainerSpec.Exiting(3));

        await top.WaitUntilAsync(() => top.Output.Any(line => line.Contains(finished.Id, StringComparison.Ordinal) && line.Contains("exit 3", StringComparison.Ordinal)));
        Assert.That(top.Output, Has.None.Contains('\e'));
    }

    private static Task<TmuxScreen> ShowAsync() => ShowAsync(OnTerminal);

    private static async Task<TmuxScreen> ShowAsync(string script)
    {
        TmuxScreen screen = await TmuxScreen.StartAsync(script, Wide, High);
        await screen.WaitUntilAsync(lines => lines[0].StartsWith("diffkeeper top", StringComparison.Ordinal) && lines[^1].StartsWith("q quit", StringComparison.Ordinal));
        return screen;
    }

    private static async Task AssertThatTerminalIsBackAsync(TmuxScreen screen)
    {
        string[] lines = await screen.WaitUntilAsync(lines => lines.Length >= 3 && lines[1] == "ended 0" && lines[2].Length > 0);
        Assert.That(lines[2], Is.EqualTo(lines[0]), "The terminal is set as it was.");
        Assert.That((await screen.TellAsync("alternate_on"), await screen.TellAsync("cursor_flag")), Is.EqualTo(("0", "1")));
    }

    private static string Heading(string[] lines) => lines.Length > 1 ? lines[1] : "";

    private static int Position(string[] lines, string id) => Array.FindIndex(lines, line => line.StartsWith(id, StringComparison.Ordinal));

    private static string? Row(string[] lines, string id) => Array.Find(lines, line => line.StartsWith(id, StringComparison.Ordinal));

    private static bool Shows(string[] lines, string id, string text) => Row(lines, id)?.Contains(text, StringComparison.Ordinal) == true;
}

using System.Diagnostics;

namespace DiffKeeper.Lifecycle.Tests.Injection;

/// <summary>How runs of a program end.</summary>
public sealed class CommandInjectorTests : CommandInjectorFixture
{
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(200);

    /// <summary>Leaves the session and its parent, but not the pipes, and writes its number into a file.</summary>
    private const string Daemon = """
        setsid sh -c 'setsid sh -c "echo \$\$ > $0/daemon; exec sleep 1000" $0 & exit' $here &
        until [ -s $here/daemon ]; do sleep 0.01; done
        """;

    [Test]
    public async Task A_program_that_exits_with_0_has_succeeded()
        => Assert.That(await InjectAsync("exit 0"), Is.EqualTo(InjectionResult.Succeeded));

    [Test]
    public async Task A_program_that_exits_with_another_code_has_failed_with_that_code()
        => Assert.That(await InjectAsync("exit 3"), Is.EqualTo(InjectionResult.Failed("The injector exited with code 3.")));

    [Test]
    public async Task A_program_that_kills_itself_has_failed_with_that_signal()
        => Assert.That(await InjectAsync("kill -KILL $$"), Is.EqualTo(InjectionResult.Failed("The injector was ended by signal 9.")));

    [Test]
    public async Task A_program_that_hangs_is_asked_to_end_and_has_failed()
    {
        InjectionResult result = await InjectAsync("trap 'echo asked > $here/asked; exit 0' TERM; sleep 1000 & wait", o => o.Timeout = Soon);

        Assert.That(result, Is.EqualTo(InjectionResult.Failed("The injector took longer than 0.2 s, and was ended.")));
        Assert.That(File.Exists(Directory.File("asked")));
    }

    [Test]
    public async Task A_program_that_does_not_end_when_it_is_asked_to_is_ended_with_its_children()
    {
        InjectionResult result = await InjectAsync("trap '' TERM; sleep 1000 & echo $! > $here/child; echo $$ > $here/self; wait; wait", o => (o.Timeout, o.TerminationGrace) = (Soon, Soon));

        Assert.That(result.Reason, Does.Contain("was ended"));
        Assert.That((Lives("self"), Lives("child")), Is.EqualTo((false, false)));
    }

    [Test]
    public async Task A_daemon_that_left_the_session_is_ended_with_a_program_that_hangs()
    {
        await InjectAsync(Daemon + "\nsleep 1000", o => (o.Timeout, o.TerminationGrace) = (TimeSpan.FromSeconds(1), Soon));

        Assert.That(Lives("daemon"), Is.False);
    }

    [Test]
    public async Task A_child_that_cleared_its_environment_is_ended_with_a_program_that_hangs()
    {
        await InjectAsync(
            "env -i setsid sh -c 'echo $$ > $0/child; exec sleep 1000' $here & sleep 1000",
            o => (o.Timeout, o.TerminationGrace) = (TimeSpan.FromSeconds(1), Soon));

        Assert.That(Lives("child"), Is.False);
    }

    [Test]
    public async Task A_program_that_leaves_a_daemon_behind_that_holds_the_pipes_has_succeeded_and_the_daemon_lives()
    {
        InjectionResult result = await InjectAsync(Daemon + "\necho done");

        Assert.That(result, Is.EqualTo(InjectionResult.Succeeded));
        Assert.That(Logs.Lines, Has.Some.EndsWith("c1 output: done"));
        using var daemon = Process.GetProcessById(Pid("daemon"));
        daemon.Kill();
    }

    [Test]
    public async Task A_run_that_is_cancelled_is_ended_with_everything_that_it_started()
    {
        using var cancellation = new CancellationTokenSource();
        ValueTask<InjectionResult> running = Injector(Daemon + "\necho $$ > $here/self; sleep 1000", o => o.TerminationGrace = Soon).InjectAsync(Told.Start(), cancellation.Token);
        await WaitForFileAsync("self");

        await cancellation.CancelAsync();

        Assert.That(async () => await running, Throws.InstanceOf<OperationCanceledException>());
        Assert.That((Lives("self"), Lives("daemon")), Is.EqualTo((false, false)));
    }

    [Test]
    public async Task A_program_begins_with_signals_as_every_program_expects_them_and_nothing_to_read()
    {
        await InjectAsync("grep -E 'Sig(Blk|Ign)' /proc/self/status > $here/signals; cat > $here/input");

        Assert.That(File.ReadAllText(Directory.File("signals")), Is.EqualTo("SigBlk:\t0000000000000000\nSigIgn:\t0000000000000000\n"));
        Assert.That(new FileInfo(Directory.File("input")).Length, Is.Zero);
    }

    [Test]
    public async Task A_program_inherits_no_file_of_this_process()
    {
        await InjectAsync("ls /proc/self/fd > $here/files");

        // The three of every program, and the directory that is being listed.
        Assert.That(File.ReadAllLines(Directory.File("files")), Is.EqualTo(new[] { "0", "1", "2", "3" }));
    }

    [Test]
    public async Task A_program_that_vanishes_between_runs_fails_and_is_run_again_when_it_is_back()
    {
        CommandInjector injector = Injector("exit 0");
        string moved = Directory.File("moved");
        File.Move(Directory.File("inject.sh"), moved);
        InjectionResult result = await injector.InjectAsync(Told.Start(), CancellationToken.None);
        File.Move(moved, Directory.File("inject.sh"));

        Assert.That(result.Reason, Does.Contain("can't be found"));
        Assert.That(result.MayRetry);
        Assert.That(await injector.InjectAsync(Told.Start(), CancellationToken.None), Is.EqualTo(InjectionResult.Succeeded));
    }

    [Test]
    public async Task A_program_that_becomes_writable_by_everybody_between_runs_is_not_run()
    {
        CommandInjector injector = Injector("echo > $here/run");
        Directory.Script("echo > $here/run", (UnixFileMode)0b111_111_111);

        InjectionResult result = await injector.InjectAsync(Told.Start(), CancellationToken.None);

        Assert.That(result.Reason, Does.Contain("writable by everybody").And.Contain("chmod 0750"));
        Assert.That(File.Exists(Directory.File("run")), Is.False);
    }

    [Test]
    public async Task A_file_that_is_no_program_fails_and_no_shell_is_tried()
    {
        CommandInjector injector = Injector("exit 0");
        await File.WriteAllTextAsync(Directory.File("inject.sh"), $"echo > {Directory.File("run")}\n");

        InjectionResult result = await injector.InjectAsync(Told.Start(), CancellationToken.None);

        Assert.That(result.Reason, Does.Contain("could not be executed"));
        Assert.That(File.Exists(Directory.File("run")), Is.False);
    }

    [Test]
    public async Task The_runtime_s_own_children_and_the_injector_s_do_not_get_in_each_other_s_way()
    {
        CommandInjector injector = Injector("exit 7");
        Task<InjectionResult>[] injections = [.. Enumerable.Range(0, 20).Select(_ => injector.InjectAsync(Told.Start(), CancellationToken.None).AsTask())];
        Task<int>[] others = [.. Enumerable.Range(0, 20).Select(_ => ExitCodeAsync())];

        Assert.That(await Task.WhenAll(injections), Has.All.EqualTo(InjectionResult.Failed("The injector exited with code 7.")));
        Assert.That(await Task.WhenAll(others), Has.All.EqualTo(5));
    }

    private static async Task<int> ExitCodeAsync()
    {
        using Process process = Process.Start("/bin/sh", ["-c", "exit 5"]);
        await process.WaitForExitAsync();
        return process.ExitCode;
    }
}

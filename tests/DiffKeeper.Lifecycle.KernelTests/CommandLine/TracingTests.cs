using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using DiffKeeper.Lifecycle.KernelTests.Engines;

namespace DiffKeeper.Lifecycle.KernelTests.CommandLine;

/// <summary>The sample program as a user calls it.</summary>
[TestFixture]
[Category("Kernel")]
[CancelAfter(120_000)]
[RequireKernel("runc", "busybox")]
public sealed partial class TracingTests
{
    private BareEngine _runc = null!;

    [OneTimeSetUp]
    public async Task StartRunc() => _runc = await SharedEngines.RuncAsync();

    [Test]
    public async Task Json_has_one_line_an_event_with_the_values_that_are_known_and_no_others()
    {
        await using TracingProcess program = await TracingProcess.StartAsync("--output", "json");
        FinishedContainer container = await _runc.RunAsync(ContainerSpec.Exiting(3));

        IReadOnlyList<JsonElement> events = await program.WaitForEventsOfAsync(container.Id);

        string[] always = ["state", "containerId", "runtime", "ociRuntime", "bundle", "timestamp", "sequence"];
        Assert.That(events.Select(e => e.GetProperty("state").GetString()), Is.EqualTo(new[] { "create", "start", "stop", "delete" }));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Names(events[0]), Is.EquivalentTo(always));
            Assert.That(Names(events[1]), Is.EquivalentTo([.. always, "pid", "processStartTime"]));
            Assert.That(Names(events[2]), Is.EquivalentTo([.. always, "pid", "processStartTime", "exitCode"]));
            Assert.That(Names(events[3]), Is.EquivalentTo([.. always, "pid", "processStartTime"]));
            Assert.That(events.Select(e => e.GetProperty("containerId").GetString()), Has.All.EqualTo(container.Id));
            Assert.That(events.Select(e => e.GetProperty("runtime").GetString()), Has.All.EqualTo("runc"));
            Assert.That(events.Select(e => e.GetProperty("ociRuntime").GetString()), Has.All.EqualTo("runc"));
            Assert.That(events.Select(e => e.GetProperty("bundle").GetString()), Has.All.EqualTo(_runc.BundleOf(container.Id)));
            Assert.That(events[2].GetProperty("pid").GetInt32(), Is.Positive.And.EqualTo(events[1].GetProperty("pid").GetInt32()));
            Assert.That(events[2].GetProperty("exitCode").GetInt32(), Is.EqualTo(3));
        }
    }

    [Test]
    public async Task Json_tells_of_an_OOM_kill_with_the_signal_and_oomKilled()
    {
        await using TracingProcess program = await TracingProcess.StartAsync("--output", "json");
        FinishedContainer container = await _runc.RunAsync(ContainerSpec.OutOfMemory);

        JsonElement stop = (await program.WaitForEventsOfAsync(container.Id)).Single(e => e.GetProperty("state").ValueEquals("stop"));

        Assert.That(stop.GetProperty("exitCode").GetInt32(), Is.EqualTo(137));
        Assert.That(stop.GetProperty("signal").GetInt32(), Is.EqualTo(9));
        Assert.That(stop.GetProperty("oomKilled").GetBoolean(), Is.True);
    }

    [Test]
    public async Task Timestamps_are_UTC_in_ISO_8601_with_microseconds_and_of_now()
    {
        await using TracingProcess program = await TracingProcess.StartAsync("--output", "json");
        DateTimeOffset before = TimeProvider.System.GetUtcNow();
        FinishedContainer container = await _runc.RunAsync(ContainerSpec.Shortest);
        DateTimeOffset after = TimeProvider.System.GetUtcNow();

        string[] timestamps = [.. (await program.WaitForEventsOfAsync(container.Id)).Select(e => e.GetProperty("timestamp").GetString()!)];

        // The kernel's clock and the wall clock are read one after the other, and either may be adjusted meanwhile.
        var tolerance = TimeSpan.FromSeconds(1);
        Assert.That(timestamps, Has.All.Matches(Iso8601WithMicroseconds()));
        Assert.That(
            timestamps.Select(text => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture)),
            Is.Ordered.And.All.InRange(before - tolerance, after + tolerance));
    }

    [Test]
    public async Task The_table_has_a_row_for_each_event_under_a_heading()
    {
        await using TracingProcess program = await TracingProcess.StartAsync();
        FinishedContainer container = await _runc.RunAsync(ContainerSpec.Exiting(3));

        string[] states = ["create", "start", "stop", "delete"];
        await program.WaitUntilAsync(() => RowsOf(container, program).Length == states.Length);
        string[] rows = RowsOf(container, program);

        Assert.That(rows.Zip(states), Has.All.Matches(((string Row, string State) told) => told.Row.Contains(told.State, StringComparison.OrdinalIgnoreCase)));
        Assert.That(rows[2], Does.EndWith("exit 3"));
    }

    [Test]
    public async Task Started_again_after_it_was_killed_it_begins_with_what_runs()
    {
        BareEngine runc = await SharedEngines.AtDefaultRootAsync("runc");
        await using (TracingProcess killed = await TracingProcess.StartAsync("--output", "json"))
            await killed.EndAsync(ProcessSignal.Kill);

        string id = await runc.StartAsync(ContainerSpec.Lasting);
        bool runs = await Eventually.HoldsAsync(async () => (await Tool.TryAsync("runc", "state", id)).StandardOutput.Contains("running", StringComparison.Ordinal));
        int pid = runs ? await runc.InitPidAsync(id) : 0;
        await using TracingProcess program = await TracingProcess.StartAsync("--output", "json");
        await program.WaitUntilAsync(() => program.Output.Any(line => line.Contains(id, StringComparison.Ordinal)));
        JsonElement existing = JsonElement.Parse(program.Output.First(line => line.Contains(id, StringComparison.Ordinal)));
        await runc.RemoveAsync(id);

        Assert.That(existing.GetProperty("state").GetString(), Is.EqualTo("start"));
        Assert.That(existing.GetProperty("existing").GetBoolean(), Is.True);
        Assert.That(existing.GetProperty("pid").GetInt32(), Is.EqualTo(pid));
    }

    [Test]
    [Repeat(3)]
    public async Task It_says_that_it_traces_when_it_has_told_what_is_there_and_not_before()
    {
        BareEngine runc = await SharedEngines.AtDefaultRootAsync("runc");
        string id = await runc.CreateAsync(ContainerSpec.Lasting);

        // Both streams into one, which keeps their order.
        string script = $"exec {DiffkeeperProgram.Path} --output json 2>&1";
        await using var program = new RunningProgram(DiffkeeperProgram.UseSameDotnet(Tool.Describe("sh", ["-c", script])));
        await program.WaitUntilAsync(() => program.Output.Any(IsTracing));
        string[] told = [.. program.Output.TakeWhile(line => !IsTracing(line))];
        await runc.RemoveAsync(id);

        // Who says so before anybody listens loses what ends in between.
        Assert.That(told, Has.One.Contains(id));

        static bool IsTracing(string line) => line.Contains("tracing: ", StringComparison.Ordinal);
    }

    [TestCase(ProcessSignal.Interrupt)]
    [TestCase(ProcessSignal.Terminate)]
    public async Task SIGINT_and_SIGTERM_end_it_with_exit_code_0(int signal)
    {
        await using TracingProcess program = await TracingProcess.StartAsync("--output", "json");

        int exitCode = await program.EndAsync(signal);

        Assert.That(exitCode, Is.Zero, program.Errors);
        Assert.That(program.Errors, Does.Not.Contain("   at "), "a stack trace");
    }

    private static string[] RowsOf(FinishedContainer container, TracingProcess program) =>
        [.. program.Output.Where(line => line.Contains(container.Id, StringComparison.Ordinal))];

    /// <summary>Without the cgroup, which is only known of a process that lived for long enough to be asked for it.</summary>
    private static IEnumerable<string> Names(JsonElement e) => e.EnumerateObject().Select(property => property.Name).Where(name => name != "cgroupPath");

    [GeneratedRegex(@"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{6}Z$")]
    private static partial Regex Iso8601WithMicroseconds();
}

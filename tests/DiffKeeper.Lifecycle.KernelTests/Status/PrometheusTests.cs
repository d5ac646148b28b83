using System.Text.RegularExpressions;
using DiffKeeper.Lifecycle.KernelTests.CommandLine;
using DiffKeeper.Lifecycle.KernelTests.Engines;

namespace DiffKeeper.Lifecycle.KernelTests.Status;

/// <summary>What a real Prometheus makes of <c>--listen</c>, and of the rules that are deployed.</summary>
[TestFixture]
[Category("Kernel")]
[CancelAfter(180_000)]
public sealed partial class PrometheusTests
{
    private static readonly string[] Asking = ["diffkeeper.json", "diffkeeper.rules.yaml"];

    [Test]
    [RequireKernel("prometheus", "runc", "busybox")]
    public async Task It_finds_every_series_that_the_dashboard_and_the_rules_ask_for_while_containers_run()
    {
        BareEngine runc = await SharedEngines.RuncAsync();
        await using TracingProcess program = await TracingProcess.StartAsync(StatusPages.Option, "--output=json", "--injector-cmd=/usr/bin/true");
        using StatusPages pages = await StatusPages.OfAsync(program);
        string id = await runc.StartAsync(ContainerSpec.Lasting);
        await program.WaitUntilAsync(() => program.Errors.Contains($"Injected {id}", StringComparison.Ordinal));
        await using PrometheusServer prometheus = await PrometheusServer.StartAsync(pages.Address);

        string[] asked = [.. (await Task.WhenAll(Asking.Select(NamesInAsync))).SelectMany(names => names).Distinct()];
        string[] found = [];
        bool all = await Eventually.HoldsAsync(async () =>
        {
            found = [.. (await prometheus.GetAsync("/api/v1/label/__name__/values")).EnumerateArray().Select(name => name.GetString()!)];
            return asked.All(found.Contains);
        });
        int live = await prometheus.CountAsync("diffkeeper_lifecycle_containers > 0");
        int traced = await prometheus.CountAsync("diffkeeper_lifecycle_tracers == 1");
        await runc.RemoveAsync(id);

        Assert.That(all, $"missing: {string.Join(' ', asked.Except(found))}");
        Assert.That((live, traced), Is.EqualTo((1, 1)));
        Assert.That(
            await Eventually.HoldsAsync(async () => await prometheus.CountAsync("diffkeeper_lifecycle_events_total{diffkeeper_state='delete',container_runtime_name='runc'} > 0") == 1),
            "the removal is counted");
        Assert.That(await Eventually.HoldsAsync(async () => (await HealthOfRulesAsync(prometheus)) is [_, ..] health && health.All(rule => rule == "ok")), "the rules are evaluated");
    }

    [Test]
    [RequireKernel("promtool")]
    public async Task The_rules_pass_its_check_and_their_own_tests()
    {
        Assert.That(await Tool.RunAsync("promtool", "check", "rules", PrometheusServer.Deployed("diffkeeper.rules.yaml")), Does.Contain("SUCCESS"));
        Assert.That(await Tool.RunAsync("promtool", "test", "rules", PrometheusServer.Deployed("diffkeeper.rules.test.yaml")), Does.Contain("SUCCESS"));
    }

    private static async Task<string[]> HealthOfRulesAsync(PrometheusServer prometheus) =>
        [.. from rules in (await prometheus.GetAsync("/api/v1/rules")).GetProperty("groups").EnumerateArray()
            from rule in rules.GetProperty("rules").EnumerateArray()
            select rule.GetProperty("health").GetString()!];

    private static async Task<IEnumerable<string>> NamesInAsync(string file) =>
        MetricName().Matches(await File.ReadAllTextAsync(PrometheusServer.Deployed(file))).Select(match => match.Value);

    [GeneratedRegex("(diffkeeper_lifecycle|dotnet_process)_[a-z_]+")]
    private static partial Regex MetricName();
}

using DiffKeeper.Lifecycle.KernelTests.Engines;

namespace DiffKeeper.Lifecycle.KernelTests.Churn;

/// <summary>Many containers of every engine at once, and what the engines say of them against what is told of them.</summary>
[TestFixture]
[Category("Kernel")]
[RequireKernel("containerd", "ctr", "dockerd", "docker", "podman", "runc", "crun", "busybox")]
public sealed class ChurnTests
{
    private static readonly Figures NoDifference = new(Missing: 0, Doubled: 0, OutOfOrder: 0, WrongField: 0, Extra: 0);

    private ChurnNode _node = null!;
    private BareEngine _sentinels = null!;

    [OneTimeSetUp]
    public async Task StartNode()
    {
        _sentinels = await SharedEngines.RuncAsync();
        _node = await ChurnNode.StartAsync();
    }

    [OneTimeTearDown]
    public async Task StopNode() => await _node.DisposeAsync();

    [TestCaseSource(typeof(ChurnOptions), nameof(ChurnOptions.Seeds))]
    [CancelAfter(290_000)]
    public async Task What_is_told_of_many_containers_at_once_is_what_their_engines_say(int seed, CancellationToken cancellationToken)
    {
        await using var tracer = LifecycleTracer.Create(new LifecycleTracerOptions { IncludeExecs = true });
        await using var recorder = new EventRecorder(tracer);

        IReadOnlyList<ChurnTask> tasks = new ChurnPlan(seed).Make(ChurnOptions.Containers);
        IReadOnlyCollection<ContainerTruth> truth = await _node.RunAsync(tasks, ChurnOptions.Parallel, cancellationToken);
        await CatchUpAsync(recorder);

        IReadOnlyList<Difference> differences = Comparison.Compare(truth, recorder.All, _node.Directories);
        Figures figures = Figures.Count(differences);
        await ReportAsync([.. differences.Select(difference => difference.ToString()), $"churn seed {seed}: {truth.Count(container => !container.IsSandbox)} containers, {figures}"]);
        Assert.That(figures, Is.EqualTo(NoDifference), string.Join(Environment.NewLine, differences));
    }

    /// <summary>The stream is in the kernel's order: a container that is run now is told of after everything before it.</summary>
    private async Task CatchUpAsync(EventRecorder recorder)
    {
        FinishedContainer sentinel = await _sentinels.RunAsync(ContainerSpec.Shortest);
        await recorder.WaitForAsync(sentinel.Id, LifecycleState.Stop);
    }

    private static async Task ReportAsync(IReadOnlyList<string> lines)
    {
        await TestContext.Progress.WriteLineAsync(lines[^1]);
        if (ChurnOptions.Report is { } report)
            await File.AppendAllLinesAsync(report, lines);
    }
}

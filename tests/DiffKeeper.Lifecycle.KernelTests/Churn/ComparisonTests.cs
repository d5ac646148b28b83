namespace DiffKeeper.Lifecycle.KernelTests.Churn;

/// <summary>Figures that are all 0 say something only where they can be others.</summary>
[TestFixture]
public sealed class ComparisonTests
{
    private const string Directory = "/bundles";

    private static readonly ContainerTruth Container = MakeTruth();

    private static readonly LifecycleEvent[] Told =
    [
        Tell(LifecycleState.Create, sequence: 1) with { Pid = 0, ProcessStartTime = null },
        Tell(LifecycleState.Start, sequence: 2),
        Tell(LifecycleState.Exec, sequence: 3),
        Tell(LifecycleState.Stop, sequence: 4) with { ExitCode = 3 },
        Tell(LifecycleState.Delete, sequence: 5),
    ];

    [Test]
    public void The_truth_has_no_difference() => Assert.That(Compare(Told), Is.EqualTo(new Figures(0, 0, 0, 0, 0)));

    [TestCase(0)]
    [TestCase(2)]
    [TestCase(4)]
    public void An_event_that_is_left_out_is_missing(int left) =>
        Assert.That(Compare([.. Told.Where((_, index) => index != left)]), Is.EqualTo(new Figures(Missing: 1, 0, 0, 0, 0)));

    [TestCase(0)]
    [TestCase(3)]
    public void An_event_that_comes_again_is_doubled(int again) =>
        Assert.That(Compare([.. Told, Told[again] with { Sequence = 6 }]), Is.EqualTo(new Figures(0, Doubled: 1, 0, 0, 0)));

    [Test]
    public void Events_that_change_places_are_out_of_order() =>
        Assert.That(
            Compare([Told[0], Told[1], Told[2], Told[4] with { Sequence = 4 }, Told[3] with { Sequence = 5 }]),
            Is.EqualTo(new Figures(0, 0, OutOfOrder: 1, 0, 0)));

    [Test]
    public void An_event_that_is_numbered_before_the_one_before_it_is_out_of_order() =>
        Assert.That(Compare([.. Told[..4], Told[4] with { Sequence = 4 }]), Is.EqualTo(new Figures(0, 0, OutOfOrder: 1, 0, 0)));

    [Test]
    public void An_event_that_was_before_the_one_before_it_is_out_of_order() =>
        Assert.That(
            Compare([.. Told[..4], Told[4] with { Timestamp = DateTimeOffset.UnixEpoch - TimeSpan.FromMicroseconds(1) }]),
            Is.EqualTo(new Figures(0, 0, OutOfOrder: 1, 0, 0)));

    [TestCaseSource(nameof(WrongStops))]
    public void A_value_that_the_engine_does_not_say_is_a_wrong_field(LifecycleEvent stop) =>
        Assert.That(Compare([.. Told[..3], stop, Told[4]]), Is.EqualTo(new Figures(0, 0, 0, WrongField: 1, 0)));

    [Test]
    public void A_container_that_nobody_made_is_extra_where_nobody_else_makes_any()
    {
        LifecycleEvent other = Told[0] with { ContainerId = "other", Sequence = 6 };

        Assert.That(Compare([.. Told, other]), Is.EqualTo(new Figures(0, 0, 0, 0, Extra: 1)));
        Assert.That(Compare([.. Told, other with { Bundle = "/elsewhere/other" }]), Is.EqualTo(new Figures(0, 0, 0, 0, 0)));
    }

    [Test]
    public void A_failure_of_a_container_that_ran_is_extra() =>
        Assert.That(
            Compare([.. Told, Told[0] with { State = LifecycleState.CreateFailed, Sequence = 6 }]), Is.EqualTo(new Figures(0, 0, 0, 0, Extra: 1)));

    private static IEnumerable<LifecycleEvent> WrongStops()
    {
        LifecycleEvent stop = Told[3];
        yield return stop with { ExitCode = 4 };
        yield return stop with { Signal = 9 };
        yield return stop with { OomKilled = true };
        yield return stop with { Pid = 43 };
        yield return stop with { ProcessStartTime = DateTimeOffset.UnixEpoch + TimeSpan.FromSeconds(1) };
        yield return stop with { Runtime = "containerd" };
        yield return stop with { OciRuntime = "crun" };
        yield return stop with { RuntimeNamespace = "moby" };
        yield return stop with { Namespace = "default" };
        yield return stop with { PodName = "pod" };
        yield return stop with { PodUid = "uid" };
        yield return stop with { ContainerName = "other" };
        yield return stop with { Image = "image" };
        yield return stop with { Sandbox = true };
        yield return stop with { Nested = true };
        yield return stop with { Existing = true };
        yield return stop with { Bundle = null };
    }

    private static Figures Compare(IReadOnlyList<LifecycleEvent> told) => Figures.Count(Comparison.Compare([Container], told, [Directory]));

    private static ContainerTruth MakeTruth()
    {
        var container = new ContainerTruth { Engine = "runc", Id = "id", Runtime = "runc", OciRuntime = "runc", Name = "name" };
        container.Lives.Add(new LifeTruth(Ending.Exits) { Before = 0, Pid = 42, ExitCode = 3, Execs = 1 });
        return container;
    }

    private static LifecycleEvent Tell(LifecycleState state, long sequence) => new()
    {
        State = state,
        ContainerId = "id",
        Pid = 42,
        ProcessStartTime = DateTimeOffset.UnixEpoch,
        Runtime = "runc",
        OciRuntime = "runc",
        ContainerName = "name",
        Bundle = $"{Directory}/id",
        Timestamp = DateTimeOffset.UnixEpoch,
        Sequence = sequence,
    };
}

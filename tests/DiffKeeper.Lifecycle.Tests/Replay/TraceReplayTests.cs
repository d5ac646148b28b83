using DiffKeeper.Lifecycle.Tests.Containers;

namespace DiffKeeper.Lifecycle.Tests.Replay;

[TestFixture("debian12")]
[TestFixture("trixie")]
[TestFixture("sid")]
[TestFixture("crio")]
public sealed class TraceReplayTests(string machine)
{
    private const int ComparedColumns = 6;

    private readonly ReplayedNode _node = ReplayedNode.Replay(machine, machine == "debian12" ? new HybridTraceParser() : new UnifiedTraceParser());

    [Test]
    public void Every_life_of_a_container_is_told_once_as_it_was()
        => Assert.That(
            _node.Lives.Select(static life => string.Join(" | ", life.ToRow())),
            Is.EqualTo(Fixture.Rows($"traces/{machine}.tsv").Select(static row => string.Join(" | ", row.Take(ComparedColumns)))));

    [Test]
    public void A_life_is_told_in_order()
    {
        LifecycleState[] whole = [LifecycleState.Create, LifecycleState.Start, LifecycleState.Stop, LifecycleState.Delete];
        LifecycleState[] failed = [LifecycleState.Create, LifecycleState.CreateFailed];
        foreach (ReplayedLife life in _node.Lives)
        {
            Assert.That(life.States.Where(static state => state != LifecycleState.Exec), Is.EqualTo(whole).Or.EqualTo(failed), string.Join(" | ", life.ToRow()));
            Assert.That(life.Events.Select(static e => e.Timestamp), Is.Ordered);
        }
    }
}

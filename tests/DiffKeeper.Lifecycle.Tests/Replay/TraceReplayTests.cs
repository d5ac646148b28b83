using DiffKeeper.Lifecycle.Tests.Containers;

namespace DiffKeeper.Lifecycle.Tests.Replay;

[TestFixture("debian12")]
[TestFixture("trixie")]
[TestFixture("sid")]
[TestFixture("crio")]
public sealed class TraceReplayTests(string machine)
{
    private readonly ReplayedNode _node = ReplayedNode.Replay(machine);

    [Test]
    public void Every_life_of_a_container_is_told_once_and_as_it_was()
        => Assert.That(_node.Lives.Select(static life => life.ToString()).ToArray(), Is.EqualTo(Expected()));

    [Test]
    public void Every_life_is_told_in_its_order()
    {
        LifecycleState[] whole = [LifecycleState.Create, LifecycleState.Start, LifecycleState.Stop, LifecycleState.Delete];
        LifecycleState[] failed = [LifecycleState.Create, LifecycleState.CreateFailed];
        using (Assert.EnterMultipleScope())
        {
            foreach (ReplayedLife life in _node.Lives)
            {
                Assert.That(life.States.Where(static state => state != LifecycleState.Exec), Is.EqualTo(whole).Or.EqualTo(failed), life.ToString());
                Assert.That(life.Events.Select(static e => e.Timestamp), Is.Ordered, life.ToString());
            }
        }
    }

    [Test]
    public void Every_start_says_where_the_container_s_cgroup_is()
        => Assert.That(
            _node.Lives.SelectMany(static life => life.Events).Where(static e => e.State == LifecycleState.Start).Select(static e => e.CgroupPath),
            Is.All.StartsWith("/"));

    [Test]
    public void Users_containers_are_left_out_where_they_are_not_wanted()
    {
        ReplayedNode node = ReplayedNode.Replay(machine, includeRootless: false);

        Assert.That(
            node.Lives.Select(static life => life.ToString()),
            Is.EqualTo(Expected().Where(static life => !life.StartsWith("rootless", StringComparison.Ordinal))));
    }

    /// <summary>The last column, the entrypoint's argv, is for the reader of the table.</summary>
    private string[] Expected() => [.. Fixture.Rows($"traces/{machine}.tsv").Select(static row => string.Join(" | ", row[..^1]))];
}

using DiffKeeper.Cli.Top;
using DiffKeeper.Lifecycle;

namespace DiffKeeper.Cli.Tests.Top;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class NodeContainersTests
{
    private readonly NodeContainers _containers = new(TimeSpan.FromMinutes(1), new InjectionPolicy());

    [Test]
    public void A_container_is_created_runs_and_exits_in_one_row()
    {
        Assert.That(After(Told.Of(LifecycleState.Create)), Is.EqualTo((ContainerState.Created, Told.Noon)));
        Assert.That(After(Told.Of(LifecycleState.Start, second: 1)), Is.EqualTo((ContainerState.Running, Told.Noon.AddSeconds(1))));
        Assert.That(After(Told.Of(LifecycleState.Stop, second: 5) with { ExitCode = 3 }), Is.EqualTo((ContainerState.Exited, Told.Noon.AddSeconds(5))));
        Assert.That(After(Told.Of(LifecycleState.Delete, second: 6)), Is.EqualTo((ContainerState.Exited, Told.Noon.AddSeconds(5))));
        Assert.That(Row.Exit, Is.EqualTo("3"));
    }

    [Test]
    public void One_that_is_there_already_is_as_old_as_its_process()
        => Assert.That(
            After(Told.Of(LifecycleState.Start, second: 100) with { Existing = true, ProcessStartTime = Told.Noon.AddHours(-3) }), Is.EqualTo((ContainerState.Running, Told.Noon.AddHours(-3))));

    [Test]
    public void What_never_ran_says_so()
    {
        Assert.That(After(Told.Of(LifecycleState.CreateFailed)).State, Is.EqualTo(ContainerState.Failed));
        _containers.Apply(Told.Of(LifecycleState.Create));
        Assert.That(After(Told.Of(LifecycleState.Delete)).State, Is.EqualTo(ContainerState.Removed));
    }

    [Test]
    public void An_exec_changes_nothing()
    {
        _containers.Apply(Told.Of(LifecycleState.Start));

        Assert.That(After(Told.Of(LifecycleState.Exec, second: 3)), Is.EqualTo((ContainerState.Running, Told.Noon)));
    }

    [Test]
    public void What_has_ended_stays_for_as_long_as_it_is_kept_and_what_has_not_stays()
    {
        _containers.Apply(Told.Of(LifecycleState.Start, "stays"));
        _containers.Apply(Told.Of(LifecycleState.Stop, "goes", second: 10));

        Assert.That(Ids(second: 69), Is.EquivalentTo(new[] { "stays", "goes" }));
        Assert.That(Ids(second: 70), Is.EqualTo(new[] { "stays" }));
        Assert.That(Ids(second: 100_000), Is.EqualTo(new[] { "stays" }));
    }

    [Test]
    public void Exits_under_one_ID_are_counted()
    {
        foreach (int second in (int[])[0, 10, 20])
        {
            _containers.Apply(Told.Of(LifecycleState.Create, second: second));
            _containers.Apply(Told.Of(LifecycleState.Start, second: second + 1));
            _containers.Apply(Told.Of(LifecycleState.Stop, second: second + 2) with { ExitCode = 137, Signal = 9, OomKilled = true });
        }

        Assert.That(Row.Exit, Is.EqualTo("137 OOM x3"));
    }

    [TestCase(137, 9, false, "137 signal 9")]
    [TestCase(137, 9, true, "137 OOM")]
    [TestCase(0, null, false, "0")]
    public void An_exit_says_its_code_and_what_ended_it(int code, int? signal, bool oom, string said)
    {
        _containers.Apply(Told.Of(LifecycleState.Stop) with { ExitCode = code, Signal = signal, OomKilled = oom });

        Assert.That(Row.Exit, Is.EqualTo(said));
    }

    [Test]
    public void Two_namespaces_may_have_a_container_of_the_same_ID()
    {
        _containers.Apply(Told.Of(LifecycleState.Start) with { RuntimeNamespace = "default" });
        _containers.Apply(Told.Of(LifecycleState.Start) with { RuntimeNamespace = "k8s.io" });

        Assert.That(_containers.List(Told.Noon), Has.Count.EqualTo(2));
    }

    [Test]
    public void What_is_to_be_injected_is_pending_until_it_is_told_how_that_ended()
    {
        LifecycleEvent start = Told.Of(LifecycleState.Start);
        _containers.Apply(start);
        Assert.That(Row.Injection, Is.EqualTo(InjectionState.Pending));

        _containers.Apply(start, InjectionResult.Failed("It did not work."));
        Assert.That(Row.Injection, Is.EqualTo(InjectionState.Failed));
        _containers.Apply(start, InjectionResult.Succeeded);
        Assert.That(Row.Injection, Is.EqualTo(InjectionState.Done));
    }

    [Test]
    public void An_injection_may_be_told_of_before_its_container()
    {
        LifecycleEvent start = Told.Of(LifecycleState.Start);
        _containers.Apply(start, InjectionResult.Succeeded);
        _containers.Apply(start);

        Assert.That(Row.Injection, Is.EqualTo(InjectionState.Done));
    }

    [Test]
    public void A_new_life_is_a_new_injection()
    {
        LifecycleEvent first = Told.Of(LifecycleState.Start);
        _containers.Apply(first);
        _containers.Apply(first, InjectionResult.Succeeded);
        _containers.Apply(first with { Pid = 4712 });

        Assert.That(Row.Injection, Is.EqualTo(InjectionState.Pending));
    }

    [Test]
    public void What_the_policy_leaves_out_is_not_pending()
    {
        _containers.Apply(Told.Of(LifecycleState.Start) with { Sandbox = true });

        Assert.That(Row.Injection, Is.EqualTo(InjectionState.None));
    }

    [Test]
    public void What_others_named_is_made_harmless()
    {
        _containers.Apply(Told.Of(LifecycleState.Start) with { ContainerName = "a\e[2Jb\u202Ec\n", Image = "\u009b31m\u0007" });

        Assert.That((Row.Name, Row.Image), Is.EqualTo(("a?[2Jb?c?", "?31m?")));
    }

    [Test]
    public void Pods_are_named_whole_and_marked()
    {
        LifecycleEvent start = Told.Of(LifecycleState.Start) with { Namespace = "shop", PodName = "cart-0" };
        _containers.Apply(start with { ContainerName = "app", ContainerId = "app" });
        _containers.Apply(start with { Sandbox = true, ContainerId = "pause" });
        _containers.Apply(Told.Of(LifecycleState.Start, "inner") with { Nested = true, ContainerName = "inner" });

        Assert.That(_containers.List(Told.Noon).Select(static row => row.Name), Is.EquivalentTo(new[] { "shop/cart-0/app", "shop/cart-0 (sandbox)", "inner (nested)" }));
    }

    private ContainerRow Row => _containers.List(Told.Noon).Single();

    private (ContainerState State, DateTimeOffset Since) After(LifecycleEvent e)
    {
        _containers.Apply(e);
        return (Row.State, Row.Since);
    }

    private IEnumerable<string> Ids(int second) => _containers.List(Told.Noon.AddSeconds(second)).Select(static row => row.Id);
}

using DiffKeeper.Lifecycle.Tests.Injection;
using Microsoft.Extensions.DependencyInjection;

namespace DiffKeeper.Lifecycle.Tests.Hosting;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[CancelAfter(30_000)]
public sealed class InjectionServiceTests : HostFixture
{
    private readonly SafeDirectory _directory = new();

    private string Ledger => _directory.File("ledger");

    private SteeredInjector Injector => (SteeredInjector)Get<IInjector>();

    [TearDown]
    public async Task Clean()
    {
        await DisposeAsync();
        _directory.Dispose();
    }

    [Test]
    public async Task Containers_are_injected_from_the_host_s_start_on_by_an_injector_that_the_container_builds()
    {
        var tracer = new SteeredTracer(Told.Start("there"));
        await StartAsync(tracer);
        SteeredInjector.Call there = await Injector.NextAsync();
        there.Succeed();
        tracer.Tell(Told.Start("new", pid: 4712));

        Assert.That(there.Container.ContainerId, Is.EqualTo("there"));
        Assert.That((await Injector.NextAsync()).Container.ContainerId, Is.EqualTo("new"));
    }

    [Test]
    public async Task The_ledger_s_directory_is_the_host_s_own_while_it_runs_and_free_afterwards()
    {
        await StartAsync(new SteeredTracer());
        Assert.That(() => DirectoryInjectionLedger.Open(Ledger), Throws.InstanceOf<InjectionLedgerException>());

        await Host.StopAsync();
        await DisposeAsync();

        using DirectoryInjectionLedger free = DirectoryInjectionLedger.Open(Ledger);
        Assert.That(free.Claim(Told.Start()), Is.EqualTo(InjectionClaim.New));
    }

    [Test]
    public async Task After_an_interruption_of_tracing_only_what_was_missed_is_injected()
    {
        SteeredTracer first = new(Told.Start("c1")), second = new(Told.Start("c1"), Told.Start("c2", pid: 4712));
        await StartAsync(first, second);
        (await Injector.NextAsync()).Succeed();
        await UntilAsync(() => Logs.Lines.Any(static line => line.Contains("Injected c1", StringComparison.Ordinal)));

        first.Fail("The ring is broken.");
        SteeredInjector.Call next = await PassTimeUntilAsync(Injector.NextAsync());

        Assert.That(next.Container.ContainerId, Is.EqualTo("c2"));
    }

    [Test]
    public async Task A_host_without_events_injects_nothing_and_says_so()
    {
        Create = static _ => throw new TracingUnavailableException(TracingUnavailableReason.MissingPrivilege, "Not here.");
        Services.AddLifecycleTracing(static options => options.WhenUnavailable = TracingUnavailableBehavior.RunWithoutEvents)
            .AddInjector<SteeredInjector>(options => options.LedgerDirectory = Ledger);

        await Host.StartAsync();
        await Host.StopAsync();

        Assert.That(Logs.Lines, Has.One.StartsWith("Warning: No container is injected"));
        Assert.That(Directory.Exists(Ledger), Is.False);
    }

    private async Task StartAsync(params SteeredTracer[] tracers)
    {
        Trace(tracers);
        Services.AddLifecycleTracing().AddInjector<SteeredInjector>(options => options.LedgerDirectory = Ledger);
        await Host.StartAsync();
    }
}

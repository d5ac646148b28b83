namespace DiffKeeper.Lifecycle.Tests.Injection;

/// <summary>What every ledger promises.</summary>
[TestFixture(false)]
[TestFixture(true)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class InjectionLedgerTests : IDisposable
{
    private readonly SafeDirectory _directory = new();
    private readonly IInjectionLedger _ledger;

    public InjectionLedgerTests(bool inDirectory)
        => _ledger = inDirectory ? DirectoryInjectionLedger.Open(_directory.Path) : new InMemoryInjectionLedger();

    public void Dispose()
    {
        (_ledger as IDisposable)?.Dispose();
        _directory.Dispose();
    }

    [Test]
    public void What_has_been_done_is_never_claimed_again()
    {
        Assert.That(_ledger.Claim(Told.Start()), Is.EqualTo(InjectionClaim.New));
        _ledger.Complete(Told.Start());

        Assert.That(_ledger.Claim(Told.Start()), Is.EqualTo(InjectionClaim.Done));
    }

    [Test]
    public void What_was_begun_and_never_ended_is_claimed_as_a_retry()
    {
        _ledger.Claim(Told.Start());

        Assert.That(_ledger.Claim(Told.Start()), Is.EqualTo(InjectionClaim.Retry));
    }

    [Test]
    public void What_failed_can_be_claimed_as_if_it_were_new()
    {
        _ledger.Claim(Told.Start());
        _ledger.Release(Told.Start());

        Assert.That(_ledger.Claim(Told.Start()), Is.EqualTo(InjectionClaim.New));
    }

    [Test]
    public void The_wall_clock_and_the_sequence_make_no_difference()
    {
        _ledger.Claim(Told.Start());
        _ledger.Complete(Told.Start());

        LifecycleEvent found = Told.Start() with { Existing = true, Sequence = 7, ProcessStartTime = DateTimeOffset.UnixEpoch.AddSeconds(1), Timestamp = DateTimeOffset.UnixEpoch.AddDays(1) };
        Assert.That(_ledger.Claim(found), Is.EqualTo(InjectionClaim.Done));
    }

    [Test]
    public void Another_container_state_or_life_is_another_injection()
    {
        _ledger.Claim(Told.Start());
        _ledger.Complete(Told.Start());

        Assert.That(_ledger.Claim(Told.Create()), Is.EqualTo(InjectionClaim.New));
        Assert.That(_ledger.Claim(Told.Start("c2")), Is.EqualTo(InjectionClaim.New));
        Assert.That(_ledger.Claim(Told.Start() with { Pid = Told.InitPid + 1 }), Is.EqualTo(InjectionClaim.New));
        Assert.That(_ledger.Claim(Told.Start() with { ProcessStartTicks = 816 }), Is.EqualTo(InjectionClaim.New));
    }

    [Test]
    public void A_container_that_goes_takes_its_injections_with_it_and_no_others()
    {
        Complete(Told.Create());
        Complete(Told.Start());
        Complete(Told.Start("c2"));

        _ledger.Forget(Told.Delete());

        Assert.That(_ledger.Claim(Told.Create()), Is.EqualTo(InjectionClaim.New));
        Assert.That(_ledger.Claim(Told.Start()), Is.EqualTo(InjectionClaim.New));
        Assert.That(_ledger.Claim(Told.Start("c2")), Is.EqualTo(InjectionClaim.Done));
    }

    [Test]
    public void What_went_while_nobody_looked_is_dropped_and_what_is_there_is_kept()
    {
        Complete(Told.Create("gone"));
        Complete(Told.Start("gone"));
        Complete(Told.Create("there"));
        Complete(Told.Start("there"));

        _ledger.Retain([Told.Start("there") with { Existing = true }]);

        Assert.That(_ledger.Claim(Told.Create("gone")), Is.EqualTo(InjectionClaim.New));
        Assert.That(_ledger.Claim(Told.Start("gone")), Is.EqualTo(InjectionClaim.New));
        Assert.That(_ledger.Claim(Told.Create("there")), Is.EqualTo(InjectionClaim.Done));
        Assert.That(_ledger.Claim(Told.Start("there")), Is.EqualTo(InjectionClaim.Done));
    }

    private void Complete(LifecycleEvent container)
    {
        _ledger.Claim(container);
        _ledger.Complete(container);
    }
}

using System.Collections.Concurrent;
using DiffKeeper.Lifecycle.Containers;
using DiffKeeper.Lifecycle.Tracing;

namespace DiffKeeper.Lifecycle.Tests.Tracing;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class ReadingTurnsTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ReadingTurns _turns = new();
    private readonly SubscriptionSet _subscriptions;

    /// <summary>What the thread whose turn it is is to publish; a null is its end.</summary>
    private readonly BlockingCollection<string?> _records = [];

    private readonly List<Thread> _threads = [];

    public ReadingTurnsTests() => _subscriptions = new SubscriptionSet(16, _turns);

    public void Dispose()
    {
        _records.Dispose();
        _subscriptions.Complete();
    }

    [Test]
    public async Task A_subscriber_that_waits_goes_on_where_its_event_was_published_and_the_other_thread_reads_on()
    {
        using var hasBegun = new SemaphoreSlim(0);
        using var mayGoOn = new ManualResetEventSlim();
        Thread? first = null;
        Task reading = ReadAsync(e =>
        {
            first ??= Thread.CurrentThread;
            hasBegun.Release();
            mayGoOn.Wait(Patience);
        });
        IAsyncEnumerator<LifecycleEvent> other = Stream().GetAsyncEnumerator();
        Read();

        _records.Add("c1");
        Assert.That(await hasBegun.WaitAsync(Patience));
        Assert.That(await other.MoveNextAsync().AsTask().WaitAsync(Patience));
        _records.Add("c2");
        Assert.That(await other.MoveNextAsync().AsTask().WaitAsync(Patience), "though the first subscriber holds its thread");

        Assert.That(_threads, Does.Contain(first));
        mayGoOn.Set();
        await EndAsync(reading);
    }

    [Test]
    public async Task Of_several_subscribers_that_wait_all_but_one_go_on_in_the_pool()
    {
        using var mayGoOn = new ManualResetEventSlim();
        var threads = new BlockingCollection<Thread>();
        Task first = ReadAsync(Note), second = ReadAsync(Note);
        Read();

        _records.Add("c1");

        Thread[] two = [Take(), Take()];
        Assert.That(two.Count(thread => thread.IsThreadPoolThread), Is.EqualTo(1));
        mayGoOn.Set();
        await EndAsync(first, second);

        void Note(LifecycleEvent e)
        {
            threads.Add(Thread.CurrentThread);
            mayGoOn.Wait(Patience);
        }

        Thread Take() => threads.TryTake(out Thread? thread, Patience) ? thread : throw new TimeoutException("A subscriber was not gone on with.");
    }

    [Test]
    public async Task A_thread_that_has_to_read_on_leaves_its_subscriber_to_the_pool()
    {
        using var wasTold = new SemaphoreSlim(0);
        Thread? told = null;
        Task reading = ReadAsync(_ =>
        {
            told = Thread.CurrentThread;
            wasTold.Release();
        });
        Assert.That(_turns.TryBegin());

        Publish("c1");
        Assert.That(_turns.End(mayLeave: true) is null, "nobody else is there to read");

        Assert.That(await wasTold.WaitAsync(Patience));
        Assert.That(told!.IsThreadPoolThread);
        _subscriptions.Complete();
        await reading;
    }

    [Test]
    public void Only_one_has_a_turn()
    {
        Assert.That(_turns.TryBegin());
        Assert.That(Task.Run(_turns.TryBegin).Result, Is.False);

        _turns.End(mayLeave: true);

        Assert.That(Task.Run(_turns.TryBegin).Result);
    }

    [Test]
    public async Task Nobody_is_left_waiting_at_the_end()
    {
        Task[] reading = [ReadAsync(static _ => { }), ReadAsync(static _ => { })];
        Read();

        await EndAsync(reading);
    }

    private EventStream Stream() => new(_subscriptions, null, CancellationToken.None);

    private async Task ReadAsync(Action<LifecycleEvent> body)
    {
        await foreach (LifecycleEvent e in Stream().ConfigureAwait(false))
            body(e);
    }

    private void Read()
    {
        for (int i = 0; i < 2; i++)
        {
            var thread = new Thread(TakeTurns) { IsBackground = true };
            _threads.Add(thread);
            thread.Start();
            // For a record.
            Assert.That(SpinWait.SpinUntil(() => thread.ThreadState.HasFlag(ThreadState.WaitSleepJoin), Patience));
        }
    }

    private void TakeTurns()
    {
        while (TakeTurn() is { } subscriber)
            subscriber();
    }

    private Action? TakeTurn()
    {
        while (true)
        {
            string? id = null;
            _turns.Sleep(_ => id = _records.Take(), Patience);
            if (_turns.HaveEnded)
                return null;

            Assert.That(SpinWait.SpinUntil(_turns.TryBegin, Patience));
            if (id is null)
            {
                _subscriptions.Complete();
                _turns.EndAll();
                _records.Add(null);
                return null;
            }

            Publish(id);
            if (_turns.End(mayLeave: true) is { } subscriber)
                return subscriber;
        }
    }

    private async Task EndAsync(params Task[] reading)
    {
        _records.Add(null);
        await Task.WhenAll(reading).WaitAsync(Patience);
        Assert.That(_threads.TrueForAll(static thread => thread.Join(Patience)));
    }

    private void Publish(string id)
    {
        var container = new Container { Key = new ContainerKey("/run/runc", id), Identity = new ContainerIdentity { Id = id, Runtime = "runc", OciRuntime = "runc" } };
        _subscriptions.Publish(container, new LifecycleEvent { State = LifecycleState.Start, ContainerId = id, Runtime = "runc", OciRuntime = "runc", Timestamp = DateTimeOffset.UnixEpoch });
    }
}

using DiffKeeper.Lifecycle.Kernel;
using Microsoft.Extensions.Time.Testing;

namespace DiffKeeper.Lifecycle.Tests.Kernel;

public sealed class BootClockTests
{
    private const ulong Boot = 5_000_000_000;

    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider _wall = new(Now);

    [Test]
    public void A_moment_on_theBoot_clock_is_as_long_ago_on_the_wall()
        => Assert.That(CreateClock().ToUtc(4_999_000_000), Is.EqualTo(Now - TimeSpan.FromMilliseconds(1)));

    [Test]
    public void Reading_the_clocks_a_little_apart_does_not_move_what_was_told_before()
    {
        BootClock clock = CreateClock();
        DateTimeOffset first = clock.ToUtc(4_000_000_000);

        _wall.Advance(TimeSpan.FromMicroseconds(500));

        Assert.That(clock.ToUtc(4_000_000_000), Is.EqualTo(first));
    }

    [Test]
    public void A_reading_that_was_held_up_does_not_shift_what_is_told_from_then_on()
    {
        var readings = new Queue<ulong>([Boot + 800_000]);
        var clock = new BootClock(_wall, () => readings.TryDequeue(out ulong late) ? late : Boot);

        Assert.That(clock.ToUtc(Boot), Is.EqualTo(Now));
    }

    [Test]
    public void Setting_the_wall_clock_is_followed()
    {
        BootClock clock = CreateClock();
        clock.ToUtc(4_000_000_000);

        _wall.AdjustTime(Now + TimeSpan.FromHours(1));

        Assert.That(clock.ToUtc(Boot), Is.EqualTo(Now + TimeSpan.FromHours(1)));
    }

    private BootClock CreateClock() => new(_wall, static () => Boot);
}

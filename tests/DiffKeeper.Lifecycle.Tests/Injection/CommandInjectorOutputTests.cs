using DiffKeeper.Lifecycle.Injection;

namespace DiffKeeper.Lifecycle.Tests.Injection;

/// <summary>What becomes of a program's output.</summary>
public sealed class CommandInjectorOutputTests : CommandInjectorFixture
{
    private const int Gigabyte = 1_000_000_000;

    [Test]
    public async Task Every_line_is_logged_with_the_container_and_the_stream()
    {
        await InjectAsync("echo first; echo second; echo third >&2; printf unended");

        Assert.That(
            Logs.Lines.Where(static line => line.Contains(" output: ", StringComparison.Ordinal)),
            Is.EqualTo(new[] { "Information: c1 output: first", "Information: c1 output: second", "Information: c1 output: unended" }));
        Assert.That(Logs.Lines, Does.Contain("Information: c1 error: third"));
    }

    [Test]
    public async Task What_would_speak_to_a_terminal_is_made_harmless()
    {
        await InjectAsync("printf 'a\\033[31mb\\tc\\r\\n'");

        Assert.That(Logs.Lines, Does.Contain("Information: c1 output: a\uFFFD[31mb\tc"));
    }

    [Test]
    public async Task A_long_line_is_logged_in_pieces()
    {
        await InjectAsync($"head -c {OutputLines.MaxLineBytes + 1} /dev/zero | tr '\\0' x; echo; echo next");

        Assert.That(Logs.Lines.Select(static line => line.Length - "Information: c1 output: ".Length), Is.EqualTo(new[] { OutputLines.MaxLineBytes, 1, 4 }));
    }

    [Test]
    public async Task What_is_beyond_the_limit_is_counted_and_not_logged()
    {
        await InjectAsync("echo 123456789; echo 123456789 >&2; echo 123456789", o => o.MaxOutputBytes = 10);

        Assert.That(Logs.Lines.Count(static line => line.EndsWith(": 123456789", StringComparison.Ordinal)), Is.EqualTo(1));
        Assert.That(Logs.Lines, Has.Some.EndsWith("c1 20 more bytes of the injector's output were discarded"));
    }

    [Test]
    public async Task A_program_that_prints_a_gigabyte_neither_blocks_nor_grows_this_process()
    {
        long before = GC.GetTotalAllocatedBytes(precise: true);

        InjectionResult result = await InjectAsync($"head -c {Gigabyte} /dev/zero");

        Assert.That(result, Is.EqualTo(InjectionResult.Succeeded));
        Assert.That(GC.GetTotalAllocatedBytes(precise: true) - before, Is.LessThan(10_000_000));
        Assert.That(Logs.Lines, Has.Some.EndsWith($"c1 {Gigabyte - (64 * 1024)} more bytes of the injector's output were discarded"));
    }
}

using System.Text;
using DiffKeeper.Lifecycle.Containers;

namespace DiffKeeper.Lifecycle.Tests.Containers;

public sealed class ProcessStatTests
{
    private const string Behind = "S 41 42 43 0 -1 4194560 1 2 3 4 5 6 7 8 20 0 9 0 123456 7 8 9";

    [TestCase("sh")]
    [TestCase("a) Z 1 (b")]
    [TestCase(" ")]
    public void A_process_is_read_whatever_its_name_is(string name)
        => Assert.That(Parse($"44 ({name}) {Behind}\n"), Is.EqualTo(new ProcessStat('S', Parent: 41, Session: 43, Threads: 9, StartTicks: 123456)));

    [TestCase('S', true)]
    [TestCase('R', true)]
    [TestCase('Z', false)]
    [TestCase('X', false)]
    public void A_process_that_waits_to_be_reaped_does_not_live(char state, bool lives)
        => Assert.That(Parse($"44 (sh) {state}{Behind[1..]}")!.Value.IsAlive, Is.EqualTo(lives));

    [TestCase("")]
    [TestCase("44 (sh)")]
    [TestCase("44 (sh) S 41 42 43")]
    public void What_ends_early_is_no_process(string text) => Assert.That(Parse(text), Is.Null);

    private static ProcessStat? Parse(string text) => ProcessStat.Parse(Encoding.UTF8.GetBytes(text));
}

using DiffKeeper.Cli.Terminals;

namespace DiffKeeper.Cli.Tests.Terminals;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class ScreenPainterTests
{
    private static readonly (int Columns, int Rows) Size = (10, 3);

    private readonly ScreenPainter _painter = new(hasColours: true);

    [Test]
    public void The_first_screen_is_painted_whole()
        => Assert.That(Paint(Size, "one", "two"), Is.EqualTo("\e[?2026h\e[2J\e[1;1Hone\e[K\e[2;1Htwo\e[K\e[3;1H\e[K\e[?2026l"));

    [Test]
    public void Later_only_what_has_changed_is_sent_and_nothing_where_nothing_has()
    {
        Paint(Size, "one", "two");

        Assert.That(Paint(Size, "one", "2"), Is.EqualTo("\e[?2026h\e[2;1H2\e[K\e[?2026l"));
        Assert.That(Paint(Size, "one", "2"), Is.Empty);
    }

    [Test]
    public void Another_size_is_painted_anew()
    {
        Paint(Size, "one");

        Assert.That(Paint((12, 2), "one"), Does.Contain("\e[2J").And.Contain("one"));
    }

    [Test]
    public void What_was_forgotten_is_painted_anew()
    {
        Paint(Size, "one");
        _painter.Forget();

        Assert.That(Paint(Size, "one"), Does.Contain("\e[2J").And.Contain("one"));
    }

    [Test]
    public void A_line_ends_at_the_edge_and_what_fills_it_is_not_erased_again()
        => Assert.That(Paint((4, 1), "abcdefgh"), Is.EqualTo("\e[?2026h\e[2J\e[1;1Habcd\e[?2026l"));

    [Test]
    public void Without_colours_only_bold_reverse_and_faint_are_left()
    {
        var painter = new ScreenPainter(hasColours: false);

        Assert.That(painter.Paint([[new StyledText("a", Ink.Red), new StyledText("b", Ink.Bold)]], (5, 1)), Does.Contain("a\e[1mb\e[0m"));
    }

    private string Paint((int Columns, int Rows) size, params string[] lines) => _painter.Paint([.. lines.Select(line => new[] { new StyledText(line) })], size);
}

using DiffKeeper.Cli.Terminals;
using DiffKeeper.Cli.Top;

namespace DiffKeeper.Cli.Tests.Top;

public sealed class TopViewTests
{
    [Test]
    public void The_sort_key_leads_through_every_column_and_back()
    {
        List<SortKey> seen = [];
        var view = new TopView();
        foreach (SortKey _ in Enum.GetValues<SortKey>())
        {
            seen.Add(view.Sort);
            view = Press(view, 's');
        }

        Assert.That(seen, Is.EqualTo(Enum.GetValues<SortKey>()));
        Assert.That(view.Sort, Is.EqualTo(SortKey.Age));
    }

    [Test]
    public void Keys_are_for_the_filter_while_it_is_typed()
    {
        TopView view = Press(new TopView(), '/', 'q', 's', 'r', KeyKind.Backspace, KeyKind.Enter);

        Assert.That(view, Is.EqualTo(new TopView { Filter = "qs" }));
    }

    [Test]
    public void Escape_clears_the_filter_typed_or_kept()
    {
        Assert.That(Press(new TopView(), '/', 'a', KeyKind.Escape), Is.EqualTo(new TopView()));
        Assert.That(Press(new TopView(), '/', 'a', KeyKind.Enter, KeyKind.Escape), Is.EqualTo(new TopView()));
    }

    [Test]
    public void Backspace_ends_at_the_beginning()
        => Assert.That(Press(new TopView(), '/', KeyKind.Backspace, 'a').Filter, Is.EqualTo("a"));

    [TestCase('q')]
    [TestCase('Q')]
    public void The_key_q_leaves(char key) => Assert.That(Press(new TopView(), key).IsLeft);

    [Test]
    public void Ctrl_C_leaves_also_while_the_filter_is_typed()
        => Assert.That(Press(new TopView(), '/', KeyKind.Interrupt).IsLeft);

    [Test]
    public void It_scrolls_from_the_first_row_to_the_last_and_not_beyond()
    {
        Assert.That(Scrolled(KeyKind.Down, KeyKind.Down, KeyKind.Up), Is.EqualTo(1));
        Assert.That(Scrolled(KeyKind.Up), Is.Zero);
        Assert.That(Scrolled(KeyKind.PageDown), Is.EqualTo(10));
        Assert.That(Scrolled(KeyKind.End), Is.EqualTo(25));
        Assert.That(Scrolled(KeyKind.End, KeyKind.PageDown, KeyKind.Up), Is.EqualTo(24));
        Assert.That(Scrolled(KeyKind.End, KeyKind.PageUp), Is.EqualTo(15));
        Assert.That(Scrolled(KeyKind.End, KeyKind.Home), Is.Zero);
    }

    private static TopView Press(TopView view, params Key[] keys) => keys.Aggregate(view, static (view, key) => view.Press(key, page: 10));

    private static int Scrolled(params Key[] keys) => keys.Aggregate(new TopView(), static (view, key) => view.Press(key, page: 10).Fit(count: 35, page: 10)).First;
}

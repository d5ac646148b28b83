using DiffKeeper.Cli.Terminals;
using DiffKeeper.Cli.Top;
using DiffKeeper.Lifecycle;

namespace DiffKeeper.Cli.Tests.Top;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class TopPageTests
{
    private readonly NodeContainers _containers = new(TimeSpan.FromMinutes(1));

    [Test]
    public void A_row_says_all_there_is_where_there_is_room()
    {
        _containers.Apply(Told.Of(LifecycleState.Start) with { Namespace = "shop", PodName = "cart-0", ContainerName = "app", Image = "registry.example/shop/cart:1.2" });

        Assert.That(
            Squeeze(Lay(160, 10)[2]), Is.EqualTo("web-1 running 1m shop/cart-0/app registry.example/shop/cart:1.2 containerd/runc 4711"));
    }

    [TestCase(160, "CONTAINER STATE AGE v NAME IMAGE RUNTIME PID EXIT")]
    [TestCase(103, "CONTAINER STATE AGE v NAME IMAGE RUNTIME PID EXIT")]
    [TestCase(98, "CONTAINER STATE AGE v NAME IMAGE RUNTIME EXIT")]
    [TestCase(80, "CONTAINER STATE AGE v NAME IMAGE EXIT")]
    [TestCase(62, "CONTAINER STATE AGE v NAME EXIT")]
    [TestCase(50, "CONTAINER STATE AGE v NAME")]
    public void A_narrower_screen_leaves_out_columns_and_keeps_what_matters_most(int width, string headings)
        => Assert.That(Squeeze(Lay(width, 10)[1]), Is.EqualTo(headings));

    [Test]
    public void The_injection_has_a_column_where_there_is_an_injector()
        => Assert.That(Text(TopPage.Lay([], new TopView(), Told.Noon, (120, 10), injects: true)[1]), Does.Contain("INJECTION"));

    [TestCase(20, 4)]
    [TestCase(44, 10)]
    [TestCase(80, 24)]
    [TestCase(200, 60)]
    public void No_line_is_wider_and_no_page_higher_than_the_screen(int width, int height)
    {
        string longName = new('n', 300);
        foreach (int number in Enumerable.Range(0, 100))
            _containers.Apply(Told.Of(LifecycleState.Start, $"{longName}{number}") with { ContainerName = longName, Image = longName });

        string painted = new ScreenPainter(hasColours: true).Paint(Lay(width, height), (width, height));

        Assert.That(Lay(width, height), Has.Count.EqualTo(height));
        Assert.That(painted.Split(";1H").Skip(1).Select(Visible), Is.All.Length.LessThanOrEqualTo(width));
    }

    [Test]
    public void What_is_cut_off_is_marked_and_of_an_image_it_is_the_beginning()
    {
        _containers.Apply(Told.Of(LifecycleState.Start, new string('i', 30)) with { ContainerName = new string('n', 90), Image = "registry.example/a/very/long/path/app:1.2" });

        string row = Text(Lay(80, 10)[2]);

        Assert.That(row, Does.Contain("iii~ ").And.Contain("nnn~ ").And.Match(@" ~[a-z/]*app:1\.2"));
    }

    [TestCase((int)SortKey.Age, "c b a")]
    [TestCase((int)SortKey.State, "b a c")]
    [TestCase((int)SortKey.Name, "a c b")]
    [TestCase((int)SortKey.Image, "b c a")]
    [TestCase((int)SortKey.Exit, "c b a")]
    public void Rows_are_sorted_and_reversed(int key, string order)
    {
        _containers.Apply(Told.Of(LifecycleState.Start, "a", second: 1) with { ContainerName = "1", Image = "3" });
        _containers.Apply(Told.Of(LifecycleState.Start, "b", second: 2) with { ContainerName = "3", Image = "1" });
        _containers.Apply(Told.Of(LifecycleState.Stop, "c", second: 3) with { ContainerName = "2", Image = "2", ExitCode = 1 });

        Assert.That(Ids(new TopView { Sort = (SortKey)key }), Is.EqualTo(order));
        Assert.That(Ids(new TopView { Sort = (SortKey)key, IsReversed = true }), Is.EqualTo(string.Join(' ', order.Split(' ').Reverse())));
    }

    [TestCase("", "b a")]
    [TestCase("SHOP", "a")]
    [TestCase("redis", "b")]
    [TestCase("shop running", "a")]
    [TestCase("shop redis", "")]
    [TestCase("exited", "b")]
    public void A_filter_is_words_that_are_all_somewhere_in_the_row(string filter, string ids)
    {
        _containers.Apply(Told.Of(LifecycleState.Start, "a", second: 1) with { Namespace = "shop", PodName = "cart" });
        _containers.Apply(Told.Of(LifecycleState.Stop, "b", second: 2) with { Image = "redis:8" });

        Assert.That(Ids(new TopView { Filter = filter }), Is.EqualTo(ids));
    }

    [Test]
    public void What_has_ended_can_be_hidden()
    {
        _containers.Apply(Told.Of(LifecycleState.Start, "a"));
        _containers.Apply(Told.Of(LifecycleState.Stop, "b"));

        Assert.That(Ids(new TopView { HidesEnded = true }), Is.EqualTo("a"));
    }

    [Test]
    public void The_figures_count_all_and_say_which_part_is_shown()
    {
        foreach (int number in Enumerable.Range(0, 30))
            _containers.Apply(Told.Of(LifecycleState.Start, $"c{number}"));
        _containers.Apply(Told.Of(LifecycleState.Create, "created"));
        _containers.Apply(Told.Of(LifecycleState.Stop, "stopped"));

        Assert.That(Text(Lay(100, 13, new TopView { First = 5 })[0]), Does.Contain("30 running  1 created  1 ended  showing 6-15 of 32"));
    }

    [Test]
    public void Where_nothing_is_shown_it_says_why()
    {
        Assert.That(Text(Lay(100, 10)[2]), Does.Contain("No container runs"));
        _containers.Apply(Told.Of(LifecycleState.Start));
        Assert.That(Text(Lay(100, 10, new TopView { Filter = "nothing" })[2]), Does.Contain("filter"));
    }

    [Test]
    public void The_last_line_has_the_keys_the_filter_or_a_notice()
    {
        Assert.That(Text(Lay(100, 10)[^1]), Does.Contain("q quit"));
        Assert.That(Text(Lay(100, 10, new TopView { Filter = "web", IsTyping = true })[^1]), Does.StartWith("filter: web"));
        Assert.That(Text(Lay(100, 10, new TopView { Filter = "web" })[^1]), Does.StartWith("filter: web").And.Contain("q quit"));
        Assert.That(Text(TopPage.Lay([], new TopView(), Told.Noon, (100, 10), injects: false, "Records\e were lost.")[^1]), Is.EqualTo("Records? were lost."));
    }

    [TestCase(0, "0s")]
    [TestCase(59, "59s")]
    [TestCase(60, "1m")]
    [TestCase(3599, "59m")]
    [TestCase(3600, "1h")]
    [TestCase(47 * 3600, "47h")]
    [TestCase(48 * 3600, "2d")]
    [TestCase(-5, "0s")]
    public void Ages_are_short(int seconds, string age) => Assert.That(Columns.Age(TimeSpan.FromSeconds(seconds)), Is.EqualTo(age));

    private static string Text(IReadOnlyList<StyledText> line) => string.Concat(line.Select(static part => part.Text));

    private static string Squeeze(IReadOnlyList<StyledText> line) => string.Join(' ', Text(line).Split(' ', StringSplitOptions.RemoveEmptyEntries));

    /// <summary>What is left where the terminal has taken out what is meant for it.</summary>
    private static string Visible(string text) => System.Text.RegularExpressions.Regex.Replace(text, @"\e\[[0-9;?]*[a-zA-Z]?", "");

    private IReadOnlyList<IReadOnlyList<StyledText>> Lay(int width, int height, TopView? view = null)
        => TopPage.Lay(_containers.List(Told.Noon.AddSeconds(50)), view ?? new TopView(), Told.Noon.AddSeconds(60), (width, height), injects: false);

    private string Ids(TopView view) => string.Join(' ', RowOrder.Select(_containers.List(Told.Noon), view).Select(static row => row.Id));
}

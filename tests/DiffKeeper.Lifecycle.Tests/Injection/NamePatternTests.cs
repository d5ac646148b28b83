using DiffKeeper.Lifecycle.Injection;

namespace DiffKeeper.Lifecycle.Tests.Injection;

public sealed class NamePatternTests
{
    [TestCase("shop", "shop", true)]
    [TestCase("shop", "shop-2", false)]
    [TestCase("shop", "Shop", false)]
    [TestCase("*", "", true)]
    [TestCase("*", "shop", true)]
    [TestCase("shop-*", "shop-", true)]
    [TestCase("shop-*", "shop-test", true)]
    [TestCase("shop-*", "a-shop-test", false)]
    [TestCase("*-test", "shop-test", true)]
    [TestCase("*-test", "shop-test-2", false)]
    [TestCase("a*b*c", "a-b-b-c", true)]
    [TestCase("a*b*c", "a-c-b", false)]
    [TestCase("a*a", "a", false)]
    [TestCase("*ab*ab*", "xabx", false)]
    [TestCase("s?op", "shop", false)]
    [TestCase("s.*p", "shop", false)]
    public void A_star_stands_for_any_characters_and_everything_else_for_itself(string pattern, string name, bool matches)
        => Assert.That(new NamePattern(pattern).Matches(name), Is.EqualTo(matches));
}

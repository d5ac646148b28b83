using System.Text;
using DiffKeeper.Lifecycle.Containers;

namespace DiffKeeper.Lifecycle.Tests.Containers;

internal sealed class ContainerIdTests
{
    [TestCase("a")]
    [TestCase("my-id")]
    [TestCase("A_b+c.d-9")]
    [TestCase("...")]
    [TestCase(".hidden")]
    [TestCase(Fixture.Id)]
    public void A_name_that_runc_accepts_is_an_id(string id) => Assert.That(ContainerId.ToStringOrNull(Encoding.UTF8.GetBytes(id)), Is.EqualTo(id));

    [TestCase("")]
    [TestCase("-x")]
    [TestCase("--force")]
    [TestCase(".")]
    [TestCase("..")]
    [TestCase("a/b")]
    [TestCase("../x")]
    [TestCase("a b")]
    [TestCase("a\nb")]
    [TestCase("$(reboot)")]
    [TestCase("a;b")]
    [TestCase("é")]
    [TestCase("a\0")]
    public void A_path_an_option_or_a_foreign_character_is_refused(string id) =>
        Assert.That(ContainerId.ToStringOrNull(Encoding.UTF8.GetBytes(id)), Is.Null);

    [Test]
    public void The_longest_id_has_1024_bytes()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(ContainerId.IsValid(Encoding.ASCII.GetBytes(new string('a', 1024))), Is.True);
            Assert.That(ContainerId.IsValid(Encoding.ASCII.GetBytes(new string('a', 1025))), Is.False);
        }
    }

    [TestCase(Fixture.Id, ExpectedResult = true)]
    [TestCase("5F23730DF209FD11B18381F98E8B3D6070A94BEA53F4D2411A8E285B496F9B9F", ExpectedResult = false)]
    [TestCase("5f23730df209", ExpectedResult = false)]
    [TestCase("g" + "f23730df209fd11b18381f98e8b3d6070a94bea53f4d2411a8e285b496f9b9f", ExpectedResult = false)]
    public bool Only_64_lower_case_digits_are_a_long_id(string id) => ContainerId.IsLong(Encoding.ASCII.GetBytes(id));
}

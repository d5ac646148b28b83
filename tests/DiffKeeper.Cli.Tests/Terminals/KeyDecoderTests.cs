using System.Text;
using DiffKeeper.Cli.Terminals;

namespace DiffKeeper.Cli.Tests.Terminals;

public sealed class KeyDecoderTests
{
    [TestCase("\e[A", (int)KeyKind.Up)]
    [TestCase("\eOB", (int)KeyKind.Down)]
    [TestCase("\e[5~", (int)KeyKind.PageUp)]
    [TestCase("\e[6~", (int)KeyKind.PageDown)]
    [TestCase("\e[H", (int)KeyKind.Home)]
    [TestCase("\e[1~", (int)KeyKind.Home)]
    [TestCase("\eOF", (int)KeyKind.End)]
    [TestCase("\e[4~", (int)KeyKind.End)]
    [TestCase("\e", (int)KeyKind.Escape)]
    [TestCase("\r", (int)KeyKind.Enter)]
    [TestCase("\u007f", (int)KeyKind.Backspace)]
    [TestCase("\u0003", (int)KeyKind.Interrupt)]
    [TestCase("\u000c", (int)KeyKind.Redraw)]
    public void A_key_is_known_by_what_terminals_send_for_it(string sent, int kind)
        => Assert.That(Decode(sent), Is.EqualTo(new Key[] { (KeyKind)kind }));

    [Test]
    public void Several_keys_may_come_at_once()
        => Assert.That(Decode("/a\e[B\e[6~q\e"), Is.EqualTo(new Key[] { '/', 'a', KeyKind.Down, KeyKind.PageDown, 'q', KeyKind.Escape }));

    [TestCase("\e[1;5C")]
    [TestCase("\e[<0;10;10M")]
    [TestCase("\ex")]
    [TestCase("é")]
    [TestCase("\u0001")]
    public void What_is_not_known_is_passed_over(string sent)
        => Assert.That(Decode(sent + "\e[A"), Is.EqualTo(new Key[] { KeyKind.Up }));

    private static IReadOnlyList<Key> Decode(string sent) => KeyDecoder.Decode(Encoding.UTF8.GetBytes(sent));
}

using System.Runtime.InteropServices;
using DiffKeeper.Lifecycle.Kernel;

namespace DiffKeeper.Lifecycle.Tests.Kernel;

/// <summary>What native/bpf/filter.h looks at, computed the way it does: a count in another place is a container that is not followed.</summary>
public sealed class ProcessFilterTests
{
    private const int WordsPerPage = 1024;
    private const int Pages = 16;

    private ProcessFilter _filter;

    [SetUp]
    public void Clear() => _filter = default;

    [Test]
    public void It_is_as_long_as_the_memory_of_the_kernel_programs()
        => Assert.That(Words().Length, Is.EqualTo(Pages * WordsPerPage));

    [TestCase(1, 0, 3, Description = "the first two words of a page are the names'")]
    [TestCase(2, 0, 2)]
    [TestCase(1023, 0, 1023)]
    [TestCase(1024, 1, 2)]
    [TestCase(1025, 1, 3)]
    [TestCase((15 * 1024) + 7, 15, 7)]
    [TestCase((16 * 1024) + 7, 0, 7)]
    [TestCase(4_194_304, 0, 2)]
    [TestCase(4_194_303, 15, 1023)]
    public void A_process_is_counted_where_the_kernel_programs_look(int pid, int page, int word)
    {
        _filter.Count(pid);

        Assert.That(Counts(), Is.EqualTo(new[] { (Place: (page * WordsPerPage) + word, Count: 1) }));
    }

    [Test]
    public void Processes_that_share_a_slot_are_counted_together()
    {
        _filter.Count(1024);
        _filter.Count(1026);
        _filter.Count(1026 + (Pages * WordsPerPage));
        _filter.Discount(1024);

        Assert.That(Counts(), Is.EqualTo(new[] { (Place: WordsPerPage + 2, Count: 2) }));
    }

    [Test]
    public void The_names_of_runtimes_are_in_every_page()
    {
        _filter.Admit("runc\0"u8);
        _filter.Admit("crun\0"u8);

        ulong runc = 1ul << ((('r' * 31) + 'u') % 64);
        ulong crun = 1ul << ((('c' * 31) + 'r') % 64);
        ReadOnlySpan<ulong> memory = MemoryMarshal.Cast<int, ulong>(Words());
        for (int page = 0; page < Pages; page++)
            Assert.That(memory[page * WordsPerPage / 2], Is.EqualTo(runc | crun), $"page {page}");
    }

    private Span<int> Words() => MemoryMarshal.Cast<ProcessFilter, int>(new Span<ProcessFilter>(ref _filter));

    private List<(int Place, int Count)> Counts()
    {
        List<(int, int)> counts = [];
        Span<int> words = Words();
        for (int i = 0; i < words.Length; i++)
        {
            if (words[i] != 0)
                counts.Add((i, words[i]));
        }

        return counts;
    }
}

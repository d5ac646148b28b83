using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace DiffKeeper.Lifecycle.Kernel;

/// <summary>The pages of <c>union filter_page</c> in native/bpf/lifecycle.h, in memory that the kernel programs read at every fork, exec and exit.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct ProcessFilter
{
    private const int PageCount = 16;
    private const int SlotsPerPage = 1024;

    private Pages _pages;

    /// <summary>Lets executables of this name through to the map of the OCI runtimes' names.</summary>
    /// <param name="name">As the kernel cuts it, with a NUL behind it.</param>
    public void Admit(ReadOnlySpan<byte> name)
    {
        ulong bit = 1ul << (((name[0] * 31) + name[1]) % 64);
        foreach (ref Page page in (Span<Page>)_pages)
            page.Runtimes |= bit;
    }

    /// <summary>Counts a process that is about to be followed: who is followed has to be counted at every moment.</summary>
    public void Count(int pid) => Interlocked.Increment(ref Followers(pid));

    /// <summary>Takes back <see cref="Count"/>, for a process that is not followed any more, or was counted already.</summary>
    public void Discount(int pid) => Interlocked.Decrement(ref Followers(pid));

    /// <summary>Two pids have the slots of others, since theirs are the names'.</summary>
    [UnscopedRef]
    private ref int Followers(int pid)
    {
        int slot = pid % SlotsPerPage;
        if (slot < 2)
            slot |= 2;
        return ref _pages[pid / SlotsPerPage % PageCount].Followed[slot];
    }

    [StructLayout(LayoutKind.Explicit)]
    private struct Page
    {
        [FieldOffset(0)]
        public ulong Runtimes;

        [FieldOffset(0)]
        public fixed int Followed[SlotsPerPage];
    }

    [InlineArray(PageCount)]
    private struct Pages
    {
        private Page _first;
    }
}

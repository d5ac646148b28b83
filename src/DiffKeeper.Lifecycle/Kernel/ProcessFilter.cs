using System.Runtime.InteropServices;

namespace DiffKeeper.Lifecycle.Kernel;

/// <summary><c>struct filter</c> in native/bpf/lifecycle.h, in memory that the kernel programs read at every fork, exec and exit.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct ProcessFilter
{
    private const int FollowedSlots = 16384;

    private ulong _runtimes;
    private fixed int _followed[FollowedSlots];

    /// <summary>Lets executables of this name through to the map of the OCI runtimes' names.</summary>
    /// <param name="name">As the kernel cuts it, with a NUL behind it.</param>
    public void Admit(ReadOnlySpan<byte> name) => _runtimes |= 1ul << (((name[0] * 31) + name[1]) % 64);

    /// <summary>Counts a process that is about to be followed: who is followed has to be counted at every moment.</summary>
    public void Count(int pid) => Interlocked.Increment(ref _followed[pid % FollowedSlots]);

    /// <summary>Takes back <see cref="Count"/>, for a process that is not followed any more, or was counted already.</summary>
    public void Discount(int pid) => Interlocked.Decrement(ref _followed[pid % FollowedSlots]);
}

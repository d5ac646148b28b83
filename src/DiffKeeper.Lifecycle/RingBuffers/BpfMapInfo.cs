using System.Globalization;
using Microsoft.Win32.SafeHandles;

namespace DiffKeeper.Lifecycle.RingBuffers;

/// <summary>What the kernel says of the BPF map behind a file descriptor.</summary>
/// <remarks>
/// From /proc/self/fdinfo, as bpf_map_show_fdinfo of kernel/bpf/syscall.c writes it: readable without any capability, and the same text on
/// every architecture, where the bpf system call has a number of its own on each.
/// </remarks>
internal readonly record struct BpfMapInfo(uint Type, uint Flags, uint MaxEntries)
{
    /// <summary>BPF_MAP_TYPE_RINGBUF.</summary>
    internal const uint RingBufferType = 27;

    /// <summary>BPF_F_RB_OVERWRITE: producers don't wait for the consumer but run over it.</summary>
    internal const uint OverwriteFlag = 1u << 19;

    internal static BpfMapInfo Read(SafeFileHandle map)
    {
        string path = $"/proc/self/fdinfo/{map.DangerousGetHandle()}";
        try
        {
            Dictionary<string, string> fields = File.ReadLines(path)
                .Select(line => line.Split(':', 2, StringSplitOptions.TrimEntries))
                .Where(pair => pair.Length == 2)
                .ToDictionary(pair => pair[0], pair => pair[1]);
            return fields.TryGetValue("map_type", out string? type)
                ? new(Decimal(type), Hexadecimal(fields["map_flags"]), Decimal(fields["max_entries"]))
                : throw new RingBufferException("The file descriptor is not a BPF map's: pass the one that the map was opened or created with.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RingBufferException($"The BPF map can't be examined because {path} can't be read: mount /proc.", e);
        }
    }

    private static uint Decimal(string text) => uint.Parse(text, CultureInfo.InvariantCulture);

    private static uint Hexadecimal(string text) => Convert.ToUInt32(text, 16);
}

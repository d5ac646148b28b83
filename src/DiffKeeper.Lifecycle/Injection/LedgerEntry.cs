using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using DiffKeeper.Lifecycle.Containers;

namespace DiffKeeper.Lifecycle.Injection;

/// <summary>What an injection's file is named in a ledger's directory: <c>ID.BOOT-LIFE.STATE</c>, and then <see cref="Pending"/> or <see cref="Done"/>.</summary>
internal static class LedgerEntry
{
    public const string Pending = ".pending";
    public const string Done = ".done";

    /// <summary>A file's name ends at 255 bytes, and an ID need not.</summary>
    private const int MaxIdLength = 128;

    /// <summary>What no ID contains: a digest can't be taken for one.</summary>
    private const char DigestMark = '~';

    private const int BootLength = 8;

    /// <summary>Ticks since boot, and the numbers of processes, come again after the next one.</summary>
    private static readonly string Boot = File.ReadAllText("/proc/sys/kernel/random/boot_id")[..BootLength];

    public static string Name(InjectionKey key)
        => $"{ShortId(key.ContainerId)}.{Boot}-{key.Life}.{(key.State == LifecycleState.Create ? "create" : "start")}";

    /// <summary>Whether the init process still lives for which the injection was, whatever has been told of the container until now.</summary>
    public static bool IsOfLiveProcess(ReadOnlySpan<char> name)
    {
        // Read from the end, since an ID may hold dots.
        string[] parts = name.ToString().Split('.');
        return parts is [_, .., var life, "start", _]
            && life.Split('-') is [var boot, var pidText, var startText]
            && boot == Boot
            && int.TryParse(pidText, CultureInfo.InvariantCulture, out int pid)
            && ulong.TryParse(startText, CultureInfo.InvariantCulture, out ulong start)
            && ProcessFiles.Identify(pid) == new ProcessIdentity(pid, start);
    }

    private static string ShortId(string id)
    {
        bool fits = id.Length <= MaxIdLength && ContainerId.IsValid(Encoding.UTF8.GetBytes(id));
        return fits ? id : DigestMark + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(id)));
    }
}

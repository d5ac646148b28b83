using System.Globalization;
using System.Runtime.InteropServices;
using DiffKeeper.Lifecycle.KernelTests.Engines;

namespace DiffKeeper.Lifecycle.KernelTests.Hosting;

/// <summary>The attachments that a process holds, which are file descriptors like any other.</summary>
internal static partial class BpfLinks
{
    public static IReadOnlyList<int> Own() => Of(Environment.ProcessId);

    public static IReadOnlyList<int> Of(int pid) =>
        [.. Directory.EnumerateFileSystemEntries($"/proc/{pid}/fd")
            .Where(static descriptor => new FileInfo(descriptor).LinkTarget?.Contains("bpf_link", StringComparison.Ordinal) == true
                || new FileInfo(descriptor).LinkTarget?.Contains("bpf-link", StringComparison.Ordinal) == true)
            .Select(static descriptor => int.Parse(Path.GetFileName(descriptor), CultureInfo.InvariantCulture))];

    /// <summary>Detaches a program as a stray close(2) would, but leaves the number taken, so that the real close hits nobody else's.</summary>
    public static void Detach(int link)
    {
        using FileStream nothing = File.OpenRead("/dev/null");
        Assert.That(Duplicate((int)nothing.SafeFileHandle.DangerousGetHandle(), link), Is.EqualTo(link));
    }

    /// <summary>Does the same to another process.</summary>
    public static async Task DetachAsync(int pid, int link) => Assert.That(
        await Tool.RunAsync("gdb", "--nx", "--batch", "--pid", $"{pid}", "--eval-command", $"print (int)dup2(0, {link})"), Does.EndWith($"= {link}\n[Inferior 1 (process {pid}) detached]"));

    [LibraryImport("libc", EntryPoint = "dup2")]
    private static partial int Duplicate(int descriptor, int onto);
}

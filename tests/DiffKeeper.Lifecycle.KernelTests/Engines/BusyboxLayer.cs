using System.Formats.Tar;

namespace DiffKeeper.Lifecycle.KernelTests.Engines;

/// <summary>The smallest root file system that tests can work in: a static busybox, as a tar archive.</summary>
internal static class BusyboxLayer
{
    /// <summary>An executable file that is no program: empty.</summary>
    public const string NoProgram = "/bin/no-program";

    private static readonly string[] Directories = ["bin", "dev", "etc", "proc", "sys", "tmp"];
    private static readonly string[] Applets = ["cat", "false", "sh", "sleep", "tail", "true"];

    public static byte[] Create()
    {
        using var archive = new MemoryStream();
        using (var tar = new TarWriter(archive, TarEntryFormat.Ustar, leaveOpen: true))
        {
            foreach (string directory in Directories)
                Write(tar, new UstarTarEntry(TarEntryType.Directory, directory + "/"));

            using FileStream busybox = File.OpenRead(Programs.Require("busybox"));
            Write(tar, new UstarTarEntry(TarEntryType.RegularFile, "bin/busybox") { DataStream = busybox });
            Write(tar, new UstarTarEntry(TarEntryType.RegularFile, NoProgram[1..]));
            foreach (string applet in Applets)
                Write(tar, new UstarTarEntry(TarEntryType.SymbolicLink, "bin/" + applet) { LinkName = "busybox" });
        }

        return archive.ToArray();
    }

    private static void Write(TarWriter tar, UstarTarEntry entry)
    {
        entry.Mode = (UnixFileMode)0b111_101_101;
        entry.ModificationTime = DateTimeOffset.UnixEpoch;
        tar.WriteEntry(entry);
    }
}

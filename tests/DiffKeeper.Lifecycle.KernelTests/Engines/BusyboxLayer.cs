using System.Formats.Tar;
using System.Text;

namespace DiffKeeper.Lifecycle.KernelTests.Engines;

/// <summary>The smallest root file system that tests can work in: a static busybox, as a tar archive.</summary>
internal static class BusyboxLayer
{
    /// <summary>A script that the kernel finds no interpreter for: it is there, and it may be executed, until it is.</summary>
    public const string WithoutInterpreter = "/bin/without-interpreter";

    public const string NotExecutable = "/etc/not-executable";

    /// <summary>A program that does nothing, but is named like an OCI runtime.</summary>
    public const string NamedRunc = "/bin/runc";

    private const UnixFileMode Executable = (UnixFileMode)0b111_101_101;
    private const UnixFileMode Readable = (UnixFileMode)0b110_100_100;

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
            foreach (string applet in Applets)
                Write(tar, new UstarTarEntry(TarEntryType.SymbolicLink, "bin/" + applet) { LinkName = "busybox" });

            Write(tar, new UstarTarEntry(TarEntryType.SymbolicLink, NamedRunc[1..]) { LinkName = "busybox" });
            Write(tar, Script(WithoutInterpreter, "#!/no/such/interpreter"));
            Write(tar, Script(NotExecutable, "#!/bin/sh"), Readable);
        }

        return archive.ToArray();
    }

    private static UstarTarEntry Script(string path, string firstLine) =>
        new(TarEntryType.RegularFile, path[1..]) { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(firstLine + '\n')) };

    private static void Write(TarWriter tar, UstarTarEntry entry, UnixFileMode mode = Executable)
    {
        entry.Mode = mode;
        entry.ModificationTime = DateTimeOffset.UnixEpoch;
        tar.WriteEntry(entry);
    }
}

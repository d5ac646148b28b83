using System.Text;

namespace DiffKeeper.Lifecycle.KernelTests.Engines;

/// <summary>
/// The smallest x64 program that executes another one in its place, with its own arguments and environment: no compiler is needed where the tests run.
/// </summary>
internal static class CompiledWrapper
{
    private const long Address = 0x400000;
    private const int HeadersLength = 64 + 56;

    // Entered with the arguments' count, the arguments and the environment on the stack; the path follows the code.
    private static readonly byte[] Code =
    [
        0x48, 0x8b, 0x0c, 0x24, // mov rcx, [rsp]
        0x48, 0x8d, 0x74, 0x24, 0x08, // lea rsi, [rsp + 8]
        0x48, 0x8d, 0x54, 0xce, 0x08, // lea rdx, [rsi + rcx * 8 + 8]
        0x48, 0x8d, 0x3d, 0x13, 0x00, 0x00, 0x00, // lea rdi, [path]
        0xb8, 0x3b, 0x00, 0x00, 0x00, 0x0f, 0x05, // execve
        0xb8, 0x3c, 0x00, 0x00, 0x00, 0xbf, 0x7f, 0x00, 0x00, 0x00, 0x0f, 0x05, // exit, with 127
    ];

    public static byte[] Around(string program)
    {
        byte[] path = Encoding.UTF8.GetBytes(program + '\0');
        long length = HeadersLength + Code.Length + path.Length;
        using var file = new MemoryStream();
        using var writer = new BinaryWriter(file);

        // Elf64_Ehdr: an executable for x86-64 with one program header and no sections.
        writer.Write([0x7f, .. "ELF"u8, 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
        writer.Write((short)2);
        writer.Write((short)62);
        writer.Write(1);
        writer.Write(Address + HeadersLength);
        writer.Write(64L);
        writer.Write(0L);
        writer.Write(0);
        foreach (short value in (ReadOnlySpan<short>)[64, 56, 1, 0, 0, 0])
            writer.Write(value);

        // Elf64_Phdr: the whole file, to be read and executed.
        writer.Write(1);
        writer.Write(5);
        foreach (long value in (ReadOnlySpan<long>)[0, Address, Address, length, length, 0x1000])
            writer.Write(value);

        writer.Write(Code);
        writer.Write(path);
        return file.ToArray();
    }
}

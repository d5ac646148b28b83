using System.Runtime.InteropServices;
using DiffKeeper.Lifecycle.Interop;
using Microsoft.Win32.SafeHandles;

namespace DiffKeeper.Lifecycle.Injection;

/// <summary>The reading end of one of a program's output streams.</summary>
internal sealed class OutputPipe(SafeFileHandle pipe, OutputLines lines)
{
    /// <summary>Whether nobody is left who could write to it.</summary>
    public bool HasEnded { get; private set; }

    public PollEntry Interest => new() { Descriptor = HasEnded ? -1 : (int)pipe.DangerousGetHandle(), Events = LibC.PollIn };

    /// <summary>Takes what is there, which poll(2) has promised.</summary>
    public void Read(Span<byte> buffer)
    {
        nint length = LibC.Read(pipe, buffer, (nuint)buffer.Length);
        if (length > 0)
            lines.Append(buffer[..(int)length]);
        else
            HasEnded = length == 0 || Marshal.GetLastPInvokeError() != LibC.InterruptedError;
    }

    /// <summary>Logs what is there of a line that has not ended.</summary>
    public void Flush() => lines.Flush();
}

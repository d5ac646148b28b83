using System.Runtime.InteropServices;

namespace DiffKeeper.Cli.Terminals;

/// <summary><c>struct winsize</c> (ioctl_tty(2)).</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct WindowSize
{
    public ushort Rows;
    public ushort Columns;
    public ushort PixelsAcross;
    public ushort PixelsDown;
}

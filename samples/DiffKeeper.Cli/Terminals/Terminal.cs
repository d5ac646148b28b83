using System.Text;
using DiffKeeper.Cli.Interop;
using Microsoft.Win32.SafeHandles;

namespace DiffKeeper.Cli.Terminals;

/// <summary>The terminal, taken over until it is disposed: keys come one by one and unseen, and what is drawn is on the alternate screen.</summary>
/// <remarks>Safe to call from several threads at once. It is also given back when an exception that nobody catches ends the process.</remarks>
internal sealed class Terminal : IDisposable
{
    private const int Input = 0;
    private const int Output = 1;
    private const int AtOnce = 0; // TCSANOW
    private const nuint GetWindowSizeRequest = 0x5413; // TIOCGWINSZ, the same on x64 and arm64

    /// <summary>More than <c>struct termios</c> takes anywhere: 60 bytes with glibc and musl.</summary>
    private const int AttributesBytes = 256;

    private const string TakeOver = "\e[?1049h\e[?25l\e[2J";
    private const string GiveBack = "\e[0m\e[?25h\e[?1049l";

    private readonly Lock _lock = new();
    private readonly byte[] _former = new byte[AttributesBytes];

    // Not the console's streams: these would set the terminal to what .NET takes for right.
    private readonly FileStream _input = new(new SafeFileHandle(Input, ownsHandle: false), FileAccess.Read, bufferSize: 0);
    private readonly FileStream _output = new(new SafeFileHandle(Output, ownsHandle: false), FileAccess.Write, bufferSize: 0);
    private bool _isTaken;

    public Terminal()
    {
        _ = LibC.GetAttributes(Input, _former);
        AppDomain.CurrentDomain.UnhandledException += Restore;
        Take();
    }

    /// <summary>Whether there is one to draw on and to read keys from.</summary>
    public static bool IsThere => !Console.IsInputRedirected && !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("TERM") is { Length: > 0 } and not "dumb";

    public static (int Columns, int Rows) Size =>
        LibC.GetWindowSize(Output, GetWindowSizeRequest, out WindowSize size) == 0 && size.Columns > 0 && size.Rows > 0 ? (size.Columns, size.Rows) : (80, 24);

    /// <summary>Takes it over, also once more where a shell has had it meanwhile (SIGCONT).</summary>
    public void Take()
    {
        lock (_lock)
        {
            _isTaken = true;
            byte[] attributes = [.. _former];
            LibC.MakeRaw(attributes);
            _ = LibC.SetAttributes(Input, AtOnce, attributes);
            _output.Write(Encoding.ASCII.GetBytes(TakeOver));
        }
    }

    public void Write(string text)
    {
        lock (_lock)
        {
            if (_isTaken)
                _output.Write(Encoding.ASCII.GetBytes(text));
        }
    }

    /// <summary>Waits for keys and returns those that came at once; none at the end of the input.</summary>
    public int Read(Span<byte> keys) => _input.Read(keys);

    public void Dispose()
    {
        AppDomain.CurrentDomain.UnhandledException -= Restore;
        Restore();
    }

    private void Restore(object sender, UnhandledExceptionEventArgs e) => Restore();

    private void Restore()
    {
        lock (_lock)
        {
            if (!_isTaken)
                return;
            _isTaken = false;
            _ = LibC.SetAttributes(Input, AtOnce, _former);
            try
            {
                _output.Write(Encoding.ASCII.GetBytes(GiveBack));
            }
            catch (IOException)
            {
                // It has gone, as after a hangup, and there is nothing left to restore.
            }
        }
    }
}

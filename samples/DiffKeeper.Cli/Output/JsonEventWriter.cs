using System.Text.Json;
using DiffKeeper.Lifecycle;
using Microsoft.Win32.SafeHandles;

namespace DiffKeeper.Cli.Output;

/// <summary>One JSON object a line, each written at once and whole.</summary>
internal sealed class JsonEventWriter : IEventWriter
{
    private const int StandardOutput = 1;

    // Not the console's stream: that one swallows EPIPE, and the program would go on for nobody.
    private readonly FileStream _output = new(new SafeFileHandle(StandardOutput, ownsHandle: false), FileAccess.Write, bufferSize: 0);
    private readonly MemoryStream _line = new();

    public void Write(LifecycleEvent lifecycleEvent)
    {
        _line.SetLength(0);
        JsonSerializer.Serialize(_line, lifecycleEvent, LifecycleJsonContext.Default.LifecycleEvent);
        _line.WriteByte((byte)'\n');
        _output.Write(_line.GetBuffer().AsSpan(0, (int)_line.Length));
    }

    public void Dispose()
    {
        _output.Dispose();
        _line.Dispose();
    }
}

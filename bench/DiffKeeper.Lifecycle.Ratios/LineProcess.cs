using System.Diagnostics;

namespace DiffKeeper.Lifecycle.Ratios;

/// <summary>A program that answers each line with a line, until its standard input ends.</summary>
internal sealed class LineProcess : IDisposable
{
    private readonly Process _process;

    public LineProcess(string program, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true };
        _process = Process.Start(start)!;
    }

    public string Ask()
    {
        _process.StandardInput.WriteLine();
        _process.StandardInput.Flush();
        return _process.StandardOutput.ReadLine()
            ?? throw new InvalidOperationException($"{_process.StartInfo.FileName} ended without an answer: what it said stands above.");
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }
}

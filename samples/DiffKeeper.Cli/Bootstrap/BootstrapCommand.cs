using System.ComponentModel;
using System.Diagnostics;

namespace DiffKeeper.Cli.Bootstrap;

/// <summary>The program that is run beside the tracing: with this process's standard streams, directory and environment.</summary>
internal sealed class BootstrapCommand
{
    private readonly string _name;
    private readonly string _path;
    private readonly IReadOnlyList<string> _arguments;

    private BootstrapCommand(string name, string path, IReadOnlyList<string> arguments)
    {
        _name = name;
        _path = path;
        _arguments = arguments;
    }

    /// <exception cref="BootstrapException">There is no such program, or nobody may execute it.</exception>
    public static BootstrapCommand Find(IReadOnlyList<string> command) => new(command[0], ExecutableSearch.Find(command[0]), [.. command.Skip(1)]);

    /// <summary>Returns the program's exit code when it has ended: 128 and the signal's number where one ended it.</summary>
    /// <exception cref="BootstrapException">The kernel refuses to execute it.</exception>
    public async Task<int> RunAsync(SignalRelay signals)
    {
        using Process process = Start();
        signals.Begin(process.Id);
        await process.WaitForExitAsync();
        signals.End();
        return process.ExitCode;
    }

    private Process Start()
    {
        try
        {
            return Process.Start(new ProcessStartInfo(_path, _arguments) { UseShellExecute = false })!;
        }
        catch (Win32Exception e)
        {
            throw BootstrapException.NotExecutable(_name, new Win32Exception(e.NativeErrorCode).Message);
        }
    }
}

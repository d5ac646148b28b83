using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace DiffKeeper.Lifecycle.Interop;

/// <summary>
/// A program that was executed without a shell, as the first process of a session of its own: with an empty standard input, its output in pipes, and signals
/// as every program expects them, whatever this process does with them.
/// </summary>
/// <remarks>
/// posix_spawn(3) rather than .NET's own: that one knows no session, and its waiting is by number. The runtime's SIGCHLD handler leaves children alone that
/// it did not start, so that the number stays this child's, and its session's, until <see cref="Reap"/>.
/// </remarks>
internal sealed unsafe class ChildProcess : IDisposable
{
    private const int ReadOnly = 0; // O_RDONLY

    /// <summary>The first descriptor behind the three of every program.</summary>
    private const int FirstOther = 3;

    /// <summary>
    /// Whether the C library can close what this process has inherited itself. What it opened is closed on exec in any case, as .NET and this library open everything.
    /// </summary>
    private static readonly bool CanCloseOthers =
        NativeLibrary.TryLoad("libc", typeof(LibC).Assembly, searchPath: null, out nint library)
        && NativeLibrary.TryGetExport(library, "posix_spawn_file_actions_addclosefrom_np", out _);

    private ChildProcess(int pid, SafeFileHandle handle, SafeFileHandle output, SafeFileHandle error)
    {
        Pid = pid;
        Handle = handle;
        Output = output;
        Error = error;
    }

    public int Pid { get; }

    /// <summary>Readable once the process has exited.</summary>
    public SafeFileHandle Handle { get; }

    public SafeFileHandle Output { get; }

    public SafeFileHandle Error { get; }

    /// <exception cref="Win32Exception">The program can't be executed.</exception>
    public static ChildProcess Start(string path, IReadOnlyCollection<string> argv, IReadOnlyCollection<string> environment)
    {
        (SafeFileHandle output, SafeFileHandle outputWriter) = CreatePipe();
        (SafeFileHandle error, SafeFileHandle errorWriter) = CreatePipe();
        try
        {
            int pid = Spawn(path, argv, environment, outputWriter, errorWriter);
            return new ChildProcess(pid, Watch(pid), output, error);
        }
        catch
        {
            output.Dispose();
            error.Dispose();
            throw;
        }
        finally
        {
            outputWriter.Dispose();
            errorWriter.Dispose();
        }
    }

    /// <summary>Every process of the session that has not left the first one's group.</summary>
    public void SignalGroup(int signal) => _ = LibC.SendSignalToGroup(-Pid, signal);

    /// <summary>Takes the status of the process, which has exited. Its number may come again from here on.</summary>
    /// <returns><see langword="null"/> where somebody else has taken it.</returns>
    public (ExitKind Kind, int Status)? Reap() => LibC.Reap(Pid);

    public void Dispose()
    {
        Handle.Dispose();
        Output.Dispose();
        Error.Dispose();
    }

    private static SafeFileHandle Watch(int pid)
    {
        SafeFileHandle handle = LibC.OpenProcess(pid);
        if (!handle.IsInvalid)
            return handle;

        // No descriptor is left, and nobody could wait for what is not watched.
        Win32Exception error = LibC.LastError();
        _ = LibC.SendSignalToGroup(-pid, LibC.Kill);
        _ = LibC.Reap(pid);
        throw error;
    }

    private static int Spawn(
        string path, IReadOnlyCollection<string> argv, IReadOnlyCollection<string> environment, SafeFileHandle output, SafeFileHandle error)
    {
        byte* attributes = stackalloc byte[LibC.SpawnAttributesBytes];
        byte* actions = stackalloc byte[LibC.SpawnActionsBytes];
        // Every bit counts, those too that sigfillset(3) leaves out: the C library's own signals.
        byte* noSignals = stackalloc byte[LibC.SignalSetBytes];
        byte* allSignals = stackalloc byte[LibC.SignalSetBytes];
        new Span<byte>(noSignals, LibC.SignalSetBytes).Clear();
        new Span<byte>(allSignals, LibC.SignalSetBytes).Fill(byte.MaxValue);
        Check(LibC.SpawnAttributesInitialize(attributes));
        Check(LibC.SpawnActionsInitialize(actions));
        try
        {
            Check(LibC.SpawnAttributesSetFlags(attributes, LibC.SpawnSession | LibC.SpawnDefaultSignals | LibC.SpawnSignalMask));
            Check(LibC.SpawnAttributesSetSignalMask(attributes, noSignals));
            // SIGPIPE above all, which .NET ignores, and which a child would ignore then, too.
            Check(LibC.SpawnAttributesSetDefaultSignals(attributes, allSignals));

            Check(LibC.SpawnActionsAddOpen(actions, 0, "/dev/null", ReadOnly, 0));
            Check(LibC.SpawnActionsAddDuplicate(actions, (int)output.DangerousGetHandle(), 1));
            Check(LibC.SpawnActionsAddDuplicate(actions, (int)error.DangerousGetHandle(), 2));
            if (CanCloseOthers)
                Check(LibC.SpawnActionsAddCloseFrom(actions, FirstOther));

            using var arguments = new NativeStrings(argv);
            using var variables = new NativeStrings(environment);
            int pid;
            Check(LibC.Spawn(&pid, path, actions, attributes, arguments.Pointer, variables.Pointer));
            return pid;
        }
        finally
        {
            _ = LibC.SpawnActionsDestroy(actions);
            _ = LibC.SpawnAttributesDestroy(attributes);
        }
    }

    private static (SafeFileHandle Reader, SafeFileHandle Writer) CreatePipe()
    {
        int* descriptors = stackalloc int[2];
        if (LibC.Pipe(descriptors, LibC.PipeCloseOnExec) != 0)
            throw LibC.LastError();
        return (new SafeFileHandle(descriptors[0], ownsHandle: true), new SafeFileHandle(descriptors[1], ownsHandle: true));
    }

    /// <summary>These functions return their error, instead of leaving it in errno.</summary>
    private static void Check(int error)
    {
        if (error != 0)
            throw new Win32Exception(error);
    }
}

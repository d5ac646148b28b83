using DiffKeeper.Lifecycle.Injection;
using DiffKeeper.Lifecycle.Interop;
using Microsoft.Win32.SafeHandles;

// With the contracts, where a caller looks for it.
#pragma warning disable IDE0130
namespace DiffKeeper.Lifecycle;
#pragma warning restore IDE0130

/// <summary>A ledger that outlives the program: a directory with a file for each injection of a container that is there.</summary>
/// <remarks>
/// <para>
/// A file is made when an injection begins, exclusively, and renamed when it has been done. What a crash leaves half-way is claimed as
/// <see cref="InjectionClaim.Retry"/>. Nothing is forced to the disk: a crash of the program loses nothing, and after one of the machine the containers
/// are gone, too. The best place is below <c>/run</c>.
/// </para>
/// <para>All members are safe to call from several threads at once.</para>
/// </remarks>
public sealed class DirectoryInjectionLedger : IInjectionLedger, IDisposable
{
    private readonly string _directory;
    private readonly SafeFileHandle _lock;

    private DirectoryInjectionLedger(string directory, SafeFileHandle @lock)
    {
        _directory = directory;
        _lock = @lock;
    }

    /// <summary>Takes a directory for this ledger alone. It is made where it isn't there, for its owner only.</summary>
    /// <param name="directory">Nothing else may be in it that ends in <c>.pending</c> or <c>.done</c>.</param>
    /// <returns>The ledger. Disposing it gives the directory free.</returns>
    /// <exception cref="InjectionLedgerException">Another program has the directory, or it can't be made or opened.</exception>
    public static DirectoryInjectionLedger Open(string directory)
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        string path = Path.GetFullPath(directory);
        try
        {
#pragma warning disable CA1416 // There are no containers to inject but on Linux.
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
#pragma warning restore CA1416
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InjectionLedgerException($"The ledger's directory {path} can't be made ({e.Message}): name another one, or make it.", e);
        }

        return new DirectoryInjectionLedger(path, Lock(path));
    }

    /// <inheritdoc/>
    public InjectionClaim Claim(LifecycleEvent container)
    {
        string entry = PathOf(container);
        if (File.Exists(entry + LedgerEntry.Done))
            return InjectionClaim.Done;

        string pending = entry + LedgerEntry.Pending;
        try
        {
            File.OpenHandle(pending, FileMode.CreateNew, FileAccess.Write).Dispose();
            return InjectionClaim.New;
        }
        catch (IOException) when (File.Exists(pending))
        {
            return InjectionClaim.Retry;
        }
    }

    /// <inheritdoc/>
    public void Complete(LifecycleEvent container)
    {
        string entry = PathOf(container);
        File.Move(entry + LedgerEntry.Pending, entry + LedgerEntry.Done, overwrite: true);
    }

    /// <inheritdoc/>
    public void Release(LifecycleEvent container) => File.Delete(PathOf(container) + LedgerEntry.Pending);

    /// <inheritdoc/>
    public void Forget(LifecycleEvent container)
    {
        ArgumentNullException.ThrowIfNull(container);
        foreach (string entry in InjectionKey.AllOf(container).Select(PathOf))
        {
            File.Delete(entry + LedgerEntry.Pending);
            File.Delete(entry + LedgerEntry.Done);
        }
    }

    /// <inheritdoc/>
    /// <remarks>A container is also there as long as its init process lives: a tracer may come upon it later.</remarks>
    public void Retain(IReadOnlyCollection<LifecycleEvent> existing)
    {
        ArgumentNullException.ThrowIfNull(existing);
        var kept = existing.SelectMany(InjectionKey.AllOf).Select(LedgerEntry.Name).ToHashSet();
        foreach (string file in Directory.EnumerateFiles(_directory).Where(static file => Path.GetExtension(file) is LedgerEntry.Pending or LedgerEntry.Done))
        {
            if (!kept.Contains(Path.GetFileNameWithoutExtension(file)) && !LedgerEntry.IsOfLiveProcess(Path.GetFileName(file)))
                File.Delete(file);
        }
    }

    /// <summary>Gives the directory free. What is in it stays.</summary>
    public void Dispose() => _lock.Dispose();

    private static SafeFileHandle Lock(string directory)
    {
        SafeFileHandle handle = LibC.Open(directory, LibC.OpenDirectoryCloseOnExec);
        if (!handle.IsInvalid && LibC.FileLock(handle, LibC.LockExclusiveNonBlocking) == 0)
            return handle;

        var error = LibC.LastError();
        handle.Dispose();
        throw new InjectionLedgerException(
            error.NativeErrorCode == LibC.WouldBlockError
                ? $"The ledger's directory {directory} is in use by another program: end that one, or name another directory."
                : $"The ledger's directory {directory} can't be used ({error.Message}): name another one.",
            error);
    }

    private string PathOf(LifecycleEvent container)
    {
        ArgumentNullException.ThrowIfNull(container);
        return PathOf(InjectionKey.Of(container));
    }

    private string PathOf(InjectionKey key) => Path.Combine(_directory, LedgerEntry.Name(key));
}

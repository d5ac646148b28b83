using DiffKeeper.Lifecycle.Containers;
using DiffKeeper.Lifecycle.Interop;
using Microsoft.Win32.SafeHandles;

namespace DiffKeeper.Lifecycle.Injection;

/// <summary>
/// What one run of an injector's program has started: whoever is in its session, carries its marker in the environment, or descends from one of these. Only
/// a process escapes that does all of it before anybody looks: begins a session of its own, clears its environment, and is orphaned.
/// </summary>
internal sealed class ProcessTree(int session, string run)
{
    /// <summary>Who was found once belongs to it, whoever becomes its parent.</summary>
    private HashSet<ProcessIdentity> _found = [];

    /// <summary>The processes that live now, the first one among them.</summary>
    public IReadOnlyCollection<ProcessIdentity> FindLiving()
    {
        ProcessLineage[] all = [.. ProcessFiles.All().Select(ProcessFiles.Lineage).OfType<ProcessLineage>()];
        ILookup<int, ProcessIdentity> children = all.ToLookup(static process => process.Parent, static process => process.Process);
        var found = new HashSet<ProcessIdentity>();
        var unseen = new Queue<ProcessIdentity>(all.Where(IsMember).Select(static process => process.Process));
        while (unseen.TryDequeue(out ProcessIdentity process))
        {
            if (!found.Add(process))
                continue;
            foreach (ProcessIdentity child in children[process.Pid])
                unseen.Enqueue(child);
        }

        return _found = found;
    }

    public static void Kill(IEnumerable<ProcessIdentity> processes)
    {
        foreach (ProcessIdentity process in processes)
        {
            using SafeFileHandle handle = LibC.OpenProcess(process.Pid);
            // Asked again, since the number may have come again before the handle was opened.
            if (!handle.IsInvalid && ProcessFiles.Identify(process.Pid) == process)
                LibC.SendSignal(handle, LibC.Kill);
        }
    }

    private bool IsMember(ProcessLineage process)
        => process.Session == session || _found.Contains(process.Process) || InjectionMarker.IsCarriedBy(process.Process.Pid, run) == true;
}

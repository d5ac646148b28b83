namespace DiffKeeper.Lifecycle.Containers;

/// <summary>A process, and where it comes from.</summary>
/// <param name="Process">The process itself.</param>
/// <param name="Parent">Whose child it is now: an orphan's is its reaper.</param>
/// <param name="Session">The process that began its session.</param>
internal readonly record struct ProcessLineage(ProcessIdentity Process, int Parent, int Session);

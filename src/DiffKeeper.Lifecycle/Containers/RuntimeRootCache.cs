namespace DiffKeeper.Lifecycle.Containers;

/// <summary>The state directories that command lines name: a node has a handful, so that one string each does for all of their containers.</summary>
/// <remarks>Not thread-safe.</remarks>
internal sealed class RuntimeRootCache
{
    // Whoever executes runtimes with ever new directories pays for it, and not with this process's memory.
    private const int Capacity = 32;

    private readonly List<Entry> _entries = [];

    /// <inheritdoc cref="RuntimeRoot.Of"/>
    public string Of(in RuntimeCommandLine command)
    {
        foreach (Entry entry in _entries)
        {
            if (command.Root.SequenceEqual(entry.Given) && command.RuntimeName.SequenceEqual(entry.RuntimeName))
                return entry.Root;
        }

        string root = RuntimeRoot.Of(in command);
        if (_entries.Count < Capacity)
            _entries.Add(new Entry(command.Root.ToArray(), command.RuntimeName.ToArray(), root));
        return root;
    }

    private readonly record struct Entry(byte[] Given, byte[] RuntimeName, string Root);
}

namespace DiffKeeper.Lifecycle.KernelTests.Engines;

/// <summary>The latest lines that a program wrote; written and read by several threads.</summary>
internal sealed class OutputLog
{
    private const int Capacity = 200;
    private readonly Queue<string> _lines = new();

    public void Add(string line)
    {
        lock (_lines)
        {
            if (_lines.Count == Capacity)
                _lines.Dequeue();

            _lines.Enqueue(line);
        }
    }

    public override string ToString()
    {
        lock (_lines)
        {
            return string.Join(Environment.NewLine, _lines);
        }
    }
}

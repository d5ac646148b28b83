using BenchmarkDotNet.Attributes;
using DiffKeeper.Lifecycle.Ratios.Tracking;

namespace DiffKeeper.Lifecycle.Benchmarks.Tracking;

/// <summary>A recorded churn, from the records' bytes to the events in a reader's hands.</summary>
[MemoryDiagnoser]
public class ReplayBenchmark
{
    private RecordedChurn _churn = null!;
    private TrackedNode _node = null!;

    /// <summary>How many containers run besides.</summary>
    [Params(10, 10_000)]
    public int Live { get; set; }

    [GlobalSetup]
    public void Start()
    {
        _churn = new RecordedChurn();
        _node = new TrackedNode(Live);
    }

    [Benchmark]
    public int Replay()
    {
        _churn.MoveOn();
        return _node.Play(_churn.Records, static _ => { });
    }
}

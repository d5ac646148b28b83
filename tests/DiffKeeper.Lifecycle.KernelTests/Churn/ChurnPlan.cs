using DiffKeeper.Lifecycle.KernelTests.Engines;

namespace DiffKeeper.Lifecycle.KernelTests.Churn;

/// <summary>Makes up what is to happen; the same seed makes up the same.</summary>
internal sealed class ChurnPlan(int seed)
{
    private const int MaxContainersOfPod = 3;
    private const int MaxExecs = 3;
    private const int MaxLives = 3;

    /// <summary>Signals that end a shell: some dump its core, which takes another path through the kernel.</summary>
    private static readonly int[] Signals = [1, 6, 9, 10, 11, 14, 15];

    private static readonly int[] ExitCodes = [0, 0, 1, 2, 3, 42, 125, 126, 127, 128, 137, 139, 143, 255];

    private static readonly string[] BadEntrypoints =
        ["/no/such/program", "no-such-program", "/etc", BusyboxLayer.NotExecutable, BusyboxLayer.WithoutInterpreter];

    private readonly Random _random = new(seed);

    /// <summary>Tasks of at least so many containers, pods' sandboxes not counted.</summary>
    public IReadOnlyList<ChurnTask> Make(int containers)
    {
        List<ChurnTask> tasks = [];
        for (int made = 0; made < containers; made += tasks[^1].Containers.Count)
            tasks.Add(NextTask());
        return tasks;
    }

    private ChurnTask NextTask()
    {
        var engine = (ChurnEngineKind)_random.Next(Enum.GetValues<ChurnEngineKind>().Length);
        int containers = engine == ChurnEngineKind.Cri ? MaxContainersOfPod - (_random.Next(4) == 0 ? _random.Next(MaxContainersOfPod) : 0) : 1;
        return new ChurnTask(engine, [.. Enumerable.Range(0, containers).Select(_ => NextScenario(engine))]) { SharesPidNamespace = _random.Next(4) == 0 };
    }

    private Scenario NextScenario(ChurnEngineKind engine)
    {
        Scenario scenario = _random.Next(20) switch
        {
            < 4 => Scenario.Exits(0, TimeSpan.Zero),
            < 7 => Scenario.Exits(Pick(ExitCodes), TimeSpan.Zero),
            < 10 => Scenario.Exits(Pick(ExitCodes), TimeSpan.FromMilliseconds(_random.Next(1, 800))),
            < 13 => Scenario.Killed(NextExecs()),
            < 15 => Scenario.Terminates(Pick(ExitCodes), NextExecs()),
            < 16 when engine != ChurnEngineKind.Ctr => Scenario.SignalsItself(Pick(Signals)),
            < 18 => Scenario.OutOfMemory(),
            < 19 when CreatesApart(engine) => Scenario.NeverStarted(),
            _ => Scenario.BadEntrypoint(Pick(BadEntrypoints)),
        };
        return scenario.IsStarted && _random.Next(4) == 0 ? scenario with { Lives = _random.Next(2, MaxLives + 1) } : scenario;
    }

    private ChurnExec[] NextExecs() => [.. Enumerable.Range(0, _random.Next(MaxExecs + 1)).Select(_ => Pick(ChurnExec.All))];

    private static bool CreatesApart(ChurnEngineKind engine) => engine is not (ChurnEngineKind.Docker or ChurnEngineKind.Ctr or ChurnEngineKind.Cri);

    private T Pick<T>(IReadOnlyList<T> values) => values[_random.Next(values.Count)];
}

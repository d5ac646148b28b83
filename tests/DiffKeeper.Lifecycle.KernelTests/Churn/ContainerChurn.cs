using CliWrap.Buffered;
using DiffKeeper.Lifecycle.KernelTests.Engines;

namespace DiffKeeper.Lifecycle.KernelTests.Churn;

/// <summary>Plays a scenario on an engine, and asks the engine what came of it.</summary>
internal static class ContainerChurn
{
    public static async Task<ContainerTruth> PlayAsync(IChurnEngine engine, Scenario scenario)
    {
        ContainerTruth container = await engine.MakeAsync(scenario.Spec);
        while (container.Lives.Count < scenario.Lives)
            container.Lives.Add(await LiveAsync(engine, container, scenario));
        await engine.RemoveAsync(container);
        return container;
    }

    private static async Task<LifeTruth> LiveAsync(IChurnEngine engine, ContainerTruth container, Scenario scenario)
    {
        var life = new LifeTruth(scenario.Ending) { Before = TimeProvider.System.GetTimestamp() };
        if (scenario.Ending == Ending.NeverStarted)
        {
            await engine.CreateAsync(container);
            return life;
        }

        Task<BufferedCommandResult> running = engine.RunAsync(container);
        if (scenario.IsLasting)
            life = await EndAsync(engine, container, scenario, life, running);
        BufferedCommandResult result = await running;
        if (!scenario.IsExpected(result.ExitCode))
            throw new InvalidOperationException($"{container} was to end with {scenario} and exited with {result.ExitCode}: {result.StandardError}{result.StandardOutput}");

        return life with { ExitCode = result.ExitCode, Signal = scenario.Signal, Execs = scenario.Execs.Count(exec => exec.IsExecuted) };
    }

    /// <summary>Waits for the container that lasts, executes in it what is to be executed, and has it ended.</summary>
    private static async Task<LifeTruth> EndAsync(
        IChurnEngine engine, ContainerTruth container, Scenario scenario, LifeTruth life, Task<BufferedCommandResult> running)
    {
        int? pid = null;
        bool runs = await Eventually.HoldsAsync(async () => running.IsCompleted || (pid ??= await engine.PidAsync(container)) is not null);
        if (pid is not { } init || !runs)
            throw new InvalidOperationException($"{container} did not come up: {(running.IsCompleted ? (await running).StandardError : "it never ran.")}");

        await InitProcess.WaitUntilExecutedAsync(init);
        if (scenario.Ending == Ending.Terminates)
            await ProcessSignal.WaitUntilHandledAsync(init, ProcessSignal.Terminate);
        foreach (ChurnExec exec in scenario.Execs)
        {
            BufferedCommandResult result = await engine.ExecAsync(container, exec.Command);
            exec.Verify(result.ExitCode == 0, result.StandardError);
        }

        await (scenario.Checkpoint?.PassAsync(container.Id) ?? Task.CompletedTask);
        life = life with { Pid = init, Running = TimeProvider.System.GetTimestamp() };
        await engine.SignalAsync(container, scenario.Ending == Ending.Terminates ? ProcessSignal.Terminate : ProcessSignal.Kill);
        return life;
    }
}

using DiffKeeper.Lifecycle.KernelTests.Engines;
using DiffKeeper.Lifecycle.KernelTests.Engines.Cri;
using Grpc.Core;

namespace DiffKeeper.Lifecycle.KernelTests.Churn;

/// <summary>Plays a pod, whose containers live at the same time, as a kubelet would have it.</summary>
internal sealed class PodChurn(CriEngine engine)
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);

    public async Task<IReadOnlyList<ContainerTruth>> PlayAsync(string kubernetesNamespace, IReadOnlyList<Scenario> scenarios, NamespaceMode pidNamespace)
    {
        var pod = new PodTruth(kubernetesNamespace, $"pod-{Guid.NewGuid():N}", Guid.NewGuid().ToString());
        PodSandboxConfig description = CriEngine.DescribePod(pod.Namespace, pod.Name, pod.Uid, pidNamespace);
        long before = TimeProvider.System.GetTimestamp();
        ContainerTruth sandbox = Describe(pod, await engine.RunPodAsync(description)) with { IsSandbox = true };
        int pid = await engine.PodPidAsync(sandbox.Id);

        IEnumerable<Task<List<ContainerTruth>>> containers =
            scenarios.Select((scenario, number) => PlayAsync(sandbox.Id, description, pod, $"container-{number}", scenario));
        List<ContainerTruth>[] played = await Task.WhenAll(containers);

        // Nothing asks a sandbox to end in its own way.
        const int Signal = ProcessSignal.Kill;
        sandbox.Lives.Add(new LifeTruth(Ending.Killed)
        {
            Before = before,
            Running = TimeProvider.System.GetTimestamp(),
            Pid = pid,
            ExitCode = 128 + Signal,
            Signal = Signal,
        });
        await engine.RemovePodAsync(sandbox.Id);
        return [sandbox, .. played.SelectMany(container => container)];
    }

    /// <summary>To a kubelet, what starts again is another container of the same name.</summary>
    private async Task<List<ContainerTruth>> PlayAsync(string sandboxId, PodSandboxConfig description, PodTruth pod, string name, Scenario scenario)
    {
        List<ContainerTruth> containers = [];
        for (uint attempt = 0; attempt < scenario.Lives; attempt++)
        {
            var metadata = new ContainerMetadata { Name = name, Attempt = attempt };
            string id = await engine.CreateAsync(sandboxId, description, metadata, scenario.Spec);
            ContainerTruth container = Describe(pod, id) with { Name = name, Image = BusyboxImage.Name };
            container.Lives.Add(await LiveAsync(container, scenario));
            await engine.RemoveAsync(id);
            containers.Add(container);
        }

        return containers;
    }

    private async Task<LifeTruth> LiveAsync(ContainerTruth container, Scenario scenario)
    {
        var life = new LifeTruth(scenario.Ending) { Before = TimeProvider.System.GetTimestamp() };
        try
        {
            await engine.StartAsync(container.Id);
        }
        catch (RpcException) when (!scenario.IsStarted)
        {
            return life;
        }

        if (scenario.IsLasting)
            life = await EndAsync(container.Id, scenario, life);
        ContainerStatus? status = null;
        await Eventually.HoldsAsync(async () => (status = await engine.StatusAsync(container.Id)).State == ContainerState.ContainerExited);
        if (status!.State != ContainerState.ContainerExited || !scenario.IsExpected(status.ExitCode))
            throw new InvalidOperationException($"{container} was to end with {scenario} and ended with {status}.");

        return life with { ExitCode = status.ExitCode, Signal = scenario.Signal, Execs = scenario.Execs.Count(exec => exec.IsExecuted) };
    }

    private async Task<LifeTruth> EndAsync(string id, Scenario scenario, LifeTruth life)
    {
        int pid = await engine.PidAsync(id);
        await InitProcess.WaitUntilExecutedAsync(pid);
        if (scenario.Ending == Ending.Terminates)
            await ProcessSignal.WaitUntilHandledAsync(pid, ProcessSignal.Terminate);
        foreach (ChurnExec exec in scenario.Execs)
            exec.Verify(await engine.ExecAsync(id, exec.Command), "");

        await (scenario.Checkpoint?.PassAsync(id) ?? Task.CompletedTask);
        life = life with { Pid = pid, Running = TimeProvider.System.GetTimestamp() };
        await engine.StopAsync(id, scenario.Ending == Ending.Terminates ? Grace : TimeSpan.Zero);
        return life;
    }

    private static ContainerTruth Describe(PodTruth pod, string id) =>
        new() { Engine = "cri", Id = id, Runtime = "containerd", OciRuntime = "runc", RuntimeNamespace = CriEngine.ContainerdNamespace, Pod = pod };
}

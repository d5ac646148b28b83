using CliWrap.Buffered;
using DiffKeeper.Lifecycle.KernelTests.Engines;

namespace DiffKeeper.Lifecycle.KernelTests.Churn;

/// <summary>CRI-O's containers, each in a pod of its own, whose sandbox is a bundle and nothing more.</summary>
internal sealed class CrioContainers(CrioEngine crio) : IChurnEngine
{
    public async Task<ContainerTruth> MakeAsync(ContainerSpec spec)
    {
        CrioPod pod = await crio.RunPodAsync(hasInfraContainer: false);
        return new ContainerTruth
        {
            Engine = $"cri-o with {crio.OciRuntime}",
            Id = await crio.MakeAsync(pod, spec),
            Runtime = crio.Runtime,
            OciRuntime = crio.OciRuntime,
            Name = CrioEngine.ContainerName,
            Image = BusyboxImage.Name,
            Pod = new PodTruth(pod.Namespace, pod.Name, pod.Uid),
        };
    }

    public Task CreateAsync(ContainerTruth container) => crio.CreateMadeAsync(container.Id);

    /// <summary>Removed at once: for another life a kubelet has another container made, and never waits with what has ended.</summary>
    public async Task<BufferedCommandResult> RunAsync(ContainerTruth container)
    {
        BufferedCommandResult result = await crio.RunMadeAsync(container.Id);
        await crio.DeleteAsync(container.Id);
        return result;
    }

    public Task<int?> PidAsync(ContainerTruth container) => crio.FindPidAsync(container.Id);

    public Task<BufferedCommandResult> ExecAsync(ContainerTruth container, string command) => crio.TryExecAsync(container.Id, command);

    public Task SignalAsync(ContainerTruth container, int signal) => crio.SignalAsync(container.Id, signal);

    public Task RemoveAsync(ContainerTruth container) => crio.RemoveAsync(container.Id);
}

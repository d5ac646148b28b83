namespace DiffKeeper.Lifecycle.KernelTests.Engines;

/// <summary>The engines of one test run: each is started when the first test asks for it, and all end with the run.</summary>
internal static class SharedEngines
{
    private static readonly Lazy<Task<ContainerdServer>> ContainerdServer = new(Engines.ContainerdServer.StartAsync);
    private static readonly Lazy<Task<DockerEngine>> Docker = new(async () => await DockerEngine.StartAsync(await ContainerdServer.Value));
    private static readonly Lazy<Task<ContainerdEngine>> Containerd = InNamespace("diffkeeper-tests");
    private static readonly Lazy<Task<ContainerdEngine>> Kubernetes = InNamespace("k8s.io");
    private static readonly Lazy<Task<BareEngine>> Runc = new(() => BareEngine.StartAsync("runc"));
    private static readonly Lazy<Task<BareEngine>> Crun = new(() => BareEngine.StartAsync("crun"));
    private static readonly Lazy<Task<BareEngine>> RuncAtDefaultRoot = new(() => BareEngine.StartAsync("runc", defaultRoot: true));
    private static readonly Lazy<Task<BareEngine>> CrunAtDefaultRoot = new(() => BareEngine.StartAsync("crun", defaultRoot: true));
    private static readonly Lazy<Task<PodmanEngine>> PodmanWithRunc = new(() => PodmanEngine.StartAsync("runc"));
    private static readonly Lazy<Task<PodmanEngine>> PodmanWithCrun = new(() => PodmanEngine.StartAsync("crun"));
    private static readonly Lazy<Task<CrioEngine>> CrioWithRunc = new(() => CrioEngine.StartAsync("runc"));
    private static readonly Lazy<Task<CrioEngine>> CrioWithCrun = new(() => CrioEngine.StartAsync("crun"));
    private static readonly Lazy<Task<HybridCgroups>> CgroupsForCrun = new(HybridCgroups.PrepareAsync);

    public static Task<DockerEngine> DockerAsync() => Docker.Value;

    public static Task<ContainerdEngine> ContainerdAsync() => Containerd.Value;

    /// <summary>containerd in the namespace that its Kubernetes service uses.</summary>
    public static Task<ContainerdEngine> KubernetesAsync() => Kubernetes.Value;

    public static Task<BareEngine> RuncAsync() => Runc.Value;

    public static Task<BareEngine> CrunAsync() => Crun.Value;

    /// <summary>runc or crun with its state where it keeps it by itself.</summary>
    public static Task<BareEngine> AtDefaultRootAsync(string runtime) => runtime == "crun" ? CrunAtDefaultRoot.Value : RuncAtDefaultRoot.Value;

    public static Task<PodmanEngine> PodmanAsync(string runtime) => runtime == "crun" ? PodmanWithCrun.Value : PodmanWithRunc.Value;

    public static Task<CrioEngine> CrioAsync(string runtime) => runtime == "crun" ? CrioWithCrun.Value : CrioWithRunc.Value;

    public static Task PrepareForCrunAsync() => CgroupsForCrun.Value;

    /// <summary>Ends every engine that was started, also when one of them cannot be ended.</summary>
    public static async Task StopAsync()
    {
        List<Exception> failures = [];
        await StopAsync(Docker, failures);
        await StopAsync(Containerd, failures);
        await StopAsync(Kubernetes, failures);
        await StopAsync(ContainerdServer, failures);
        await StopAsync(Runc, failures);
        await StopAsync(Crun, failures);
        await StopAsync(RuncAtDefaultRoot, failures);
        await StopAsync(CrunAtDefaultRoot, failures);
        await StopAsync(PodmanWithRunc, failures);
        await StopAsync(PodmanWithCrun, failures);
        await StopAsync(CrioWithRunc, failures);
        await StopAsync(CrioWithCrun, failures);
        await StopAsync(CgroupsForCrun, failures);
        if (failures.Count > 0)
            throw new AggregateException("Not everything that the tests started could be ended.", failures);
    }

    private static Lazy<Task<ContainerdEngine>> InNamespace(string containerdNamespace) =>
        new(async () => await ContainerdEngine.StartAsync(await ContainerdServer.Value, containerdNamespace));

    private static async Task StopAsync<T>(Lazy<Task<T>> engine, List<Exception> failures)
        where T : IAsyncDisposable
    {
        if (engine is not { IsValueCreated: true, Value.IsCompletedSuccessfully: true })
            return;
        try
        {
            await (await engine.Value).DisposeAsync();
        }
        catch (Exception failure)
        {
            failures.Add(failure);
        }
    }
}

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

    public static Task<DockerEngine> DockerAsync() => Docker.Value;

    public static Task<ContainerdEngine> ContainerdAsync() => Containerd.Value;

    /// <summary>containerd in the namespace that its Kubernetes service uses.</summary>
    public static Task<ContainerdEngine> KubernetesAsync() => Kubernetes.Value;

    public static Task<BareEngine> RuncAsync() => Runc.Value;

    public static Task<BareEngine> CrunAsync() => Crun.Value;

    public static async Task StopAsync()
    {
        await StopAsync(Docker);
        await StopAsync(Containerd);
        await StopAsync(Kubernetes);
        await StopAsync(ContainerdServer);
        await StopAsync(Runc);
        await StopAsync(Crun);
    }

    private static Lazy<Task<ContainerdEngine>> InNamespace(string containerdNamespace) =>
        new(async () => await ContainerdEngine.StartAsync(await ContainerdServer.Value, containerdNamespace));

    private static async Task StopAsync<T>(Lazy<Task<T>> engine)
        where T : IAsyncDisposable
    {
        if (engine is { IsValueCreated: true, Value.IsCompletedSuccessfully: true })
            await (await engine.Value).DisposeAsync();
    }
}

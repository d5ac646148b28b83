using System.Net.Sockets;
using System.Text.Json;
using DiffKeeper.Lifecycle.KernelTests.Engines.Cri;
using Grpc.Core;
using Grpc.Net.Client;

namespace DiffKeeper.Lifecycle.KernelTests.Engines;

/// <summary>Pods, as the kubelet has containerd make them: over gRPC on its socket.</summary>
internal sealed class CriEngine : IAsyncDisposable
{
    public const string PauseImage = "localhost/diffkeeper-pause:latest";
    public const string ContainerdNamespace = "k8s.io";
    private const string CgroupParent = "kubepods";

    private readonly GrpcChannel _channel;
    private readonly bool _cgroupParentWasThere = Cgroups.Exist(CgroupParent);
    private readonly RuntimeService.RuntimeServiceClient _runtime;

    private CriEngine(string socket)
    {
        // The address is never resolved: the socket's path says where the engine is.
        _channel = GrpcChannel.ForAddress("http://localhost", new GrpcChannelOptions
        {
            DisposeHttpClient = true,
            HttpHandler = new SocketsHttpHandler { ConnectCallback = (_, cancellationToken) => ConnectAsync(socket, cancellationToken) },
        });
        _runtime = new RuntimeService.RuntimeServiceClient(_channel);
    }

    /// <param name="server">A containerd whose Kubernetes service is not disabled.</param>
    public static async Task<CriEngine> StartAsync(ContainerdServer server)
    {
        await using var directory = new PrivateDirectory("cri");
        await ImportAsync(server, directory.File("image.tar"), BusyboxImage.Name, "sh");
        await ImportAsync(server, directory.File("pause.tar"), PauseImage, "sleep", "1000000");

        var engine = new CriEngine(server.Socket);
        var images = new ImageService.ImageServiceClient(engine._channel);
        // The service learns of an import by an event.
        if (await Eventually.HoldsAsync(async () => await HasAsync(images, BusyboxImage.Name) && await HasAsync(images, PauseImage)))
            return engine;

        await engine.DisposeAsync();
        throw new InvalidOperationException($"containerd's Kubernetes service does not have the images that were imported.{Environment.NewLine}{server.Output}");
    }

    /// <summary>A pod in the node's network: that needs no plugin, and then the host's name may not be another.</summary>
    public static PodSandboxConfig DescribePod(string kubernetesNamespace, string name, string uid, NamespaceMode pidNamespace) => new()
    {
        Metadata = new PodSandboxMetadata { Namespace = kubernetesNamespace, Name = name, Uid = uid },
        Linux = new LinuxPodSandboxConfig
        {
            CgroupParent = $"/{CgroupParent}/burstable/pod{uid}",
            SecurityContext = new LinuxSandboxSecurityContext { NamespaceOptions = new NamespaceOption { Network = NamespaceMode.Node, Pid = pidNamespace } },
        },
    };

    /// <summary>Returns the ID of the pod's sandbox, which then runs.</summary>
    public async Task<string> RunPodAsync(PodSandboxConfig pod) =>
        (await _runtime.RunPodSandboxAsync(new RunPodSandboxRequest { Config = pod })).PodSandboxId;

    public async Task<int> PodPidAsync(string sandboxId) =>
        PidOf((await _runtime.PodSandboxStatusAsync(new PodSandboxStatusRequest { PodSandboxId = sandboxId, Verbose = true })).Info);

    public async Task RemovePodAsync(string sandboxId)
    {
        await _runtime.StopPodSandboxAsync(new StopPodSandboxRequest { PodSandboxId = sandboxId });
        await _runtime.RemovePodSandboxAsync(new RemovePodSandboxRequest { PodSandboxId = sandboxId });
    }

    /// <summary>Returns the container's ID; no OCI runtime is executed yet.</summary>
    public async Task<string> CreateAsync(string sandboxId, PodSandboxConfig pod, ContainerMetadata metadata, ContainerSpec spec)
    {
        NamespaceOption namespaces = pod.Linux.SecurityContext.NamespaceOptions.Clone();
        if (spec.HostPidNamespace)
            namespaces.Pid = NamespaceMode.Node;
        var container = new ContainerConfig
        {
            Metadata = metadata,
            Image = new ImageSpec { Image = BusyboxImage.Name },
            Command = { spec.Command },
            Linux = new LinuxContainerConfig
            {
                Resources = new LinuxContainerResources { MemoryLimitInBytes = spec.MemoryLimit ?? 0 },
                SecurityContext = new LinuxContainerSecurityContext { NamespaceOptions = namespaces },
            },
        };
        return (await _runtime.CreateContainerAsync(new CreateContainerRequest { PodSandboxId = sandboxId, Config = container, SandboxConfig = pod })).ContainerId;
    }

    public async Task StartAsync(string containerId) => await _runtime.StartContainerAsync(new StartContainerRequest { ContainerId = containerId });

    public async Task<ContainerStatus> StatusAsync(string containerId) =>
        (await _runtime.ContainerStatusAsync(new ContainerStatusRequest { ContainerId = containerId })).Status;

    public async Task<int> PidAsync(string containerId) =>
        PidOf((await _runtime.ContainerStatusAsync(new ContainerStatusRequest { ContainerId = containerId, Verbose = true })).Info);

    /// <summary>Sends SIGTERM, and SIGKILL when the time is up; at once where there is none.</summary>
    public async Task StopAsync(string containerId, TimeSpan grace) =>
        await _runtime.StopContainerAsync(new StopContainerRequest { ContainerId = containerId, Timeout = (long)grace.TotalSeconds });

    /// <summary>Returns whether the command could be executed and exited with 0.</summary>
    public async Task<bool> ExecAsync(string containerId, params string[] command)
    {
        try
        {
            return (await _runtime.ExecSyncAsync(new ExecSyncRequest { ContainerId = containerId, Cmd = { command } })).ExitCode == 0;
        }
        catch (RpcException)
        {
            return false;
        }
    }

    public async Task RemoveAsync(string containerId) => await _runtime.RemoveContainerAsync(new RemoveContainerRequest { ContainerId = containerId });

    public async ValueTask DisposeAsync()
    {
        _channel.Dispose();

        // The kubelet's part: the engine leaves the pods' own cgroups.
        if (!_cgroupParentWasThere)
            await Cgroups.RemoveAsync(CgroupParent);
    }

    private static async Task ImportAsync(ContainerdServer server, string path, string name, params string[] command)
    {
        await BusyboxImage.WriteAsync(path, name, command);
        await Tool.RunAsync("ctr", "--address", server.Socket, "--namespace", ContainerdNamespace, "images", "import", "--snapshotter", "native", path);
    }

    private static async Task<bool> HasAsync(ImageService.ImageServiceClient images, string name) =>
        (await images.ImageStatusAsync(new ImageStatusRequest { Image = new ImageSpec { Image = name } })).Image is not null;

    private static int PidOf(IDictionary<string, string> info)
    {
        using JsonDocument details = JsonDocument.Parse(info["info"]);
        return details.RootElement.GetProperty("pid").GetInt32();
    }

    private static async ValueTask<Stream> ConnectAsync(string path, CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}

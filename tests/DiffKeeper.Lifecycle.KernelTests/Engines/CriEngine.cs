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

    private readonly ContainerdServer _server;
    private readonly GrpcChannel _channel;
    private readonly bool _cgroupParentWasThere = Cgroups.Exist(CgroupParent);
    private readonly RuntimeService.RuntimeServiceClient _runtime;
    private readonly ImageService.ImageServiceClient _images;

    private CriEngine(ContainerdServer server)
    {
        _server = server;
        // The address is never resolved: the socket's path says where the engine is.
        _channel = GrpcChannel.ForAddress("http://localhost", new GrpcChannelOptions
        {
            DisposeHttpClient = true,
            HttpHandler = new SocketsHttpHandler { ConnectCallback = (_, cancellationToken) => ConnectAsync(server.Socket, cancellationToken) },
        });
        _runtime = new RuntimeService.RuntimeServiceClient(_channel);
        _images = new ImageService.ImageServiceClient(_channel);
    }

    /// <param name="server">A containerd whose Kubernetes service is not disabled.</param>
    public static async Task<CriEngine> StartAsync(ContainerdServer server)
    {
        await using var directory = new PrivateDirectory("cri");
        var engine = new CriEngine(server);
        try
        {
            await engine.ImportBusyboxAsync(directory.File("image.tar"), BusyboxImage.Name, "sh");
            await engine.ImportBusyboxAsync(directory.File("pause.tar"), PauseImage, "sleep", "1000000");
            return engine;
        }
        catch
        {
            await engine.DisposeAsync();
            throw;
        }
    }

    /// <param name="archive">A tar archive of the image.</param>
    /// <param name="name">The image's name, which the archive says, too.</param>
    public async Task ImportAsync(string archive, string name)
    {
        await Tool.RunAsync("ctr", "--address", _server.Socket, "--namespace", ContainerdNamespace, "images", "import", "--snapshotter", "native", archive);
        // The service learns of an import by an event.
        if (!await Eventually.HoldsAsync(async () => await HasAsync(name)))
            throw new InvalidOperationException($"containerd's Kubernetes service does not have {name}, which was imported.{Environment.NewLine}{_server.Output}");
    }

    /// <summary>Where the kubelet puts the cgroups of a pod that has requests, and not of everything.</summary>
    public static string CgroupParentOf(string uid) => $"/{CgroupParent}/burstable/pod{uid}";

    /// <summary>A pod in the node's network: that needs no plugin, and then the host's name may not be another.</summary>
    public static PodSandboxConfig DescribePod(string kubernetesNamespace, string name, string uid, NamespaceMode pidNamespace) => new()
    {
        Metadata = new PodSandboxMetadata { Namespace = kubernetesNamespace, Name = name, Uid = uid },
        Linux = new LinuxPodSandboxConfig
        {
            CgroupParent = CgroupParentOf(uid),
            SecurityContext = new LinuxSandboxSecurityContext { NamespaceOptions = new NamespaceOption { Network = NamespaceMode.Node, Pid = pidNamespace } },
        },
    };

    /// <summary>Returns the ID of the pod's sandbox, which then runs.</summary>
    public async Task<string> RunPodAsync(PodSandboxConfig pod) =>
        (await _runtime.RunPodSandboxAsync(new RunPodSandboxRequest { Config = pod })).PodSandboxId;

    public async Task<int> PodPidAsync(string sandboxId) =>
        PidOf((await _runtime.PodSandboxStatusAsync(new PodSandboxStatusRequest { PodSandboxId = sandboxId, Verbose = true })).Info);

    /// <summary>Of a pod that has a network of its own.</summary>
    public async Task<string> PodAddressAsync(string sandboxId) =>
        (await _runtime.PodSandboxStatusAsync(new PodSandboxStatusRequest { PodSandboxId = sandboxId })).Status.Network.Ip;

    /// <inheritdoc cref="ContainerdServer.BindAsync"/>
    public Task BindAsync(string source, string target) => _server.BindAsync(source, target);

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
        return await CreateAsync(sandboxId, pod, container);
    }

    /// <inheritdoc cref="CreateAsync(string, PodSandboxConfig, ContainerMetadata, ContainerSpec)"/>
    public async Task<string> CreateAsync(string sandboxId, PodSandboxConfig pod, ContainerConfig container) =>
        (await _runtime.CreateContainerAsync(new CreateContainerRequest { PodSandboxId = sandboxId, Config = container, SandboxConfig = pod })).ContainerId;

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

    private async Task ImportBusyboxAsync(string path, string name, params string[] command)
    {
        await BusyboxImage.WriteAsync(path, name, command);
        await ImportAsync(path, name);
    }

    private async Task<bool> HasAsync(string name) =>
        (await _images.ImageStatusAsync(new ImageStatusRequest { Image = new ImageSpec { Image = name } })).Image is not null;

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

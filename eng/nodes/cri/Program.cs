using System.Net.Sockets;
using System.Text.Json;
using DiffKeeper.Lifecycle.KernelTests.Engines.Cri;
using DiffKeeper.Nodes.Cri;
using Grpc.Net.Client;

// Has containerd's Kubernetes service do one thing, as a kubelet would: Debian has no package of crictl.
const string Address = "/run/containerd/containerd.sock";

using GrpcChannel channel = GrpcChannel.ForAddress("http://localhost", new GrpcChannelOptions
{
    DisposeHttpClient = true,
    HttpHandler = new SocketsHttpHandler { ConnectCallback = async (_, cancellationToken) => await ConnectAsync(cancellationToken) },
});
var runtime = new RuntimeService.RuntimeServiceClient(channel);

switch (args)
{
    case ["pod", var @namespace, var name, var uid]:
        Console.WriteLine(runtime.RunPodSandbox(new RunPodSandboxRequest { Config = Pod.Describe(@namespace, name, uid) }).PodSandboxId);
        break;
    case ["create", var sandbox, var @namespace, var pod, var uid, var name, var image, .. var command]:
        PodSandboxConfig description = Pod.Describe(@namespace, pod, uid);
        var container = new ContainerConfig
        {
            Metadata = new ContainerMetadata { Name = name },
            Image = new ImageSpec { Image = image },
            Command = { command },
            Linux = new LinuxContainerConfig
            {
                SecurityContext = new LinuxContainerSecurityContext { NamespaceOptions = description.Linux.SecurityContext.NamespaceOptions },
            },
        };
        Console.WriteLine(runtime.CreateContainer(new CreateContainerRequest { PodSandboxId = sandbox, Config = container, SandboxConfig = description }).ContainerId);
        break;
    case ["start", var id]:
        runtime.StartContainer(new StartContainerRequest { ContainerId = id });
        break;
    case ["exec", var id, .. var command]:
        return runtime.ExecSync(new ExecSyncRequest { ContainerId = id, Cmd = { command } }).ExitCode;
    case ["pid", var id]:
        Console.WriteLine(PidOf(runtime.ContainerStatus(new ContainerStatusRequest { ContainerId = id, Verbose = true }).Info));
        break;
    case ["pod-pid", var sandbox]:
        Console.WriteLine(PidOf(runtime.PodSandboxStatus(new PodSandboxStatusRequest { PodSandboxId = sandbox, Verbose = true }).Info));
        break;
    case ["exit-code", var id]:
        ContainerStatus status = runtime.ContainerStatus(new ContainerStatusRequest { ContainerId = id }).Status;
        if (status.State != ContainerState.ContainerExited)
            return 1;
        Console.WriteLine(status.ExitCode);
        break;
    case ["stop", var id]:
        runtime.StopContainer(new StopContainerRequest { ContainerId = id });
        break;
    case ["remove", var id]:
        runtime.RemoveContainer(new RemoveContainerRequest { ContainerId = id });
        break;
    case ["remove-pod", var sandbox]:
        runtime.StopPodSandbox(new StopPodSandboxRequest { PodSandboxId = sandbox });
        runtime.RemovePodSandbox(new RemovePodSandboxRequest { PodSandboxId = sandbox });
        break;
    default:
        Console.Error.WriteLine("usage: cri pod|create|start|exec|pid|pod-pid|exit-code|stop|remove|remove-pod ARGUMENT...");
        return 2;
}

return 0;

static int PidOf(IDictionary<string, string> info) => JsonElement.Parse(info["info"]).GetProperty("pid").GetInt32();

static async Task<Stream> ConnectAsync(CancellationToken cancellationToken)
{
    var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    await socket.ConnectAsync(new UnixDomainSocketEndPoint(Address), cancellationToken);
    return new NetworkStream(socket, ownsSocket: true);
}

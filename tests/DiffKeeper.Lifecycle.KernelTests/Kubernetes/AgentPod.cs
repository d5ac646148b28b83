using System.Text.Json;
using DiffKeeper.Lifecycle.KernelTests.Engines;
using DiffKeeper.Lifecycle.KernelTests.Engines.Cri;
using k8s.Models;

namespace DiffKeeper.Lifecycle.KernelTests.Kubernetes;

/// <summary>diffkeeper in a pod of its own, and what it has written.</summary>
internal sealed class AgentPod(CriEngine engine, string sandboxId, string containerId, V1Container container, string logDirectory) : IAsyncDisposable
{
    public const string LogFile = "agent.log";

    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(20);

    /// <summary>What was told of containers.</summary>
    public IReadOnlyList<LifecycleEvent> Events => [.. Lines("stdout").Select(line => JsonSerializer.Deserialize(line, LifecycleJsonContext.Default.LifecycleEvent)!)];

    public string Log => string.Join(Environment.NewLine, Lines("stderr"));

    /// <summary>Its process.</summary>
    public Task<int> PidAsync() => engine.PidAsync(containerId);

    /// <summary>Asks what the kubelet asks: at the pod's own address, and at the port that has this name.</summary>
    public async Task<HttpResponseMessage> GetAsync(string path, string port)
    {
        using var client = new HttpClient();
        int number = container.Ports.Single(known => known.Name == port).ContainerPort;
        return await client.GetAsync(new Uri($"http://{await engine.PodAddressAsync(sandboxId)}:{number}{path}"));
    }

    /// <summary>Returns whether it traces; if it does not, it has ended.</summary>
    public async Task<bool> TracesAsync()
    {
        await Eventually.HoldsAsync(async () => IsTracing || await ExitCodeAsync() is not null);
        return IsTracing;
    }

    public async Task WaitUntilAsync(Func<bool> condition)
    {
        bool held = await Eventually.HoldsAsync(condition);
        Assert.That(held, $"The agent wrote:{Environment.NewLine}{Log}{Environment.NewLine}{string.Join(Environment.NewLine, Lines("stdout"))}");
    }

    /// <summary><see langword="null"/> while it runs.</summary>
    public async Task<int?> ExitCodeAsync() => await engine.StatusAsync(containerId) is { State: ContainerState.ContainerExited } status ? status.ExitCode : null;

    /// <summary>As a node that is drained does it. Returns the exit code.</summary>
    public async Task<int?> StopAsync()
    {
        await engine.StopAsync(containerId, Grace);
        return await ExitCodeAsync();
    }

    public async ValueTask DisposeAsync() => await engine.RemovePodAsync(sandboxId);

    private bool IsTracing => Log.Contains("tracing: ", StringComparison.Ordinal);

    /// <summary>"TIME STREAM F|P LINE" (Kubernetes' container log format); no line here is so long that it would be parted.</summary>
    private IEnumerable<string> Lines(string stream)
    {
        string file = Path.Combine(logDirectory, LogFile);
        return File.Exists(file)
            ? File.ReadLines(file).Select(line => line.Split(' ', 4)).Where(fields => fields is [_, var from, "F", _] && from == stream).Select(fields => fields[3])
            : [];
    }
}

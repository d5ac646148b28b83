using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using DiffKeeper.Lifecycle.KernelTests.Engines;

namespace DiffKeeper.Lifecycle.KernelTests.Status;

/// <summary>A Prometheus of its own, with the rules that are deployed, which asks one target every second.</summary>
internal sealed class PrometheusServer : IAsyncDisposable
{
    private readonly PrivateDirectory _directory = new("prometheus");
    private readonly HttpClient _client = new();
    private Daemon? _daemon;

    public static string Deployed(string file) => Path.Combine(TestContext.CurrentContext.TestDirectory, "deploy", file);

    public static async Task<PrometheusServer> StartAsync(Uri target)
    {
        var server = new PrometheusServer();
        string address = FreeAddress();
        server._client.BaseAddress = new Uri($"http://{address}");
        string configuration = server._directory.File("prometheus.yaml");
        File.Copy(Deployed("diffkeeper.rules.yaml"), server._directory.File("diffkeeper.rules.yaml"));
        await File.WriteAllTextAsync(configuration, (await File.ReadAllTextAsync(Deployed("prometheus.yaml")))
            .Replace("localhost:9464", target.Authority, StringComparison.Ordinal)
            .Replace("15s", "1s", StringComparison.Ordinal));
        server._daemon = new Daemon(
            "prometheus", $"--config.file={configuration}", $"--storage.tsdb.path={server._directory.File("data")}", $"--web.listen-address={address}");
        await server._daemon.WaitUntilAsync(server.AnswersAsync);
        return server;
    }

    /// <summary>What its API says: the <c>data</c> of the answer.</summary>
    public async Task<JsonElement> GetAsync(string path)
    {
        using JsonDocument answer = JsonDocument.Parse(await _client.GetStringAsync(path));
        return answer.RootElement.GetProperty("data").Clone();
    }

    /// <summary>How many series an expression finds now.</summary>
    public async Task<int> CountAsync(string expression)
        => (await GetAsync($"/api/v1/query?query={Uri.EscapeDataString(expression)}")).GetProperty("result").GetArrayLength();

    public async ValueTask DisposeAsync()
    {
        if (_daemon is not null)
            await _daemon.DisposeAsync();
        _client.Dispose();
        await _directory.DisposeAsync();
    }

    private async Task<bool> AnswersAsync()
    {
        try
        {
            return (await _client.GetAsync("/-/ready")).IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static string FreeAddress()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return $"{listener.LocalEndpoint}";
    }
}

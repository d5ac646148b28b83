using System.Net.Sockets;
using System.Text.Json;

namespace DiffKeeper.Lifecycle.Ratios.Latency;

/// <summary>Docker's own events, from its socket: without a client's program in between.</summary>
internal sealed class DockerEvents : IDisposable
{
    private const string StartsOnly = "http://docker/events?filters=%7B%22type%22%3A%5B%22container%22%5D%2C%22event%22%3A%5B%22start%22%5D%7D";

    private readonly HttpClient _client;
    private readonly StreamReader _lines;

    private DockerEvents(HttpClient client, Stream stream)
    {
        _client = client;
        _lines = new StreamReader(stream);
        _ = ReadAsync();
    }

    public Arrivals Starts { get; } = new();

    /// <summary>Returns when Docker has begun to answer.</summary>
    /// <param name="socket">Its path.</param>
    public static async Task<DockerEvents> SubscribeAsync(string socket)
    {
        var client = new HttpClient(new SocketsHttpHandler
        {
            ConnectCallback = async (_, cancellationToken) =>
            {
                var connection = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                await connection.ConnectAsync(new UnixDomainSocketEndPoint(socket), cancellationToken);
                return new NetworkStream(connection, ownsSocket: true);
            },
        });
        return new DockerEvents(client, await client.GetStreamAsync(new Uri(StartsOnly)));
    }

    public void Dispose()
    {
        _client.Dispose();
        _lines.Dispose();
    }

    private async Task ReadAsync()
    {
        while (await _lines.ReadLineAsync() is { } line)
        {
            DateTimeOffset now = TimeProvider.System.GetUtcNow();
            using JsonDocument started = JsonDocument.Parse(line);
            Starts.Note(started.RootElement.GetProperty("id").GetString()!, now);
        }
    }
}

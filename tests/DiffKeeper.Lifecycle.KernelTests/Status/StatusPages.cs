using System.Net;
using DiffKeeper.Lifecycle.KernelTests.CommandLine;

namespace DiffKeeper.Lifecycle.KernelTests.Status;

/// <summary>What a diffkeeper that listens answers.</summary>
internal sealed class StatusPages : IDisposable
{
    private const string Announcement = "Metrics and health are served at ";

    /// <summary>Lets the kernel choose the port.</summary>
    public const string Option = "--listen=127.0.0.1:0";

    private readonly HttpClient _client;

    private StatusPages(Uri address) => _client = new HttpClient { BaseAddress = address };

    public Uri Address => _client.BaseAddress!;

    /// <summary>Waits until the program says where it listens.</summary>
    public static async Task<StatusPages> OfAsync(RunningProgram program)
    {
        await program.WaitUntilAsync(() => program.Errors.Contains(Announcement, StringComparison.Ordinal));
        string address = program.Errors.Split(Announcement)[1].Split('\n')[0];
        return new StatusPages(new Uri(address));
    }

    public async Task<(HttpStatusCode Status, string Text)> GetAsync(string path)
    {
        using HttpResponseMessage response = await _client.GetAsync(path);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    public void Dispose() => _client.Dispose();
}

using System.Globalization;
using DiffKeeper.Lifecycle.KernelTests.Engines;

namespace DiffKeeper.Lifecycle.KernelTests.CommandLine;

/// <summary>A terminal that a program runs on, and that can be looked at: tmux, with a server of its own.</summary>
internal sealed class TmuxScreen : IAsyncDisposable
{
    private readonly PrivateDirectory _directory = new("tmux");

    private TmuxScreen()
    {
    }

    /// <param name="script">What a shell runs on it.</param>
    /// <param name="columns">Its width.</param>
    /// <param name="rows">Its height.</param>
    public static async Task<TmuxScreen> StartAsync(string script, int columns, int rows)
    {
        var screen = new TmuxScreen();
        await Tool.RunAsync(DiffkeeperProgram.UseSameDotnet(Tool.Describe(
            "tmux", screen.Arguments("new-session", "-d", "-x", Number(columns), "-y", Number(rows), "sh", "-c", script))));
        return screen;
    }

    /// <summary>What is on it now, a line each.</summary>
    public async Task<string[]> CaptureAsync() => (await Tool.RunAsync(Tool.Describe("tmux", Arguments("capture-pane", "-p")))).Split('\n');

    /// <summary>One of tmux's variables: <c>alternate_on</c>, <c>cursor_flag</c>.</summary>
    public Task<string> TellAsync(string variable) => Tool.RunAsync("tmux", Arguments("display-message", "-p", $"#{{{variable}}}"));

    /// <param name="keys">As tmux names them, or characters.</param>
    public Task PressAsync(params IReadOnlyList<string> keys) => Tool.RunAsync("tmux", Arguments(["send-keys", .. keys]));

    public Task ResizeAsync(int columns, int rows) => Tool.RunAsync("tmux", Arguments("resize-window", "-x", Number(columns), "-y", Number(rows)));

    /// <summary>Waits until what is on it fulfils the condition, and returns that.</summary>
    public async Task<string[]> WaitUntilAsync(Func<string[], bool> condition)
    {
        string[] lines = [];
        bool held = await Eventually.HoldsAsync(async () => condition(lines = await CaptureAsync()));
        Assert.That(held, $"The screen shows:{Environment.NewLine}{string.Join(Environment.NewLine, lines)}");
        return lines;
    }

    /// <summary>The process that the shell runs.</summary>
    public async Task<int> ChildAsync()
    {
        string shell = await TellAsync("pane_pid");
        string children = await File.ReadAllTextAsync($"/proc/{shell}/task/{shell}/children");
        return int.Parse(children.Trim(), CultureInfo.InvariantCulture);
    }

    public async ValueTask DisposeAsync()
    {
        await Tool.TryAsync("tmux", Arguments("kill-server"));
        await _directory.DisposeAsync();
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private List<string> Arguments(params IReadOnlyList<string> arguments) => ["-S", _directory.File("socket"), "-f", "/dev/null", .. arguments];
}

using System.Globalization;
using DiffKeeper.Lifecycle;
using Spectre.Console;

namespace DiffKeeper.Cli.Output;

/// <summary>An aligned line an event, with colour on a terminal.</summary>
internal sealed class TableEventWriter : IEventWriter
{
    /// <summary>Without a terminal there is no edge to wrap at.</summary>
    private const int UnlimitedWidth = 10_000;

    private const int ShortIdLength = 12;
    private const int LongIdLength = 64;

    private readonly IAnsiConsole _console = AnsiConsole.Console;
    private bool _headed;

    public TableEventWriter()
    {
        if (!_console.Profile.Out.IsTerminal)
            _console.Profile.Width = UnlimitedWidth;
    }

    public void Write(LifecycleEvent lifecycleEvent)
    {
        if (!_headed)
            WriteLine("TIME", "STATE", Style.Plain, "CONTAINER", "PID", "RUNTIME", "NAMESPACE", "DETAIL");
        _headed = true;

        WriteLine(
            lifecycleEvent.Timestamp.ToLocalTime().ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture),
            lifecycleEvent.Existing ? "Existing" : lifecycleEvent.State.ToString(),
            StyleOf(lifecycleEvent),
            ShortId(lifecycleEvent.ContainerId),
            lifecycleEvent.Pid == 0 ? "-" : lifecycleEvent.Pid.ToString(CultureInfo.InvariantCulture),
            lifecycleEvent.Runtime == lifecycleEvent.OciRuntime ? lifecycleEvent.Runtime : $"{lifecycleEvent.Runtime}/{lifecycleEvent.OciRuntime}",
            lifecycleEvent.Namespace ?? "-",
            Detail(lifecycleEvent));
    }

    public void Dispose()
    {
        // The console is the process's.
    }

    private void WriteLine(string time, string state, Style style, string container, string pid, string runtime, string kubernetesNamespace, string detail)
    {
        _console.Write(new Text($"{time,-12}  "));
        _console.Write(new Text($"{state,-12}", style));
        _console.Write(new Text($"  {container,-16}  {pid,7}  {runtime,-16}  {kubernetesNamespace,-14}  {PlainText.Of(detail)}".TrimEnd() + "\n"));
    }

    private static Style StyleOf(LifecycleEvent lifecycleEvent) => lifecycleEvent.State switch
    {
        LifecycleState.CreateFailed => new Style(Color.Red),
        LifecycleState.Create => new Style(Color.Blue),
        LifecycleState.Start => new Style(Color.Green),
        LifecycleState.Stop when lifecycleEvent.ExitCode != 0 => new Style(Color.Red),
        LifecycleState.Stop => new Style(Color.Yellow),
        LifecycleState.Delete => new Style(Color.Grey),
        _ => Style.Plain,
    };

    private static string Detail(LifecycleEvent lifecycleEvent) => lifecycleEvent switch
    {
        { OomKilled: true } => "out of memory",
        { Signal: { } signal } => $"signal {signal}",
        { ExitCode: { } code } => $"exit {code}",
        { State: LifecycleState.Create or LifecycleState.Start } => NameOf(lifecycleEvent),
        _ => "",
    };

    private static string NameOf(LifecycleEvent lifecycleEvent)
        => lifecycleEvent.PodName is { } pod ? $"{pod}/{(lifecycleEvent.Sandbox ? "(sandbox)" : lifecycleEvent.ContainerName)}" : lifecycleEvent.ContainerName ?? "";

    /// <summary>The digits that engines show of their long IDs.</summary>
    private static string ShortId(string id) => id.Length == LongIdLength ? id[..ShortIdLength] : id;
}

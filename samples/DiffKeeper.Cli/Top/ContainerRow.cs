using System.Globalization;
using DiffKeeper.Cli.Output;
using DiffKeeper.Lifecycle;

namespace DiffKeeper.Cli.Top;

/// <summary>One container, as it was last told of.</summary>
/// <param name="Last">The event with its identity.</param>
/// <param name="State">How it stands.</param>
/// <param name="Since">Since when it stands so.</param>
/// <param name="Exits">How often it has exited while it was watched: an engine may start it again under the same ID.</param>
/// <param name="Injection">Whether it was injected.</param>
internal sealed record ContainerRow(LifecycleEvent Last, ContainerState State, DateTimeOffset Since, int Exits, InjectionState Injection = InjectionState.None)
{
    private const int LongIdLength = 64;
    private const int ShortIdLength = 12;

    public string Id { get; } = PlainText.Of(Last.ContainerId.Length == LongIdLength ? Last.ContainerId[..ShortIdLength] : Last.ContainerId);

    /// <summary>The pod's namespace and name and the container's in it, or the name that the engine has for it.</summary>
    public string Name { get; } = PlainText.Of(NameOf(Last));

    public string Image { get; } = PlainText.Of(Last.Image ?? "");

    public string Runtime { get; } = PlainText.Of(Last.Runtime == Last.OciRuntime ? Last.Runtime : $"{Last.Runtime}/{Last.OciRuntime}");

    public bool HasEnded => State is not (ContainerState.Running or ContainerState.Created);

    public string StateName => State switch
    {
        ContainerState.Running => "running",
        ContainerState.Created => "created",
        ContainerState.Exited => "exited",
        ContainerState.Failed => "failed",
        _ => "removed",
    };

    /// <summary>The code it exited with last, and what ended it.</summary>
    public string Exit
    {
        get
        {
            string code = Last.ExitCode?.ToString(CultureInfo.InvariantCulture) ?? "";
            string cause = Last.OomKilled ? " OOM" : Last.Signal is { } signal ? $" signal {signal}" : "";
            return (code + cause + (Exits > 1 ? $" x{Exits}" : "")).Trim();
        }
    }

    public string InjectionName => Injection switch
    {
        InjectionState.Pending => "pending",
        InjectionState.Done => "done",
        InjectionState.Failed => "failed",
        InjectionState.Skipped => "skipped",
        _ => "",
    };

    private static string NameOf(LifecycleEvent e)
    {
        string nested = e.Nested ? " (nested)" : "";
        return e.PodName is { } pod
            ? $"{e.Namespace}/{pod}{(e.Sandbox ? " (sandbox)" : $"/{e.ContainerName}")}{nested}"
            : $"{e.ContainerName}{nested}";
    }
}

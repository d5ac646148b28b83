using System.Collections;
using DiffKeeper.Lifecycle;
using Microsoft.Extensions.Logging;

namespace DiffKeeper.Cli.Export;

/// <summary>An event as the attributes of a log record, by OpenTelemetry's names where it has one. What isn't known is left out.</summary>
internal sealed class EventRecord : IReadOnlyList<KeyValuePair<string, object?>>
{
    private readonly List<KeyValuePair<string, object?>> _attributes = [];

    public EventRecord(LifecycleEvent lifecycleEvent, string session)
    {
        Event = lifecycleEvent;
        Add("diffkeeper.session.id", session);
        Add("diffkeeper.sequence", lifecycleEvent.Sequence);
        Add("diffkeeper.state", NameOf(lifecycleEvent.State));
        Add("container.id", lifecycleEvent.ContainerId);
        Add("container.runtime.name", lifecycleEvent.Runtime);
        Add("container.image.name", lifecycleEvent.Image);
        Add(lifecycleEvent.Namespace is null ? "container.name" : "k8s.container.name", lifecycleEvent.ContainerName);
        Add("k8s.namespace.name", lifecycleEvent.Namespace);
        Add("k8s.pod.name", lifecycleEvent.PodName);
        Add("k8s.pod.uid", lifecycleEvent.PodUid);
        Add("process.pid", lifecycleEvent.Pid == 0 ? null : lifecycleEvent.Pid);
        Add("process.exit.code", lifecycleEvent.ExitCode);
        Add("diffkeeper.signal", lifecycleEvent.Signal);
        Add("diffkeeper.oci_runtime", lifecycleEvent.OciRuntime);
        Add("diffkeeper.bundle", lifecycleEvent.Bundle);
        AddIfSo("diffkeeper.oom_killed", lifecycleEvent.OomKilled);
        AddIfSo("diffkeeper.existing", lifecycleEvent.Existing);
        AddIfSo("diffkeeper.sandbox", lifecycleEvent.Sandbox);
        AddIfSo("diffkeeper.nested", lifecycleEvent.Nested);
    }

    public LifecycleEvent Event { get; }

    /// <summary>The name of the kind of event.</summary>
    public EventId Kind => new(0, $"diffkeeper.container.{NameOf(Event.State)}");

    public int Count => _attributes.Count;

    public KeyValuePair<string, object?> this[int index] => _attributes[index];

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() => _attributes.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override string ToString() => $"{Event.State} {Event.ContainerId} of {Event.Runtime}";

    private static string NameOf(LifecycleState state) => state == LifecycleState.CreateFailed ? "create_failed" : state.ToString().ToLowerInvariant();

    private void AddIfSo(string name, bool isSo) => Add(name, isSo ? true : null);

    private void Add(string name, object? value)
    {
        if (value is not null)
            _attributes.Add(new(name, value));
    }
}

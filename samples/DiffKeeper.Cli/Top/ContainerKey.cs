using DiffKeeper.Lifecycle;

namespace DiffKeeper.Cli.Top;

/// <summary>What tells containers apart: two engines, or two namespaces of one, may use the same ID.</summary>
internal readonly record struct ContainerKey(string Runtime, string? RuntimeNamespace, string Id, bool Nested)
{
    public static ContainerKey Of(LifecycleEvent e) => new(e.Runtime, e.RuntimeNamespace, e.ContainerId, e.Nested);
}

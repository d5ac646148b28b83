namespace DiffKeeper.Lifecycle.Containers;

/// <summary>What names one container on a node: an ID is unique in one runtime's state directory only.</summary>
internal readonly record struct ContainerKey(string Root, string Id);

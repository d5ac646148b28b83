using System.Diagnostics.CodeAnalysis;

namespace DiffKeeper.Lifecycle.Containers;

/// <summary>Finds a container by what a command line says of it, before a string is made of that: most executions of a runtime are no container's first.</summary>
internal sealed class ContainerKeyComparer : IEqualityComparer<ContainerKey>, IAlternateEqualityComparer<ContainerKeyView, ContainerKey>
{
    public bool Equals(ContainerKey x, ContainerKey y) => x == y;

    public bool Equals(ContainerKeyView alternate, ContainerKey other) => alternate.Root == other.Root && alternate.Id.SequenceEqual(other.Id);

    public int GetHashCode([DisallowNull] ContainerKey obj) => GetHashCode(new ContainerKeyView(obj.Root, obj.Id));

    public int GetHashCode(ContainerKeyView alternate) => HashCode.Combine(alternate.Root, string.GetHashCode(alternate.Id));

    public ContainerKey Create(ContainerKeyView alternate) => new(alternate.Root, alternate.Id.ToString());
}

namespace DiffKeeper.Lifecycle.Containers;

/// <summary>What one directory of a cgroup path stands for.</summary>
internal enum CgroupSegmentKind
{
    None = 0,
    Container,
    Monitor,
}

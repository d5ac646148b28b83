namespace DiffKeeper.Lifecycle.KernelTests.Churn;

internal enum ChurnEngineKind
{
    Docker,
    Ctr,
    Cri,
    PodmanRunc,
    PodmanCrun,
    CrioRunc,
    CrioCrun,
    Runc,
    Crun,
}

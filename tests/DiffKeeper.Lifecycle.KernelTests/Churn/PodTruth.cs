namespace DiffKeeper.Lifecycle.KernelTests.Churn;

/// <summary>A pod as it was ordered.</summary>
internal sealed record PodTruth(string Namespace, string Name, string Uid);

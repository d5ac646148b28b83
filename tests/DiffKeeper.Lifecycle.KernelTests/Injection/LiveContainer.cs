using System.Globalization;
using DiffKeeper.Lifecycle.KernelTests.Churn;

namespace DiffKeeper.Lifecycle.KernelTests.Injection;

/// <summary>A container that runs, as its engine knows it.</summary>
internal sealed record LiveContainer(string Runtime, string Id, int Pid, string Bundle)
{
    public string? RuntimeNamespace { get; init; }

    public string? Name { get; init; }

    public string? Image { get; init; }

    /// <summary>The pod's namespace, name and UID; <see langword="null"/> outside Kubernetes.</summary>
    public PodTruth? Pod { get; init; }

    /// <summary>What an injector has to be told of it at its start.</summary>
    public IReadOnlyDictionary<string, string> Variables => new Dictionary<string, string?>
    {
        ["DIFFKEEPER_CONTAINER_ID"] = Id,
        ["DIFFKEEPER_STATE"] = "start",
        ["DIFFKEEPER_PID"] = Pid.ToString(CultureInfo.InvariantCulture),
        ["DIFFKEEPER_RUNTIME"] = Runtime,
        ["DIFFKEEPER_RUNTIME_NAMESPACE"] = RuntimeNamespace,
        ["DIFFKEEPER_BUNDLE"] = Bundle,
        ["DIFFKEEPER_CONTAINER_NAME"] = Name,
        ["DIFFKEEPER_IMAGE"] = Image,
        ["DIFFKEEPER_NAMESPACE"] = Pod?.Namespace,
        ["DIFFKEEPER_POD_NAME"] = Pod?.Name,
        ["DIFFKEEPER_POD_UID"] = Pod?.Uid,
    }.Where(variable => variable.Value is not null).ToDictionary(variable => variable.Key, variable => variable.Value!);
}

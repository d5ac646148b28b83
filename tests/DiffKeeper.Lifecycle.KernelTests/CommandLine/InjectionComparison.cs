using System.Globalization;
using DiffKeeper.Lifecycle.KernelTests.Churn;

namespace DiffKeeper.Lifecycle.KernelTests.CommandLine;

/// <summary>Holds what an agent has injected against what the engines say.</summary>
internal sealed class InjectionComparison(KilledAgent agent)
{
    private const string Bundle = "BUNDLE";

    private readonly ILookup<string, InjectorRun> _runs = agent.Runs;

    /// <summary>How a container was not injected once, or again without a word, or not with its values.</summary>
    public IEnumerable<string> Compare(ContainerTruth container)
    {
        InjectorRun[] runs = [.. _runs[container.Id]];
        int retries = agent.RetriesOf(container.Id);
        if (runs.Length != 1 + retries)
            yield return $"{container}: injected {runs.Length} times, {retries} of them said to be retries";
        foreach (InjectorRun run in runs)
        {
            if (!run.Arguments.SequenceEqual([container.Id]))
                yield return $"{container}: the arguments are {string.Join(' ', run.Arguments)}";
            if (!run.Variables[Bundle].Contains(container.Id, StringComparison.Ordinal))
                yield return $"{container}: the bundle is {run.Variables[Bundle]}";
            if (!Tell(run.Variables).SequenceEqual(Tell(VariablesOf(container))))
                yield return $"{container}: expected {string.Join(' ', Tell(VariablesOf(container)))}, got {string.Join(' ', Tell(run.Variables))}";
        }
    }

    /// <summary>How a container was injected that was not to be.</summary>
    public IEnumerable<string> CompareLeftOut(ContainerTruth container) => _runs[container.Id].Select(_ => $"{container} was injected");

    private static IEnumerable<string> Tell(IEnumerable<KeyValuePair<string, string>> variables) =>
        variables.Where(variable => variable.Key != Bundle).Select(variable => $"{variable.Key}={variable.Value}").Order(StringComparer.Ordinal);

    private static IEnumerable<KeyValuePair<string, string>> VariablesOf(ContainerTruth container) => new Dictionary<string, string?>
    {
        ["CONTAINER_ID"] = container.Id,
        ["STATE"] = "start",
        ["RUNTIME"] = container.Runtime,
        ["RUNTIME_NAMESPACE"] = container.RuntimeNamespace,
        ["NAMESPACE"] = container.Pod?.Namespace,
        ["POD_NAME"] = container.Pod?.Name,
        ["POD_UID"] = container.Pod?.Uid,
        ["CONTAINER_NAME"] = container.Name,
        ["IMAGE"] = container.Image,
        ["PID"] = container.Lives[0].Pid?.ToString(CultureInfo.InvariantCulture),
    }.Where(variable => variable.Value is not null)!;
}

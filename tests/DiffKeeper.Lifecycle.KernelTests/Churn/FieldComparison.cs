using System.Runtime.CompilerServices;

namespace DiffKeeper.Lifecycle.KernelTests.Churn;

/// <summary>Holds the values of the events of one life against what the engine says.</summary>
internal sealed class FieldComparison(ContainerTruth container, LifeTruth life)
{
    private readonly List<Difference> _wrong = [];

    /// <param name="told">The events of this life: the right ones, in the right order.</param>
    public IReadOnlyList<Difference> Compare(IReadOnlyList<LifecycleEvent> told)
    {
        // Where the engine could not be asked in time, one process is at least the same from its start to its end.
        LifecycleEvent? start = told.FirstOrDefault(e => e.State == LifecycleState.Start);
        foreach (LifecycleEvent e in told)
        {
            CompareIdentity(e);
            CompareProcess(e, start);
            CompareOutcome(e);
        }

        return _wrong;
    }

    private void CompareIdentity(LifecycleEvent e)
    {
        Expect(e, container.Runtime, e.Runtime);
        Expect(e, container.OciRuntime, e.OciRuntime);
        Expect(e, container.RuntimeNamespace, e.RuntimeNamespace);
        Expect(e, container.Pod?.Namespace, e.Namespace);
        Expect(e, container.Pod?.Name, e.PodName);
        Expect(e, container.Pod?.Uid, e.PodUid);
        Expect(e, container.Name, e.ContainerName);
        Expect(e, container.Image, e.Image);
        Expect(e, container.IsSandbox, e.Sandbox);
        Expect(e, false, e.Nested);
        Expect(e, false, e.Existing);
        Expect(e, true, e.Bundle?.StartsWith('/') == true && e.Bundle.Contains(container.Id, StringComparison.Ordinal), nameof(e.Bundle));
    }

    private void CompareProcess(LifecycleEvent e, LifecycleEvent? start)
    {
        bool hasProcess = start is not null && e.State != LifecycleState.Create;
        Expect(e, hasProcess ? life.Pid ?? start!.Pid : 0, e.Pid);
        Expect(e, hasProcess, e.Pid > 0, nameof(e.Pid));
        Expect(e, hasProcess ? start!.ProcessStartTime : null, e.ProcessStartTime);
        Expect(e, hasProcess, e.ProcessStartTime is not null, nameof(e.ProcessStartTime));
    }

    private void CompareOutcome(LifecycleEvent e)
    {
        bool isStop = e.State == LifecycleState.Stop;
        Expect(e, isStop ? life.ExitCode : null, e.ExitCode);
        Expect(e, isStop ? life.Signal : null, e.Signal);
        Expect(e, isStop && life.OomKilled, e.OomKilled);
    }

    private void Expect<T>(LifecycleEvent e, T expected, T told, [CallerArgumentExpression(nameof(told))] string field = "")
    {
        if (!EqualityComparer<T>.Default.Equals(expected, told))
            _wrong.Add(new Difference(DifferenceKind.WrongField, $"{container}: {field} is '{told}' and not '{expected}' in {e}"));
    }
}

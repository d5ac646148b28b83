using DiffKeeper.Lifecycle.Containers;
using DiffKeeper.Lifecycle.Kernel;

namespace DiffKeeper.Lifecycle.Recordings;

/// <summary>A node as it was when it was recorded.</summary>
internal sealed class ReplayedNode(Tape tape) : INode, IKernelTasks
{
    public IKernelTasks Tasks => this;

    public ProcessIdentity? Identify(int pid) => tape.Answer(NodeQuestions.Identity, QuestionKey.Of(pid), missing: null);

    public IEnumerable<FoundContainer> Scan(IEnumerable<string> runtimeRoots)
        => tape.Answer(NodeQuestions.Scan, QuestionKey.Node, missing: []).Select(found => found with
        {
            HasStarted = () => tape.Answer(NodeQuestions.HasStarted, QuestionKey.Of(found.Key), missing: true),
        });

    public IEnumerable<RunningRuntime> FindRuntimes() => tape.Answer(NodeQuestions.Runtimes, QuestionKey.Node, missing: []);

    public IEnumerable<int> ForksOf(int pid) => tape.Answer(NodeQuestions.Forks, QuestionKey.Of(pid), missing: []);

    public IReadOnlyDictionary<int, KernelTask> Read() => tape.Answer(NodeQuestions.Tasks, QuestionKey.Node, missing: new Dictionary<int, KernelTask>());

    public KernelTask Follow(int pid, in KernelTask task) => tape.Answer(NodeQuestions.Followed, QuestionKey.Of(pid), missing: task);

    public void Forget(int pid)
    {
        // The kernel's list is what it was.
    }

    public void Follow(CgroupKey cgroup)
    {
        // As above.
    }

    public bool IsFollowed(CgroupKey cgroup) => tape.Answer(NodeQuestions.IsFollowed, QuestionKey.Of(cgroup), missing: true);
}

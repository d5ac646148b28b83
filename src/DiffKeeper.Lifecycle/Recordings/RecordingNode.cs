using DiffKeeper.Lifecycle.Containers;
using DiffKeeper.Lifecycle.Kernel;

namespace DiffKeeper.Lifecycle.Recordings;

/// <summary>A node whose answers are written down.</summary>
internal sealed class RecordingNode(INode node, SessionRecorder recorder) : INode, IKernelTasks
{
    public IKernelTasks Tasks => this;

    public ProcessIdentity? Identify(int pid) => recorder.Note(NodeQuestions.Identity, QuestionKey.Of(pid), node.Identify(pid));

    public IEnumerable<FoundContainer> Scan(IEnumerable<string> runtimeRoots)
        => recorder.Note(NodeQuestions.Scan, QuestionKey.Node, [.. node.Scan(runtimeRoots)]).Select(found => found with
        {
            HasStarted = () => recorder.Note(NodeQuestions.HasStarted, QuestionKey.Of(found.Key), found.HasStarted()),
        });

    public IEnumerable<RunningRuntime> FindRuntimes() => recorder.Note(NodeQuestions.Runtimes, QuestionKey.Node, [.. node.FindRuntimes()]);

    public IEnumerable<int> ForksOf(int pid) => recorder.Note(NodeQuestions.Forks, QuestionKey.Of(pid), [.. node.ForksOf(pid)]);

    public IReadOnlyDictionary<int, KernelTask> Read() => recorder.Note(NodeQuestions.Tasks, QuestionKey.Node, node.Tasks.Read());

    public KernelTask Follow(int pid, in KernelTask task) => recorder.Note(NodeQuestions.Followed, QuestionKey.Of(pid), node.Tasks.Follow(pid, in task));

    public void Forget(int pid) => node.Tasks.Forget(pid);

    public void Follow(CgroupKey cgroup) => node.Tasks.Follow(cgroup);

    public bool IsFollowed(CgroupKey cgroup) => recorder.Note(NodeQuestions.IsFollowed, QuestionKey.Of(cgroup), node.Tasks.IsFollowed(cgroup));
}

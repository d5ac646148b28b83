using DiffKeeper.Lifecycle.Containers;
using DiffKeeper.Lifecycle.Kernel;

namespace DiffKeeper.Lifecycle.Recordings;

/// <summary>Files whose answers are written down.</summary>
internal sealed class RecordingFiles(IContainerFiles files, SessionRecorder recorder) : IContainerFiles
{
    public string? WorkingDirectory(int pid) => recorder.Note(ContainerQuestions.WorkingDirectory, QuestionKey.Of(pid), files.WorkingDirectory(pid));

    public BundleFacts? ReadBundle(string bundle, string id) => recorder.Note(ContainerQuestions.Bundle, QuestionKey.Of(bundle, id), files.ReadBundle(bundle, id));

    public DockerFacts? ReadDocker(string directory) => recorder.Note(ContainerQuestions.Docker, directory, files.ReadDocker(directory));

    public PodmanContainerConfig? ReadPodman(string bundle, string id) => recorder.Note(ContainerQuestions.Podman, QuestionKey.Of(bundle, id), files.ReadPodman(bundle, id));

    public string? ReadConmonName(int conmonPid, string id) => recorder.Note(ContainerQuestions.ConmonName, QuestionKey.Of(conmonPid), files.ReadConmonName(conmonPid, id));

    public string? CgroupPath(int pid) => recorder.Note(ContainerQuestions.CgroupPath, QuestionKey.Of(pid), files.CgroupPath(pid));

    public CgroupKey Cgroup(int pid) => recorder.Note(ContainerQuestions.Cgroup, QuestionKey.Of(pid), files.Cgroup(pid));

    public bool? IsInjectors(int pid) => recorder.Note(ContainerQuestions.IsInjectors, QuestionKey.Of(pid), files.IsInjectors(pid));
}

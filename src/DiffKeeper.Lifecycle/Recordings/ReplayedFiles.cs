using DiffKeeper.Lifecycle.Containers;
using DiffKeeper.Lifecycle.Kernel;

namespace DiffKeeper.Lifecycle.Recordings;

/// <summary>Files as they were when they were recorded.</summary>
internal sealed class ReplayedFiles(Tape tape) : IContainerFiles
{
    public string? WorkingDirectory(int pid) => tape.Answer(ContainerQuestions.WorkingDirectory, QuestionKey.Of(pid), missing: null);

    public BundleFacts? ReadBundle(string bundle, string id) => tape.Answer(ContainerQuestions.Bundle, QuestionKey.Of(bundle, id), missing: null);

    public DockerFacts? ReadDocker(string directory) => tape.Answer(ContainerQuestions.Docker, directory, missing: null);

    public PodmanContainerConfig? ReadPodman(string bundle, string id) => tape.Answer(ContainerQuestions.Podman, QuestionKey.Of(bundle, id), missing: null);

    public string? ReadConmonName(int conmonPid, string id) => tape.Answer(ContainerQuestions.ConmonName, QuestionKey.Of(conmonPid), missing: null);

    public string? CgroupPath(int pid) => tape.Answer(ContainerQuestions.CgroupPath, QuestionKey.Of(pid), missing: null);

    public CgroupKey Cgroup(int pid) => tape.Answer(ContainerQuestions.Cgroup, QuestionKey.Of(pid), missing: default);

    public bool? IsInjectors(int pid) => tape.Answer(ContainerQuestions.IsInjectors, QuestionKey.Of(pid), missing: null);
}

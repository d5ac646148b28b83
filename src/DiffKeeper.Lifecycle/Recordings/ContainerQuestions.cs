using DiffKeeper.Lifecycle.Containers;
using DiffKeeper.Lifecycle.Kernel;

namespace DiffKeeper.Lifecycle.Recordings;

/// <summary>What <see cref="IContainerFiles"/> is asked. Of files only what was understood of them is kept: a bundle holds a container's environment, too.</summary>
internal static class ContainerQuestions
{
    public static Question<string?> WorkingDirectory { get; } = new(1, FrameFields.WriteText, FrameFields.ReadText);

    public static Question<BundleFacts?> Bundle { get; } = new(2, static (writer, facts) => writer.WriteOptional(facts, WriteBundle), static reader => reader.ReadOptional(ReadBundle));

    public static Question<DockerFacts?> Docker { get; } = new(3, static (writer, facts) => writer.WriteOptional(facts, WriteDocker), static reader => reader.ReadOptional(ReadDocker));

    public static Question<PodmanContainerConfig?> Podman { get; } = new(4, static (writer, facts) => writer.WriteOptional(facts, WritePodman), static reader => reader.ReadOptional(ReadPodman));

    public static Question<string?> ConmonName { get; } = new(5, FrameFields.WriteText, FrameFields.ReadText);

    public static Question<string?> CgroupPath { get; } = new(6, FrameFields.WriteText, FrameFields.ReadText);

    public static Question<CgroupKey> Cgroup { get; } = new(7, WriteCgroup, ReadCgroup);

    /// <summary>1 for yes, 0 for no, 255 for a process that could not be asked.</summary>
    public static Question<bool?> IsInjectors { get; } = new(
        8,
        static (writer, answer) => writer.Write(answer switch { null => byte.MaxValue, true => (byte)1, false => (byte)0 }),
        static reader => reader.ReadByte() switch { 0 => false, 1 => true, _ => null });

    public static void WriteCgroup(BinaryWriter writer, CgroupKey cgroup)
    {
        writer.Write(cgroup.Id);
        writer.Write(cgroup.Hierarchy);
    }

    public static CgroupKey ReadCgroup(BinaryReader reader) => new(reader.ReadUInt64(), reader.ReadInt32());

    private static void WriteBundle(BinaryWriter writer, BundleFacts facts)
    {
        writer.WriteOptional(facts.Identity, static (writer, identity) =>
        {
            writer.WriteText(identity.Manager);
            writer.WriteText(identity.CgroupsPath);
            writer.WriteOptional(identity.Pod, WritePod);
            writer.WriteText(identity.Image);
            writer.Write(identity.IsSpoofed);
        });
        writer.WriteText(facts.DockerDirectory);
    }

    private static BundleFacts ReadBundle(BinaryReader reader) => new(
        reader.ReadOptional(static reader => new BundleIdentity
        {
            Manager = reader.ReadText(),
            CgroupsPath = reader.ReadText(),
            Pod = reader.ReadOptional(ReadPod),
            Image = reader.ReadText(),
            IsSpoofed = reader.ReadBoolean(),
        }),
        reader.ReadText());

    private static void WriteDocker(BinaryWriter writer, DockerFacts facts)
    {
        writer.WriteOptional(facts.Configuration, static (writer, configuration) =>
        {
            writer.WriteText(configuration.Id);
            writer.WriteText(configuration.Name);
            writer.WriteText(configuration.Image);
            writer.WriteOptional(configuration.Pod, WritePod);
        });
        writer.WriteLabels(facts.Labels);
    }

    private static DockerFacts ReadDocker(BinaryReader reader) => new(
        reader.ReadOptional(static reader => new DockerContainerConfig
        {
            Id = reader.ReadText(),
            Name = reader.ReadText(),
            Image = reader.ReadText(),
            Pod = reader.ReadOptional(ReadPod),
        }),
        reader.ReadLabels());

    private static void WritePodman(BinaryWriter writer, PodmanContainerConfig configuration)
    {
        writer.WriteText(configuration.Id);
        writer.WriteText(configuration.Name);
        writer.WriteText(configuration.Image);
        writer.WriteLabels(configuration.Labels);
    }

    private static PodmanContainerConfig ReadPodman(BinaryReader reader) => new()
    {
        Id = reader.ReadText(),
        Name = reader.ReadText(),
        Image = reader.ReadText(),
        Labels = reader.ReadLabels(),
    };

    private static void WritePod(BinaryWriter writer, PodIdentity pod)
    {
        writer.Write(pod.Namespace);
        writer.WriteText(pod.PodName);
        writer.WriteText(pod.PodUid);
        writer.WriteText(pod.ContainerName);
        writer.Write(pod.IsSandbox);
        writer.WriteText(pod.SandboxId);
    }

    private static PodIdentity ReadPod(BinaryReader reader) => new()
    {
        Namespace = reader.ReadString(),
        PodName = reader.ReadText(),
        PodUid = reader.ReadText(),
        ContainerName = reader.ReadText(),
        IsSandbox = reader.ReadBoolean(),
        SandboxId = reader.ReadText(),
    };
}

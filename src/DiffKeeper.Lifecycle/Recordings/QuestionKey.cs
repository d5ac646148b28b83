using System.Globalization;
using DiffKeeper.Lifecycle.Containers;
using DiffKeeper.Lifecycle.Kernel;

namespace DiffKeeper.Lifecycle.Recordings;

/// <summary>Whom or what a question is about, as text.</summary>
internal static class QuestionKey
{
    /// <summary>The node as a whole.</summary>
    public const string Node = "";

    public static string Of(int pid) => pid.ToString(CultureInfo.InvariantCulture);

    public static string Of(CgroupKey cgroup) => string.Create(CultureInfo.InvariantCulture, $"{cgroup.Hierarchy}:{cgroup.Id}");

    public static string Of(ContainerKey container) => $"{container.Root}/{container.Id}";

    public static string Of(string bundle, string id) => $"{id} {bundle}";
}

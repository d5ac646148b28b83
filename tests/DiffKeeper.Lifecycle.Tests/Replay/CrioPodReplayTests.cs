namespace DiffKeeper.Lifecycle.Tests.Replay;

public sealed class CrioPodReplayTests
{
    private readonly ReplayedNode _node = ReplayedNode.Replay("crio");

    [TestCase("crio crun container RunPodSandbox", 0)]
    [TestCase("crio runc container RunPodSandbox", 0)]
    [TestCase("crio crun pod RunPodSandbox", 1)]
    [TestCase("crio runc pod RunPodSandbox", 1)]
    public void A_pod_without_an_infra_container_starts_nothing(string section, int started)
    {
        Assert.That(_node.Sections, Does.Contain(section));
        Assert.That(_node.Lives.Count(life => life.Section == section && life.States.Contains(LifecycleState.Start)), Is.EqualTo(started));
    }
}

using DiffKeeper.Lifecycle.Containers;
using DiffKeeper.Lifecycle.Injection;

namespace DiffKeeper.Lifecycle.Tests.Injection;

public sealed class OwnContainerTests
{
    private const string Host = "mnt:[1]";

    private static readonly string Here = ProcessFiles.NamespaceLink(Environment.ProcessId, "mnt")!;

    [Test]
    public void The_container_that_shares_the_program_s_mount_namespace_is_its_own()
        => Assert.That(new OwnContainer(Here, Host).ReasonToSkip(Told.Start(pid: Environment.ProcessId)), Does.Contain("itself"));

    [Test]
    public void Another_container_is_not_its_own()
    {
        Assert.That(new OwnContainer("mnt:[2]", Host).ReasonToSkip(Told.Start(pid: Environment.ProcessId)), Is.Null);
        Assert.That(new OwnContainer(Here, Host).ReasonToSkip(Told.Create()), Is.Null);
        Assert.That(new OwnContainer(Here, Host).ReasonToSkip(Told.Start(pid: int.MaxValue)), Is.Null);
    }

    [Test]
    public void A_program_on_the_node_itself_is_in_no_container_whatever_shares_its_mount_namespace()
        => Assert.That(new OwnContainer(Here, Here).ReasonToSkip(Told.Start(pid: Environment.ProcessId)), Is.Null);
}

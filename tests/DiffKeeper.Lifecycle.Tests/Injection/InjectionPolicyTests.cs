namespace DiffKeeper.Lifecycle.Tests.Injection;

public sealed class InjectionPolicyTests
{
    private static readonly LifecycleEvent Pod = Told.Start() with { Namespace = "shop-test" };

    [Test]
    public void Every_container_is_injected_at_its_start_unless_something_else_is_asked_for()
    {
        var policy = new InjectionPolicy();

        Assert.That(policy.ReasonToSkip(Told.Start()), Is.Null);
        Assert.That(policy.ReasonToSkip(Pod), Is.Null);
        Assert.That(policy.ReasonToSkip(Told.Create()), Is.Not.Null);
        Assert.That(policy.ReasonToSkip(Told.Stop()), Is.Not.Null);
    }

    [Test]
    public void Containers_can_be_injected_at_their_creation_as_well()
    {
        var policy = new InjectionPolicy { States = [LifecycleState.Create, LifecycleState.Start] };

        Assert.That(policy.ReasonToSkip(Told.Create()), Is.Null);
        Assert.That(policy.ReasonToSkip(Told.Start()), Is.Null);
    }

    [Test]
    public void Sandboxes_and_nested_containers_are_left_out_unless_they_are_asked_for()
    {
        LifecycleEvent sandbox = Pod with { Sandbox = true }, nested = Told.Start() with { Nested = true };
        var all = new InjectionPolicy { IncludeSandboxes = true, IncludeNested = true };

        Assert.That(new InjectionPolicy().ReasonToSkip(sandbox), Does.Contain("sandbox"));
        Assert.That(new InjectionPolicy().ReasonToSkip(nested), Does.Contain("nested"));
        Assert.That(all.ReasonToSkip(sandbox), Is.Null);
        Assert.That(all.ReasonToSkip(nested), Is.Null);
    }

    [Test]
    public void Only_the_namespaces_are_injected_that_are_allowed()
    {
        var policy = new InjectionPolicy { AllowedNamespaces = ["shop-*", "web"] };

        Assert.That(policy.ReasonToSkip(Pod), Is.Null);
        Assert.That(policy.ReasonToSkip(Pod with { Namespace = "web" }), Is.Null);
        Assert.That(policy.ReasonToSkip(Pod with { Namespace = "kube-system" }), Does.Contain("kube-system"));
    }

    [Test]
    public void Where_namespaces_are_allowed_a_container_outside_Kubernetes_is_in_none_of_them()
        => Assert.That(new InjectionPolicy { AllowedNamespaces = ["*"] }.ReasonToSkip(Told.Start()), Does.Contain("no Kubernetes namespace"));

    [Test]
    public void A_namespace_that_is_denied_is_so_even_when_it_is_allowed()
    {
        var policy = new InjectionPolicy { AllowedNamespaces = ["shop-*"], DeniedNamespaces = ["*-test"] };

        Assert.That(policy.ReasonToSkip(Pod), Does.Contain("denies"));
        Assert.That(policy.ReasonToSkip(Pod with { Namespace = "shop-live" }), Is.Null);
        Assert.That(new InjectionPolicy { DeniedNamespaces = ["*"] }.ReasonToSkip(Told.Start()), Is.Null);
    }

    [Test]
    public void The_engine_s_own_namespace_is_not_Kubernetes()
    {
        var policy = new InjectionPolicy { AllowedNamespaces = ["k8s.io"] };

        Assert.That(policy.ReasonToSkip(Pod with { RuntimeNamespace = "k8s.io" }), Is.Not.Null);
    }

    [Test]
    public void Only_the_runtimes_are_injected_that_are_named()
    {
        var policy = new InjectionPolicy { Runtimes = ["dockerd", "containerd"] };

        Assert.That(policy.ReasonToSkip(Told.Start()), Is.Null);
        Assert.That(policy.ReasonToSkip(Told.Start() with { Runtime = "podman" }), Does.Contain("podman"));
    }

    [Test]
    public void What_is_no_policy_is_refused_at_once()
    {
        var policy = new InjectionPolicy();

        Assert.That(() => policy.States = [], Throws.ArgumentException);
        Assert.That(() => policy.States = [LifecycleState.Stop], Throws.ArgumentException);
        Assert.That(() => policy.AllowedNamespaces = [""], Throws.ArgumentException);
        Assert.That(() => policy.DeniedNamespaces = [""], Throws.ArgumentException);
        Assert.That(() => policy.Runtimes = [""], Throws.ArgumentException);
        Assert.That(() => policy.Runtimes = null!, Throws.ArgumentNullException);
    }
}

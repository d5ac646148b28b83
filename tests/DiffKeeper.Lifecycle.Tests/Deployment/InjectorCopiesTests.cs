using DiffKeeper.Lifecycle.Tests.Documentation;

namespace DiffKeeper.Lifecycle.Tests.Deployment;

/// <summary>Neither kustomize nor Helm reads a file outside of its own directory: each has a copy of the sample's injector.</summary>
public sealed class InjectorCopiesTests
{
    [TestCase("deploy/kubernetes/inject.sh")]
    [TestCase("deploy/helm/diffkeeper/files/inject.sh")]
    public void What_is_deployed_is_the_samples_injector(string copy)
        => Assert.That(Repository.Read(copy), Is.EqualTo(Repository.Read("samples/injectors/note.sh")));
}

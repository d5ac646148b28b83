namespace DiffKeeper.Lifecycle.KernelTests.Kubernetes;

/// <summary>The node of the tests here: it is made when the first one asks for it, since its image takes a while, and ends with the last one.</summary>
[SetUpFixture]
public sealed class SharedNode
{
    private static readonly Lazy<Task<KubernetesNode>> Node = new(KubernetesNode.StartAsync);

    internal static Task<KubernetesNode> StartedAsync() => Node.Value;

    [OneTimeTearDown]
    public async Task Stop()
    {
        if (Node is { IsValueCreated: true, Value.IsCompletedSuccessfully: true })
            await (await Node.Value).DisposeAsync();
    }
}

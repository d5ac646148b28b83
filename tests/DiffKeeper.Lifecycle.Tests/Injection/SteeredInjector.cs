using System.Threading.Channels;

namespace DiffKeeper.Lifecycle.Tests.Injection;

/// <summary>An injector whose every call waits until the test says how it ends.</summary>
internal sealed class SteeredInjector : IInjector
{
    private readonly Channel<Call> _calls = Channel.CreateUnbounded<Call>();

    /// <summary>Calls that no test has asked for yet.</summary>
    public int Waiting => _calls.Reader.Count;

    /// <summary>The next call, once it has come.</summary>
    public async Task<Call> NextAsync() => await _calls.Reader.ReadAsync(TestContext.CurrentContext.CancellationToken);

    public async ValueTask<InjectionResult> InjectAsync(LifecycleEvent container, CancellationToken cancellationToken)
    {
        var call = new Call(container);
        _calls.Writer.TryWrite(call);
        return await call.Result.Task.WaitAsync(cancellationToken);
    }

    internal sealed record Call(LifecycleEvent Container)
    {
        public TaskCompletionSource<InjectionResult> Result { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Succeed() => Result.SetResult(InjectionResult.Succeeded);

        public void Fail(string reason = "No luck.", bool mayRetry = true) => Result.SetResult(InjectionResult.Failed(reason, mayRetry));
    }
}

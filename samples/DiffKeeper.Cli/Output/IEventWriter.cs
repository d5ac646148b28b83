using DiffKeeper.Lifecycle;

namespace DiffKeeper.Cli.Output;

/// <summary>Puts events on standard output.</summary>
internal interface IEventWriter : IDisposable
{
    void Write(LifecycleEvent lifecycleEvent);
}

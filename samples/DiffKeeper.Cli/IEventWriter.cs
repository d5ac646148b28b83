using DiffKeeper.Lifecycle;

namespace DiffKeeper.Cli;

/// <summary>Puts events on standard output.</summary>
internal interface IEventWriter : IDisposable
{
    void Write(LifecycleEvent lifecycleEvent);
}

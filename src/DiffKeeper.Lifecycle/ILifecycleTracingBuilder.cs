using Microsoft.Extensions.DependencyInjection;

namespace DiffKeeper.Lifecycle;

/// <summary>What a host does with the containers that it is told of.</summary>
public interface ILifecycleTracingBuilder
{
    /// <summary>The host's services.</summary>
    IServiceCollection Services { get; }
}

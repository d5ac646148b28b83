using Microsoft.Extensions.DependencyInjection;

namespace DiffKeeper.Lifecycle.Hosting;

internal sealed class LifecycleTracingBuilder(IServiceCollection services) : ILifecycleTracingBuilder
{
    public IServiceCollection Services => services;
}

using DiffKeeper.Lifecycle.Kernel;

namespace DiffKeeper.Lifecycle.Diagnostics;

/// <summary>What is looked at.</summary>
/// <param name="Kernel">What is known of the kernel and of this process.</param>
/// <param name="Files">What the paths are of that are looked at.</param>
/// <param name="Load">Loads the programs and unloads them, and throws as <see cref="LifecycleTracer.Create"/> does.</param>
internal sealed record ExaminedSystem(KernelEnvironment Kernel, SystemFiles Files, Action<LifecycleTracerOptions> Load)
{
    public static ExaminedSystem Current => new(KernelEnvironment.Current, new SystemFiles(), static options => LifecycleProgram.Load(options).Dispose());
}

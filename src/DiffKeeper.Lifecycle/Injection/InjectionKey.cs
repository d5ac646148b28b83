using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace DiffKeeper.Lifecycle.Injection;

/// <summary>One injection: a container, in one of its lives, at one state.</summary>
/// <param name="ContainerId">As the event has it.</param>
/// <param name="Life">What tells this life from every other; it is the same for every tracer.</param>
/// <param name="State">Create or start.</param>
internal readonly record struct InjectionKey(string ContainerId, string Life, LifecycleState State)
{
    private const int DigestLength = 16;

    public static InjectionKey Of(LifecycleEvent container) => container.State == LifecycleState.Create ? AtCreate(container) : AtStart(container);

    /// <summary>Both injections that a container may have had.</summary>
    public static IEnumerable<InjectionKey> AllOf(LifecycleEvent container) => [AtCreate(container), AtStart(container)];

    /// <summary>
    /// There is no process yet that would tell one life from the next, and the time of the runtime's exec is lost on whoever comes later: the container
    /// itself has to do, which goes before it can be created again. The bundle tells containers apart to which two engines gave one ID.
    /// </summary>
    private static InjectionKey AtCreate(LifecycleEvent container)
    {
        byte[] digest = SHA256.HashData(Encoding.UTF8.GetBytes($"{container.Runtime}\0{container.RuntimeNamespace}\0{container.Bundle}"));
        return new InjectionKey(container.ContainerId, Convert.ToHexStringLower(digest)[..DigestLength], LifecycleState.Create);
    }

    private static InjectionKey AtStart(LifecycleEvent container)
    {
        // A tracer that isn't this library's may not count as the kernel does.
        ulong start = container.ProcessStartTicks ?? (ulong)(container.ProcessStartTime?.ToUnixTimeMilliseconds() ?? 0);
        return new InjectionKey(container.ContainerId, string.Create(CultureInfo.InvariantCulture, $"{container.Pid}-{start}"), LifecycleState.Start);
    }
}

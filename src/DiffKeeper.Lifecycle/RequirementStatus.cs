namespace DiffKeeper.Lifecycle;

/// <summary>Whether a <see cref="TracingRequirement"/> is fulfilled.</summary>
public enum RequirementStatus
{
    /// <summary>It is there.</summary>
    Met = 1,

    /// <summary>It isn't, and tracing, or the injector that was asked about, is not possible without it.</summary>
    Missing = 2,

    /// <summary>It isn't, or not wholly: containers are told of, but less of each.</summary>
    Degraded = 3,

    /// <summary>It isn't needed here, or can't be told because something else is missing.</summary>
    NotApplicable = 4,
}

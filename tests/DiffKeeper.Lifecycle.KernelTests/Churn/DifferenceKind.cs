namespace DiffKeeper.Lifecycle.KernelTests.Churn;

internal enum DifferenceKind
{
    /// <summary>An event that should have been told was not.</summary>
    Missing,

    /// <summary>An event was told more often than it happened.</summary>
    Doubled,

    /// <summary>The right events, in another order than they happened in.</summary>
    OutOfOrder,

    /// <summary>A value of an event isn't what the engine says.</summary>
    WrongField,

    /// <summary>An event of something that did not happen.</summary>
    Extra,
}

namespace DiffKeeper.Lifecycle.Containers;

/// <summary>Why a JSON document of an engine's gives no identity.</summary>
internal enum DocumentRejection
{
    None = 0,

    Empty,

    /// <summary>Longer than <see cref="DocumentLimits.MaxBytes"/>.</summary>
    TooLarge,

    /// <summary>
    /// Not JSON, cut short, nested deeper than <see cref="DocumentLimits.MaxDepth"/>, or of another shape than the engine writes.
    /// </summary>
    Malformed,

    /// <summary>A key that matters stands twice. Readers differ in which one counts, the OCI runtimes among them, so neither is believed.</summary>
    DuplicateKey,

    /// <summary>A value that matters is longer than <see cref="DocumentLimits.MaxValueBytes"/>.</summary>
    ValueTooLong,

    /// <summary>A value that matters isn't valid text, or has control characters, which no name has.</summary>
    InvalidText,
}

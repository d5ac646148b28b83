namespace DiffKeeper.Lifecycle.RingBuffers;

/// <summary>How much one drain may take before it gives the ring's space back and lets its caller look at other things.</summary>
/// <remarks>
/// A ref struct, so that it can only live on the stack: <see cref="RingBuffer.Drain"/> takes it by reference, and by that the compiler
/// binds the records of the drain to the stack frame, too.
/// </remarks>
public readonly ref struct DrainLimits
{
    /// <summary>The most records that are handed out.</summary>
    /// <remarks>Defaults to 1024.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public int Records
    {
        get => field == 0 ? 1024 : field;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    }

    /// <summary>
    /// The bytes of the ring, headers and discarded records included, after which no further record is begun. The record that reaches the
    /// bound is handed out whole, so every drain makes progress.
    /// </summary>
    /// <remarks>Defaults to 65536.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public int Bytes
    {
        get => field == 0 ? 64 * 1024 : field;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    }
}

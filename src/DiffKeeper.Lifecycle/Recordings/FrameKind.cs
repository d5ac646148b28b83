namespace DiffKeeper.Lifecycle.Recordings;

/// <summary>What a frame of a recording holds.</summary>
internal enum FrameKind : byte
{
    /// <summary>Of what; the first frame of every recording.</summary>
    Session = 1,

    /// <summary>One record, as the ring had it.</summary>
    Record = 2,

    /// <summary>Here the picture was made true again, as it is at the start and after a loss.</summary>
    Reconciliation = 3,

    /// <summary>Here the records end that were handled in one go within a reconciliation.</summary>
    Drained = 4,

    /// <summary>How much the kernel could not tell so far.</summary>
    Losses = 5,

    /// <summary>Something that the node was asked for the frame before.</summary>
    Answer = 6,

    /// <summary>Everything before is whole: what is written at once ends with it.</summary>
    Round = 7,

    /// <summary>The recording was ended, and not cut off.</summary>
    End = 8,
}

namespace DiffKeeper.Lifecycle.Recordings;

/// <summary>A recording ends amid something that can't be told of in part.</summary>
internal sealed class RecordingCutOffException : Exception;

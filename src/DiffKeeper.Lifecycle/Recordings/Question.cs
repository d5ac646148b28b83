namespace DiffKeeper.Lifecycle.Recordings;

/// <summary>Something that the tracker asks the node, and how its answer is written.</summary>
/// <param name="Code">Which it is, in the file.</param>
/// <param name="Write">Writes an answer.</param>
/// <param name="Read">Reads it.</param>
internal sealed record Question<TAnswer>(byte Code, Action<BinaryWriter, TAnswer> Write, Func<BinaryReader, TAnswer> Read);

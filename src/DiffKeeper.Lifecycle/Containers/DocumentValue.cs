namespace DiffKeeper.Lifecycle.Containers;

/// <summary>A string of a document: its text, or why it can't be had.</summary>
/// <param name="Text"><see langword="null"/> where the key wasn't there; empty for a JSON null.</param>
/// <param name="Rejection">Kept with the value and not raised, so that a value nobody needs, which a pod may have chosen, spoils nothing.</param>
internal readonly record struct DocumentValue(string? Text, DocumentRejection Rejection)
{
    public bool IsPresent => Text is not null || Rejection != DocumentRejection.None;
}

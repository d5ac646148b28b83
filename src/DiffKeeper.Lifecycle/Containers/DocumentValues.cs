namespace DiffKeeper.Lifecycle.Containers;

/// <summary>The values of one document by key, not judged yet.</summary>
internal sealed class DocumentValues
{
    private readonly DocumentValue[] _values = new DocumentValue[(int)DocumentKey.Count];

    /// <summary>Why the document, or a value that was taken, can't be used; the first reason counts.</summary>
    public DocumentRejection Rejection { get; private set; }

    /// <summary>Reads the property's value in, whatever the key already holds.</summary>
    public void ReadValue(ref DocumentReader document, DocumentKey key) => document.ReadStringOnce(ref _values[(int)key]);

    /// <summary>Reads in the properties of the object that is the property's value, as far as <paramref name="keyOf"/> knows their names.</summary>
    public void ReadObject(ref DocumentReader document, ref bool entered, Func<ReadOnlySpan<char>, DocumentKey> keyOf)
    {
        if (!document.EnterObjectOnce(ref entered))
            return;

        Span<char> buffer = stackalloc char[DocumentReader.MaxNameLength];
        while (document.NextProperty())
        {
            DocumentKey key = keyOf(document.CopyName(buffer));
            if (key == DocumentKey.None)
                document.Skip();
            else
                ReadValue(ref document, key);
        }
    }

    /// <summary>Makes sure that the document is whole.</summary>
    public DocumentValues Finish(ref DocumentReader document)
    {
        document.ExpectEnd();
        Rejection = document.Rejection;
        return this;
    }

    /// <summary>A value that is believed: from now on, what is wrong with it is wrong with the whole.</summary>
    /// <returns><see langword="null"/> where it is missing or empty.</returns>
    public string? Take(DocumentKey key)
    {
        DocumentValue value = _values[(int)key];
        if (Rejection == DocumentRejection.None)
            Rejection = value.Rejection;
        return string.IsNullOrEmpty(value.Text) ? null : value.Text;
    }
}

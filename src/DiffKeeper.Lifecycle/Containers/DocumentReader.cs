using System.Text.Json;

namespace DiffKeeper.Lifecycle.Containers;

/// <summary>
/// Walks a JSON document from property to property within <see cref="DocumentLimits"/>. It ends early, with a reason, and never throws.
/// </summary>
internal ref struct DocumentReader
{
    /// <summary>Longer than any key in the tables; a longer one is unknown anyway.</summary>
    public const int MaxNameLength = 64;

    private Utf8JsonReader _json;

    public DocumentReader(ReadOnlySpan<byte> json)
    {
        _json = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = DocumentLimits.MaxDepth });
        if (json.IsEmpty)
            Reject(DocumentRejection.Empty);
        else if (json.Length > DocumentLimits.MaxBytes)
            Reject(DocumentRejection.TooLarge);
        else if (!Read() || _json.TokenType != JsonTokenType.StartObject)
            Reject(DocumentRejection.Malformed);
    }

    /// <summary>Why the document can't be used; the first reason counts.</summary>
    public DocumentRejection Rejection { get; private set; }

    /// <summary>Goes on to the next property of the object; false at its end, and once something is wrong.</summary>
    public bool NextProperty() => Read() && _json.TokenType == JsonTokenType.PropertyName;

    /// <summary>The property's name as characters in <paramref name="buffer"/>, for a <c>switch</c>; empty where no table can have it.</summary>
    public readonly ReadOnlySpan<char> CopyName(Span<char> buffer)
    {
        try
        {
            return _json.ValueSpan.Length > buffer.Length ? default : buffer[.._json.CopyString(buffer)];
        }
        catch (InvalidOperationException)
        {
            // Utf8JsonReader's answer to text that isn't UTF-8, or to half a surrogate pair.
            return default;
        }
    }

    /// <summary>Enters the object that is the property's value; false where it is null. A second time is refused.</summary>
    public bool EnterObjectOnce(ref bool entered)
    {
        if (entered)
            return Reject(DocumentRejection.DuplicateKey);

        entered = true;
        if (!Read() || _json.TokenType == JsonTokenType.Null)
            return false;
        return _json.TokenType == JsonTokenType.StartObject || Reject(DocumentRejection.Malformed);
    }

    /// <summary>Reads the string that is the property's value into <paramref name="target"/>, which must not have one yet.</summary>
    public void ReadStringOnce(ref DocumentValue target)
    {
        bool isDuplicate = target.IsPresent;
        if (!Read())
            return;

        target = isDuplicate ? new DocumentValue(null, DocumentRejection.DuplicateKey) : CopyValue();
        Skip();
    }

    /// <summary>Passes over the property's value, whatever it is.</summary>
    public void Skip()
    {
        try
        {
            _json.Skip();
        }
        catch (JsonException)
        {
            Reject(DocumentRejection.Malformed);
        }
    }

    /// <summary>Makes sure that the document is whole and that nothing follows it.</summary>
    public void ExpectEnd()
    {
        if (Rejection == DocumentRejection.None && (_json.TokenType != JsonTokenType.EndObject || Read()))
            Reject(DocumentRejection.Malformed);
    }

    private readonly DocumentValue CopyValue()
    {
        if (_json.TokenType == JsonTokenType.Null)
            return new DocumentValue(string.Empty, DocumentRejection.None);
        if (_json.TokenType != JsonTokenType.String)
            return new DocumentValue(null, DocumentRejection.Malformed);
        if (_json.ValueSpan.Length > DocumentLimits.MaxValueBytes)
            return new DocumentValue(null, DocumentRejection.ValueTooLong);

        try
        {
            string text = _json.GetString()!;
            return text.AsSpan().ContainsAnyInRange('\0', '\u001f') || text.Contains('\u007f')
                ? new DocumentValue(null, DocumentRejection.InvalidText)
                : new DocumentValue(text, DocumentRejection.None);
        }
        catch (InvalidOperationException)
        {
            return new DocumentValue(null, DocumentRejection.InvalidText);
        }
    }

    private bool Read()
    {
        if (Rejection != DocumentRejection.None)
            return false;

        try
        {
            return _json.Read();
        }
        catch (JsonException)
        {
            return Reject(DocumentRejection.Malformed);
        }
    }

    private bool Reject(DocumentRejection rejection)
    {
        if (Rejection == DocumentRejection.None)
            Rejection = rejection;
        return false;
    }
}

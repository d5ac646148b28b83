using System.Text.Json;

namespace DiffKeeper.Lifecycle.Containers;

/// <summary>The labels in an engine's own document of a container: the image's and the container's own.</summary>
internal static class DocumentLabels
{
    /// <summary>Enough for every tool that writes labels of its own; what comes after is left out.</summary>
    private const int MaxLabels = 256;

    /// <param name="json">The whole document.</param>
    /// <param name="path">The names of the properties that lead to them.</param>
    /// <returns><see langword="null"/> where there are none, or the document can't be used.</returns>
    public static IReadOnlyDictionary<string, string>? Read(ReadOnlySpan<byte> json, params ReadOnlySpan<string> path)
    {
        var labels = new Dictionary<string, string>();
        try
        {
            var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = DocumentLimits.MaxDepth });
            foreach (string name in path)
            {
                if (!Enter(ref reader, name))
                    return null;
            }

            ReadInto(labels, ref reader);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }

        return labels.Count == 0 ? null : labels;
    }

    /// <summary>Goes on to the object that is the value of a property of this one.</summary>
    private static bool Enter(ref Utf8JsonReader reader, string name)
    {
        if (reader.TokenType == JsonTokenType.None)
            reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isIt = reader.ValueTextEquals(name);
            reader.Read();
            if (isIt)
                return reader.TokenType == JsonTokenType.StartObject;
            reader.Skip();
        }

        return false;
    }

    private static void ReadInto(Dictionary<string, string> labels, ref Utf8JsonReader reader)
    {
        while (labels.Count < MaxLabels && reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = reader.GetString()!;
            reader.Read();
            if (reader.TokenType == JsonTokenType.String && reader.ValueSpan.Length <= DocumentLimits.MaxValueBytes)
                labels[name] = reader.GetString()!;
            else
                reader.Skip();
        }
    }
}

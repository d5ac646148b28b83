using System.Text.Json;

namespace DiffKeeper.Lifecycle.Containers;

/// <summary>The labels in Docker's <c>config.v2.json</c>: the image's and the container's own.</summary>
internal static class DockerLabels
{
    /// <summary>Enough for every tool that writes labels of its own; what comes after is left out.</summary>
    private const int MaxLabels = 256;

    /// <returns><see langword="null"/> where there are none, or the file can't be used.</returns>
    public static IReadOnlyDictionary<string, string>? Read(ReadOnlySpan<byte> json)
    {
        var labels = new Dictionary<string, string>();
        try
        {
            var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = DocumentLimits.MaxDepth });
            if (Enter(ref reader, "Config"u8) && Enter(ref reader, "Labels"u8))
                ReadInto(labels, ref reader);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }

        return labels.Count == 0 ? null : labels;
    }

    /// <summary>Goes on to the object that is the value of a property of this one.</summary>
    private static bool Enter(ref Utf8JsonReader reader, ReadOnlySpan<byte> name)
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

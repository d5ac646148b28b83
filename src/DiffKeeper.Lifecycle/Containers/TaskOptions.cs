using System.Text.Json;

namespace DiffKeeper.Lifecycle.Containers;

/// <summary>What containerd's options.json in a bundle says of the OCI runtime (containerd 1.6 and later; runc.options.Options).</summary>
/// <param name="Root">The runtime's state directory, to which the namespace is appended; <see langword="null"/> for the default.</param>
/// <param name="Runtime">The runtime's executable; <see langword="null"/> for the default.</param>
internal sealed record TaskOptions(string? Root, string? Runtime)
{
    public static TaskOptions None { get; } = new(null, null);

    public static TaskOptions Read(ReadOnlySpan<byte> json)
    {
        string? root = null, runtime = null;
        try
        {
            var reader = new Utf8JsonReader(json);
            while (reader.Read())
            {
                if (reader.TokenType != JsonTokenType.PropertyName || reader.CurrentDepth != 1)
                    continue;
                if (reader.ValueTextEquals("root"u8) && reader.Read())
                    root = reader.GetString();
                else if (reader.ValueTextEquals("binary_name"u8) && reader.Read())
                    runtime = Path.GetFileName(reader.GetString());
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return None;
        }

        return new TaskOptions(string.IsNullOrEmpty(root) ? null : root, string.IsNullOrEmpty(runtime) ? null : runtime);
    }
}

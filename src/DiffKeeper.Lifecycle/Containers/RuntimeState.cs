using System.Text.Json;

namespace DiffKeeper.Lifecycle.Containers;

/// <summary>What an OCI runtime wrote down about a container of its own.</summary>
/// <param name="Pid">The init process.</param>
/// <param name="Bundle">The bundle's directory.</param>
internal sealed record RuntimeState(int Pid, string Bundle)
{
    private const string BundleLabel = "bundle=";

    /// <summary>runc's state.json (libcontainer's State): the bundle is among the labels of the configuration.</summary>
    public static RuntimeState? ReadRunc(ReadOnlySpan<byte> json) => Read(json, "init_process_pid");

    /// <summary>crun's status (libcrun_container_status_t).</summary>
    public static RuntimeState? ReadCrun(ReadOnlySpan<byte> json) => Read(json, "pid");

    private static RuntimeState? Read(ReadOnlySpan<byte> json, ReadOnlySpan<char> pidName)
    {
        int pid = 0;
        string? bundle = null;
        try
        {
            var reader = new Utf8JsonReader(json);
            while (reader.Read() && (pid == 0 || bundle is null))
            {
                bool isTop = reader.CurrentDepth == 1 && reader.TokenType == JsonTokenType.PropertyName;
                if (isTop && reader.ValueTextEquals(pidName) && reader.Read())
                    pid = reader.GetInt32();
                else if (isTop && reader.ValueTextEquals("bundle"u8) && reader.Read())
                    bundle = reader.GetString();
                else if (reader.TokenType == JsonTokenType.String && reader.ValueSpan.StartsWith("bundle="u8))
                    bundle = reader.GetString()![BundleLabel.Length..];
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            return null;
        }

        return pid > 0 && bundle is not null ? new RuntimeState(pid, bundle) : null;
    }
}

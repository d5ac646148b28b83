using System.Text.Json.Serialization;

namespace DiffKeeper.Lifecycle;

/// <summary>
/// Writes and reads events as JSON without reflection: names in camelCase, states likewise (<c>createFailed</c>), timestamps in ISO 8601,
/// UTC, to the microsecond. What is absent, false or 0 by default is left out, but never an exit code.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
    Converters = [typeof(LifecycleStateJsonConverter), typeof(MicrosecondTimestampJsonConverter)])]
[JsonSerializable(typeof(LifecycleEvent))]
public sealed partial class LifecycleJsonContext : JsonSerializerContext;

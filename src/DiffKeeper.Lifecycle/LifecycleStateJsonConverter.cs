using System.Text.Json;
using System.Text.Json.Serialization;

namespace DiffKeeper.Lifecycle;

/// <summary><see cref="LifecycleState.CreateFailed"/> as <c>createFailed</c>.</summary>
internal sealed class LifecycleStateJsonConverter() : JsonStringEnumConverter<LifecycleState>(JsonNamingPolicy.CamelCase, allowIntegerValues: false);

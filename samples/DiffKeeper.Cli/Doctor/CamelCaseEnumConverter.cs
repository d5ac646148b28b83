using System.Text.Json;
using System.Text.Json.Serialization;

namespace DiffKeeper.Cli.Doctor;

/// <summary><c>NotApplicable</c> as <c>notApplicable</c>.</summary>
internal sealed class CamelCaseEnumConverter<TEnum>() : JsonStringEnumConverter<TEnum>(JsonNamingPolicy.CamelCase, allowIntegerValues: false)
    where TEnum : struct, Enum;

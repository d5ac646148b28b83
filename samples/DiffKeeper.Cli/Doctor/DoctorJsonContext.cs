using System.Text.Json;
using System.Text.Json.Serialization;
using DiffKeeper.Lifecycle;

namespace DiffKeeper.Cli.Doctor;

/// <summary>An array with an object for each requirement: <c>requirement</c>, <c>name</c>, <c>status</c>, <c>explanation</c>, and <c>cure</c> where there is one.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    WriteIndented = true,
    Converters = [typeof(CamelCaseEnumConverter<TracingRequirement>), typeof(CamelCaseEnumConverter<RequirementStatus>)])]
[JsonSerializable(typeof(IReadOnlyList<RequirementResult>))]
internal sealed partial class DoctorJsonContext : JsonSerializerContext
{
    public static void Write(IReadOnlyList<RequirementResult> results)
    {
        using Stream output = Console.OpenStandardOutput();
        JsonSerializer.Serialize(output, results, Default.IReadOnlyListRequirementResult);
        output.WriteByte((byte)'\n');
    }
}

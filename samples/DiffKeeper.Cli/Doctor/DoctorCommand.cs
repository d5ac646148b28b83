using System.CommandLine;
using DiffKeeper.Cli.Options;
using DiffKeeper.Lifecycle;

namespace DiffKeeper.Cli.Doctor;

/// <summary><c>diffkeeper doctor</c>: says what tracing needs, what of it is there, and what to do about the rest.</summary>
internal static class DoctorCommand
{
    private const int SomethingIsMissing = 1;

    /// <param name="shared">The options that it has in common with <c>diffkeeper</c> itself.</param>
    public static Command Create(AgentOptionSet shared)
    {
        var output = new Option<string>("--output", "-o") { Description = "How it is told: a table, or JSON.", DefaultValueFactory = static _ => "table" };
        output.AcceptOnlyFromAmong("table", "json");
        var command = new Command(
            "doctor",
            "Says what tracing needs, what of it is there, and what to do about the rest. Takes the options that tracing is to be run with. Exits with 0 where nothing is missing, and with 1 where something is.")
        {
            output,
        };
        shared.AddCommonTo(command);
        command.SetAction((result, _) => CommandLine.GuardAsync(() =>
        {
            IReadOnlyList<RequirementResult> results = TracingRequirements.Check(shared.ReadTracing(result), shared.ReadInjection(result)?.Injector);
            if (result.GetValue(output) == "json")
                DoctorJsonContext.Write(results);
            else
                DoctorTable.Write(results);
            return Task.FromResult(results.Any(static requirement => requirement.Status == RequirementStatus.Missing) ? SomethingIsMissing : 0);
        }));
        return command;
    }
}

using DiffKeeper.Lifecycle.KernelTests.CommandLine;
using DiffKeeper.Lifecycle.KernelTests.Engines;

namespace DiffKeeper.Lifecycle.KernelTests.Export;

/// <summary>What OpenTelemetry's own variables make the sample program export.</summary>
[TestFixture]
[Category("Kernel")]
[CancelAfter(120_000)]
[RequireKernel("runc", "busybox")]
public sealed class TelemetryExportTests
{
    [TestCase(OtlpReceiver.Http)]
    [TestCase(OtlpReceiver.Grpc)]
    public async Task An_endpoint_gets_metrics_the_spans_of_injections_and_events_from_whatever_the_service_is_called(string protocol)
    {
        await using var receiver = new OtlpReceiver(protocol);
        await receiver.StartAsync();

        await RunContainerAsync(receiver, ("OTEL_SERVICE_NAME", "node-agent"));

        Assert.That(Of(receiver, "metrics"), Has.Some.Contains("diffkeeper.lifecycle.events").And.Some.Contains("node-agent"));
        Assert.That(Of(receiver, "trace"), Has.Some.Contains("inject container").And.Some.Contains("node-agent"));
        Assert.That(Of(receiver, "logs"), Has.Some.Contains("diffkeeper.container.start").And.Some.Contains("node-agent"));
    }

    [TestCase("metrics", "OTEL_METRICS_EXPORTER", "none")]
    [TestCase("trace", "OTEL_TRACES_EXPORTER", "none")]
    [TestCase("logs", "OTEL_LOGS_EXPORTER", "none")]
    [TestCase("", "OTEL_SDK_DISABLED", "true")]
    public async Task What_a_variable_switches_off_is_not_exported(string signal, string variable, string value)
    {
        await using var receiver = new OtlpReceiver();
        await receiver.StartAsync();

        await RunContainerAsync(receiver, (variable, value));

        Assert.That(Of(receiver, signal), Is.Empty);
        Assert.That(receiver.Requests, signal is "" ? Is.Empty : Is.Not.Empty);
    }

    /// <summary>Returns once the program has ended, and so has sent what was left.</summary>
    private static async Task RunContainerAsync(OtlpReceiver receiver, (string Name, string Value) variable)
    {
        BareEngine runc = await SharedEngines.RuncAsync();
        await using TracingProcess program = await ExportingProcess.StartAsync(
            receiver, "node", ["--output=json", "--injector-cmd=/usr/bin/true"], [variable]);
        string id = await runc.StartAsync(ContainerSpec.Lasting);
        await program.WaitUntilAsync(() => program.Errors.Contains($"Injected {id}", StringComparison.Ordinal));
        await runc.RemoveAsync(id);
        await program.WaitForEventsOfAsync(id);
        Assert.That(await program.EndAsync(ProcessSignal.Terminate), Is.Zero);
    }

    private static IEnumerable<string> Of(OtlpReceiver receiver, string signal) =>
        receiver.Requests.Where(request => request.Path.Contains(signal, StringComparison.Ordinal)).Select(request => request.Content);
}

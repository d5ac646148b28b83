using System.Diagnostics.Metrics;
using System.Text.RegularExpressions;
using DiffKeeper.Lifecycle.Telemetry;
using Microsoft.Extensions.DependencyInjection;

namespace DiffKeeper.Lifecycle.Tests.Telemetry;

/// <summary>The dashboard and the alert rules ask for what there is.</summary>
[TestFixture]
public sealed partial class DeployedNamesTests
{
    private const string Dashboard = "diffkeeper.json";
    private const string Rules = "diffkeeper.rules.yaml";

    private static readonly string[] NotAlerted = ["containers", "events_total", "rescans_total", "refusals_total", "injection_duration_seconds"];

    private ServiceProvider _services = null!;
    private string[] _exposed = null!;

    [OneTimeSetUp]
    public void ListInstruments()
    {
        _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var instruments = new List<Instrument>();
        IMeterFactory factory = _services.GetRequiredService<IMeterFactory>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, _) =>
        {
            if (ReferenceEquals(instrument.Meter.Scope, factory))
                instruments.Add(instrument);
        };
        listener.Start();
        LifecycleMetrics.Of(factory);
        _exposed = [.. instruments.SelectMany(PrometheusNames.Of)];
    }

    [OneTimeTearDown]
    public void End() => _services.Dispose();

    [TestCase(Dashboard)]
    [TestCase(Rules)]
    public async Task Every_name_that_is_asked_for_is_that_of_an_instrument(string file)
        => Assert.That(await NamesInAsync(file), Is.Not.Empty.And.SubsetOf(_exposed));

    [Test]
    public async Task The_dashboard_shows_every_instrument()
        => Assert.That((await NamesInAsync(Dashboard)).Select(WithoutPart).Distinct(), Is.EquivalentTo(_exposed.Select(WithoutPart).Distinct()));

    [Test]
    public async Task The_rules_look_at_every_instrument_that_tells_of_trouble()
        => Assert.That(
            (await NamesInAsync(Rules)).Select(WithoutPart).Distinct(),
            Is.EquivalentTo(_exposed.Select(WithoutPart).Distinct().Except(NotAlerted.Select(name => $"diffkeeper_lifecycle_{name}"))));

    private static async Task<string[]> NamesInAsync(string file)
    {
        string text = await File.ReadAllTextAsync(Path.Combine(TestContext.CurrentContext.TestDirectory, "deploy", file));
        return [.. MetricName().Matches(text).Select(match => match.Value).Distinct()];
    }

    private static string WithoutPart(string name) => HistogramPart().Replace(name, "");

    [GeneratedRegex("diffkeeper_lifecycle_[a-z_]+")]
    private static partial Regex MetricName();

    [GeneratedRegex("_(bucket|sum|count)$")]
    private static partial Regex HistogramPart();
}

using DiffKeeper.Lifecycle.Tests.Documentation;
using NJsonSchema;
using YamlDotNet.Serialization;

namespace DiffKeeper.Lifecycle.Tests.Deployment;

/// <summary>What the chart's schema says of values: Helm refuses the rest before it installs anything.</summary>
public sealed class ChartValuesTests
{
    private readonly string _values = Repository.Read("deploy/helm/diffkeeper/values.yaml");
    private JsonSchema _schema = null!;

    [OneTimeSetUp]
    public async Task ReadSchema() => _schema = await JsonSchema.FromJsonAsync(Repository.Read("deploy/helm/diffkeeper/values.schema.json"));

    [Test]
    public void The_chart_s_own_values_are_valid() => Assert.That(Validate(_values), Is.Empty);

    [Test]
    public void Every_value_that_the_chart_has_is_in_its_schema()
    {
        var values = new DeserializerBuilder().Build().Deserialize<Dictionary<string, object?>>(_values);

        Assert.That(values.Keys, Is.SubsetOf(_schema.Properties.Keys));
        Assert.That(_schema.Properties.Keys.Except(values.Keys), Is.EquivalentTo(new[] { "global" }));
    }

    [TestCase("port: 9464", "port: 70000", TestName = "A_port_that_is_none_is_refused")]
    [TestCase("port: 9464", "port: metrics", TestName = "A_port_by_name_is_refused")]
    [TestCase("address: 0.0.0.0", "address: \"::\"", TestName = "An_IPv6_address_without_brackets_is_refused")]
    [TestCase("namespaces: [default]", "namespaces: []", TestName = "Injection_into_no_namespace_is_refused")]
    [TestCase("namespaces: [default]", "namespaces: [Shop]", TestName = "A_namespace_that_Kubernetes_could_not_have_is_refused")]
    [TestCase("script: \"\"", "script: exit 0", TestName = "An_injector_that_names_no_interpreter_is_refused")]
    [TestCase("stateDirectory: /run/diffkeeper", "stateDirectory: run", TestName = "A_state_directory_without_its_whole_path_is_refused")]
    [TestCase("seccompProfile: RuntimeDefault", "seccompProfile: Default", TestName = "An_unknown_seccomp_profile_is_refused")]
    [TestCase("tolerations:", "toleration:", TestName = "A_misspelt_value_is_refused")]
    [TestCase("repository: localhost/diffkeeper", "repository: \"\"", TestName = "An_image_without_a_name_is_refused")]
    public void A_value_that_cannot_be_right_is_refused(string right, string wrong)
    {
        Assert.That(_values, Does.Contain(right));
        Assert.That(Validate(_values.Replace(right, wrong, StringComparison.Ordinal)), Is.Not.Empty);
    }

    [TestCase("address: 0.0.0.0", "address: \"[::]\"")]
    [TestCase("namespaces: [default]", "namespaces: [shop-*, \"*\"]")]
    [TestCase("script: \"\"", "script: \"#!/bin/sh\\nexit 0\\n\"")]
    public void What_may_be_chosen_is_taken(string right, string other)
    {
        Assert.That(_values, Does.Contain(right));
        Assert.That(Validate(_values.Replace(right, other, StringComparison.Ordinal)), Is.Empty);
    }

    /// <summary>YAML's scalars as the types that they look like, as Helm takes them.</summary>
    private IEnumerable<string> Validate(string yaml)
    {
        object? values = new DeserializerBuilder().WithAttemptingUnquotedStringTypeDeserialization().Build().Deserialize(yaml);
        string json = new SerializerBuilder().JsonCompatible().WithQuotingNecessaryStrings().Build().Serialize(values);
        return _schema.Validate(json).Select(error => error.ToString());
    }
}

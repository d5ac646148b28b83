using System.Diagnostics.Metrics;
using DiffKeeper.Lifecycle.Tests.Injection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace DiffKeeper.Lifecycle.Tests.Hosting;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[CancelAfter(30_000)]
public sealed class OptionsTests : HostFixture
{
    [Test]
    public void An_option_that_can_not_be_so_fails_at_the_start_as_one_exception_that_says_why()
    {
        Services.AddLifecycleTracing(static options => options.RingBufferBytes = 5000);

        Assert.That(
            async () => await Host.StartAsync(),
            Throws.InstanceOf<OptionsValidationException>().With.Message.EqualTo(
                "HostedTracerOptions can't be as it was configured: The ring's size has to be a power of two."));
    }

    [Test]
    public void Every_option_of_a_tracer_can_stand_in_a_configuration_section()
    {
        Services.AddLifecycleTracing(Section(
            ("RingBufferBytes", "65536"), ("SubscriptionCapacity", "16"), ("OciRuntimes:0", "youki"), ("IncludeExecs", "true"), ("IncludeSandboxes", "false"),
            ("IncludeNested", "false"), ("IncludeRootless", "true"), ("HostRoot", "/host"), ("WhenUnavailable", "RunWithoutEvents"), ("RestartDelay", "00:00:07"),
            ("RecordTo", "/r"), ("ReplayFrom", "/f"), ("ReplayTiming", "Recorded")));

        HostedTracerOptions options = Get<IOptions<HostedTracerOptions>>().Value;

        using (Assert.EnterMultipleScope())
        {
            Assert.That((options.RingBufferBytes, options.SubscriptionCapacity), Is.EqualTo((65536, 16)));
            Assert.That(options.OciRuntimes, Is.EqualTo(new[] { "youki" }), "a list replaces the default, and isn't added to it");
            Assert.That((options.IncludeExecs, options.IncludeSandboxes), Is.EqualTo((true, false)));
            Assert.That((options.IncludeNested, options.IncludeRootless), Is.EqualTo((false, true)));
            Assert.That((options.HostRoot, options.WhenUnavailable), Is.EqualTo(("/host", TracingUnavailableBehavior.RunWithoutEvents)));
            Assert.That(options.RestartDelay, Is.EqualTo(TimeSpan.FromSeconds(7)));
            Assert.That((options.RecordTo, options.ReplayFrom, options.ReplayTiming), Is.EqualTo(("/r", "/f", ReplayTiming.Recorded)));
        }
    }

    [Test]
    public void A_section_that_is_not_there_leaves_the_defaults()
    {
        Services.AddLifecycleTracing(new ConfigurationBuilder().Build().GetSection("Tracing"));

        Assert.That(Get<IOptions<HostedTracerOptions>>().Value.OciRuntimes, Is.EqualTo(new[] { "runc", "crun" }));
    }

    [Test]
    public async Task All_faults_of_a_section_are_told_together_each_with_its_key()
    {
        Services.AddLifecycleTracing(Section(("RingBufferBytes", "5000"), ("SubscriptionCapacity", "0"), ("OciRuntimes:0", "/usr/bin/runc")));

        var refusal = await Assert.ThrowsAsync<OptionsValidationException>(async () => await Host.StartAsync());
        Assert.That(refusal!.Failures, Is.EqualTo(new[]
        {
            "Tracing:RingBufferBytes can't be as it is configured: The ring's size has to be a power of two.",
            "Tracing:SubscriptionCapacity can't be as it is configured: value ('0') must be a non-negative and non-zero value.",
            "Tracing:OciRuntimes can't be as it is configured: OCI runtimes are named by 1 to 64 file names of executables, such as runc, and not by paths.",
        }));
    }

    [TestCase("RingBufferBites", "65536")]
    [TestCase("RingBufferBytes", "much")]
    public void A_misspelt_key_or_value_fails_at_the_start_and_is_named(string key, string value)
    {
        Services.AddLifecycleTracing(Section((key, value)));

        Assert.That(async () => await Host.StartAsync(), Throws.InstanceOf<OptionsValidationException>().With.Message.Contains(key));
    }

    [Test]
    public void A_command_injector_and_its_policy_can_stand_in_one_section()
    {
        using var directory = new SafeDirectory();
        string command = directory.Script("exit 0");
        Services.AddLifecycleTracing().AddCommandInjector(Section(
            ("Command", command), ("Timeout", "00:00:09"), ("PassedEnvironment:0", "HTTPS_PROXY"), ("LedgerDirectory", "/run/elsewhere"), ("MaxConcurrency", "2"),
            ("Policy:States:0", "Create"), ("Policy:AllowedNamespaces:0", "shop-*"), ("Policy:IncludeNested", "true")));

        CommandInjectorOptions run = Get<IOptions<CommandInjectorOptions>>().Value;
        HostedInjectorOptions injection = Get<IOptions<HostedInjectorOptions>>().Value;

        using (Assert.EnterMultipleScope())
        {
            Assert.That((run.Command, run.Timeout), Is.EqualTo((command, TimeSpan.FromSeconds(9))));
            Assert.That(run.PassedEnvironment, Is.EqualTo(new[] { "HTTPS_PROXY" }));
            Assert.That((injection.LedgerDirectory, injection.MaxConcurrency), Is.EqualTo(("/run/elsewhere", 2)));
            Assert.That(injection.Policy.States, Is.EqualTo(new[] { LifecycleState.Create }));
            Assert.That(injection.Policy.AllowedNamespaces, Is.EqualTo(new[] { "shop-*" }));
            Assert.That(injection.Policy.IncludeNested);
        }
    }

    [Test]
    public void A_fault_of_the_policy_is_named_by_its_whole_key()
    {
        using var directory = new SafeDirectory();
        Services.AddLifecycleTracing().AddCommandInjector(Section(("Command", directory.Script("exit 0")), ("Policy:States:0", "Stop")));

        Assert.That(
            async () => await Host.StartAsync(),
            Throws.InstanceOf<OptionsValidationException>().With.Message.StartsWith("Tracing:Policy:States can't be as it is configured: "));
    }

    [Test]
    public async Task An_injector_that_can_not_be_executed_keeps_the_host_from_starting()
    {
        Services.AddLifecycleTracing().AddCommandInjector(static options => options.Command = "/run/no/such/injector");

        var refusal = await Assert.ThrowsAsync<OptionsValidationException>(async () => await Host.StartAsync());
        Assert.That(refusal!.Message, Does.StartWith("The injector").And.Contain("/run/no/such"));
    }

    [Test]
    public void A_host_has_one_injector()
        => Assert.That(
            () => Services.AddLifecycleTracing().AddInjector<SteeredInjector>().AddCommandInjector(static options => options.Command = "/bin/true"),
            Throws.InvalidOperationException.With.Message.Contains("injector already"));

    [Test]
    public void Logger_clock_and_meter_factory_are_those_of_the_host_unless_somebody_sets_others()
    {
        var own = TimeProvider.System;
        Services.AddMetrics();
        Services.AddLifecycleTracing().AddInjector<SteeredInjector>(options => options.TimeProvider = own);

        HostedTracerOptions tracing = Get<IOptions<HostedTracerOptions>>().Value;

        Assert.That((tracing.LoggerFactory, tracing.TimeProvider), Is.EqualTo((Logs, Time)));
        Assert.That(tracing.MeterFactory, Is.SameAs(Get<IMeterFactory>()));
        Assert.That(Get<IOptions<HostedInjectorOptions>>().Value.TimeProvider, Is.SameAs(own));
    }

    private static IConfigurationSection Section(params (string Key, string Value)[] settings)
        => new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(static setting => KeyValuePair.Create($"Tracing:{setting.Key}", (string?)setting.Value)))
            .Build()
            .GetSection("Tracing");
}

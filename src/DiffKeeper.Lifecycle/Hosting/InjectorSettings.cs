using Microsoft.Extensions.Configuration;

namespace DiffKeeper.Lifecycle.Hosting;

/// <summary>A command injector as a configuration section has it: <see cref="CommandInjectorOptions"/> and <see cref="HostedInjectorOptions"/> beside each other.</summary>
internal sealed class InjectorSettings
{
    public string? Command { get; set; }

    public TimeSpan? Timeout { get; set; }

    public TimeSpan? TerminationGrace { get; set; }

    public string? StateDirectory { get; set; }

    public string? Store { get; set; }

    public string[]? PassedEnvironment { get; set; }

    public int? MaxOutputBytes { get; set; }

    public PolicySettings? Policy { get; set; }

    public string? LedgerDirectory { get; set; }

    public int? MaxConcurrency { get; set; }

    public int? MaxRetries { get; set; }

    public TimeSpan? RetryDelay { get; set; }

    public TimeSpan? MaxRetryDelay { get; set; }

    public TimeSpan? StopTimeout { get; set; }

    public static void Apply(IConfiguration section, CommandInjectorOptions options)
    {
        var errors = new SettingsErrors(section);
        Read(section, typeof(CommandInjectorOptions)).Apply(options, errors);
        errors.ThrowIfAny(typeof(CommandInjectorOptions));
    }

    public static void Apply(IConfiguration section, HostedInjectorOptions options)
    {
        var errors = new SettingsErrors(section);
        Read(section, typeof(HostedInjectorOptions)).Apply(options, errors);
        errors.ThrowIfAny(typeof(HostedInjectorOptions));
    }

    private static InjectorSettings Read(IConfiguration section, Type options)
        => StrictBinding.Read(() => section.Get<InjectorSettings>(StrictBinding.Options), options) ?? new InjectorSettings();

    private void Apply(CommandInjectorOptions options, SettingsErrors errors)
    {
        errors.Apply(Command, value => options.Command = value);
        errors.Apply(Timeout, value => options.Timeout = value);
        errors.Apply(TerminationGrace, value => options.TerminationGrace = value);
        errors.Apply(StateDirectory, value => options.StateDirectory = value);
        errors.Apply(Store, value => options.Store = value);
        errors.Apply(PassedEnvironment, value => options.PassedEnvironment = value);
        errors.Apply(MaxOutputBytes, value => options.MaxOutputBytes = value);
    }

    private void Apply(HostedInjectorOptions options, SettingsErrors errors)
    {
        Policy?.Apply(options.Policy, errors);
        errors.Apply(LedgerDirectory, value => options.LedgerDirectory = value);
        errors.Apply(MaxConcurrency, value => options.MaxConcurrency = value);
        errors.Apply(MaxRetries, value => options.MaxRetries = value);
        errors.Apply(RetryDelay, value => options.RetryDelay = value);
        errors.Apply(MaxRetryDelay, value => options.MaxRetryDelay = value);
        errors.Apply(StopTimeout, value => options.StopTimeout = value);
    }
}

using Microsoft.Extensions.Configuration;

namespace DiffKeeper.Lifecycle.Hosting;

/// <summary><see cref="HostedTracerOptions"/> as a configuration section has them: what it does not name stays at its default.</summary>
internal sealed class TracerSettings
{
    public int? RingBufferBytes { get; set; }

    public int? SubscriptionCapacity { get; set; }

    public string[]? OciRuntimes { get; set; }

    public bool? IncludeExecs { get; set; }

    public bool? IncludeSandboxes { get; set; }

    public bool? IncludeNested { get; set; }

    public bool? IncludeRootless { get; set; }

    public string? HostRoot { get; set; }

    public string? RecordTo { get; set; }

    public string? ReplayFrom { get; set; }

    public ReplayTiming? ReplayTiming { get; set; }

    public TracingUnavailableBehavior? WhenUnavailable { get; set; }

    public TimeSpan? RestartDelay { get; set; }

    public static void Apply(IConfiguration section, HostedTracerOptions options)
    {
        TracerSettings settings = StrictBinding.Read(() => section.Get<TracerSettings>(StrictBinding.Options), typeof(HostedTracerOptions)) ?? new TracerSettings();
        var errors = new SettingsErrors(section);
        settings.Apply(options, errors);
        errors.ThrowIfAny(typeof(HostedTracerOptions));
    }

    private void Apply(HostedTracerOptions options, SettingsErrors errors)
    {
        errors.Apply(RingBufferBytes, value => options.RingBufferBytes = value);
        errors.Apply(SubscriptionCapacity, value => options.SubscriptionCapacity = value);
        errors.Apply(OciRuntimes, value => options.OciRuntimes = value);
        errors.Apply(IncludeExecs, value => options.IncludeExecs = value);
        errors.Apply(IncludeSandboxes, value => options.IncludeSandboxes = value);
        errors.Apply(IncludeNested, value => options.IncludeNested = value);
        errors.Apply(IncludeRootless, value => options.IncludeRootless = value);
        errors.Apply(HostRoot, value => options.HostRoot = value);
        errors.Apply(RecordTo, value => options.RecordTo = value);
        errors.Apply(ReplayFrom, value => options.ReplayFrom = value);
        errors.Apply(ReplayTiming, value => options.ReplayTiming = value);
        errors.Apply(WhenUnavailable, value => options.WhenUnavailable = value);
        errors.Apply(RestartDelay, value => options.RestartDelay = value);
    }
}

using System.Collections;
using System.Globalization;
using DiffKeeper.Lifecycle.Containers;

namespace DiffKeeper.Lifecycle.Injection;

/// <summary>The environment of an injector's program: what it is told of the container, and a little of this process's own.</summary>
internal sealed class InjectorEnvironment
{
    private const string DefaultPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
    private const string LocalePrefix = "LC_";

    private static readonly string[] PassedNames = ["PATH", "HOME", "USER", "LOGNAME", "TMPDIR", "TZ", "LANG", "LANGUAGE"];

    private readonly CommandInjectorOptions _options;
    private readonly Dictionary<string, string> _passed = [];

    public InjectorEnvironment(CommandInjectorOptions options)
    {
        _options = options;
        _passed["PATH"] = DefaultPath;
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            var name = (string)variable.Key;
            if (PassedNames.Contains(name) || options.PassedEnvironment.Contains(name) || name.StartsWith(LocalePrefix, StringComparison.Ordinal))
                _passed[name] = (string)variable.Value!;
        }
    }

    /// <param name="container">What isn't known of it is left out.</param>
    /// <param name="run">The value of the marker.</param>
    public IReadOnlyDictionary<string, string> Describe(LifecycleEvent container, string run)
    {
        var variables = new Dictionary<string, string>(_passed);
        Add(InjectionMarker.Variable, run);
        Add("DIFFKEEPER_CONTAINER_ID", container.ContainerId);
        Add("DIFFKEEPER_STATE", container.State == LifecycleState.Create ? "create" : "start");
        Add("DIFFKEEPER_RUNTIME", container.Runtime);
        Add("DIFFKEEPER_RUNTIME_NAMESPACE", container.RuntimeNamespace);
        Add("DIFFKEEPER_NAMESPACE", container.Namespace);
        Add("DIFFKEEPER_POD_NAME", container.PodName);
        Add("DIFFKEEPER_POD_UID", container.PodUid);
        Add("DIFFKEEPER_CONTAINER_NAME", container.ContainerName);
        Add("DIFFKEEPER_IMAGE", container.Image);
        Add("DIFFKEEPER_PID", container.Pid == 0 ? null : container.Pid.ToString(CultureInfo.InvariantCulture));
        Add("DIFFKEEPER_BUNDLE", container.Bundle);
        Add("DIFFKEEPER_STATE_DIR", _options.StateDirectory);
        Add("DIFFKEEPER_STORE", _options.Store);
        return variables;

        void Add(string name, string? value)
        {
            if (value is not null)
                variables[name] = value;
        }
    }
}

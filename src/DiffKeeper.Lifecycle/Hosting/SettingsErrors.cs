using System.Runtime.CompilerServices;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace DiffKeeper.Lifecycle.Hosting;

/// <summary>Carries settings over into options, and gathers what the options refuse, each with the key that it is for.</summary>
internal sealed class SettingsErrors(IConfiguration section)
{
    private readonly List<string> _errors = [];

    /// <param name="value">What the configuration says; <see langword="null"/> where it says nothing.</param>
    /// <param name="set">Sets the option.</param>
    /// <param name="key">The setting's name, by default that of the property which is given as the value.</param>
    public void Apply<T>(T? value, Action<T> set, [CallerArgumentExpression(nameof(value))] string key = "")
        where T : class
    {
        if (value is not null)
            Try(() => set(value), key);
    }

    /// <inheritdoc cref="Apply{T}(T, Action{T}, string)"/>
    public void Apply<T>(T? value, Action<T> set, [CallerArgumentExpression(nameof(value))] string key = "")
        where T : struct
    {
        if (value is { } given)
            Try(() => set(given), key);
    }

    public void ThrowIfAny(Type options)
    {
        if (_errors.Count > 0)
            throw new OptionsValidationException(Options.DefaultName, options, _errors);
    }

    private void Try(Action apply, string key)
    {
        try
        {
            apply();
        }
        catch (ArgumentException e)
        {
            string path = section is IConfigurationSection { Path: var parent } ? ConfigurationPath.Combine(parent, key) : key;
            _errors.Add($"{path} can't be as it is configured: {Setting.Explain(e)}");
        }
    }
}

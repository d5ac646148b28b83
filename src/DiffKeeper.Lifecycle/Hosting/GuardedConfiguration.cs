using Microsoft.Extensions.Options;

namespace DiffKeeper.Lifecycle.Hosting;

/// <summary>Sets options, whose setters refuse what can't be: at the host's start that is one exception, as for every other fault of options.</summary>
internal sealed class GuardedConfiguration<TOptions>(Action<TOptions> configure) : IConfigureOptions<TOptions>
    where TOptions : class
{
    public void Configure(TOptions options)
    {
        try
        {
            configure(options);
        }
        catch (ArgumentException e)
        {
            throw new OptionsValidationException(Options.DefaultName, typeof(TOptions), [$"{typeof(TOptions).Name} can't be as it was configured: {Setting.Explain(e)}"]);
        }
    }
}

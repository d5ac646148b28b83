using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace DiffKeeper.Lifecycle.Hosting;

/// <summary>Reads settings so that a misspelt key, or a value that can't be converted, is told at the host's start.</summary>
internal static class StrictBinding
{
    public static void Options(BinderOptions options) => options.ErrorOnUnknownConfiguration = true;

    public static TSettings? Read<TSettings>(Func<TSettings?> bind, Type options)
        where TSettings : class
    {
        try
        {
            return bind();
        }
        catch (InvalidOperationException e)
        {
            throw new OptionsValidationException(Microsoft.Extensions.Options.Options.DefaultName, options, [e.Message]);
        }
    }
}

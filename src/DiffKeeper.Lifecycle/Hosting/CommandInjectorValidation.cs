using DiffKeeper.Lifecycle.Injection;
using Microsoft.Extensions.Options;

namespace DiffKeeper.Lifecycle.Hosting;

/// <summary>Looks at the injector's file before the host starts, rather than at the first container. Where there is no Linux, there is nothing to look for.</summary>
internal sealed class CommandInjectorValidation : IValidateOptions<CommandInjectorOptions>
{
    public ValidateOptionsResult Validate(string? name, CommandInjectorOptions options)
        => OperatingSystem.IsLinux() && InjectorFile.FindFault(options.Command) is { } fault ? ValidateOptionsResult.Fail(fault.ToString()) : ValidateOptionsResult.Success;
}

using System.CommandLine;

namespace DiffKeeper.Cli.Options;

/// <summary>Options whose values are written in a <see cref="Notation{T}"/>; <see langword="null"/> where they are not given.</summary>
internal static class NotedOption
{
    /// <summary><c>--name</c>, or <c>--name=false</c>.</summary>
    public static Option<OnOff?> Switch(string name, string description)
        => Create(name, "true|false", description, Notations.OnOff, new OnOff(true));

    /// <param name="name">Its name.</param>
    /// <param name="helpName">What its value is called.</param>
    /// <param name="description">What it does.</param>
    /// <param name="notation">How its value is written.</param>
    /// <param name="alone">What it says without a value; <see langword="null"/> where it needs one.</param>
    public static Option<T?> Create<T>(string name, string helpName, string description, Notation<T> notation, T? alone = null)
        where T : struct => new(name)
        {
            Description = description,
            HelpName = helpName,
            Arity = alone is null ? ArgumentArity.ExactlyOne : ArgumentArity.ZeroOrOne,
            CustomParser = result =>
            {
                if (result.Tokens is [])
                    return alone;
                string value = result.Tokens[0].Value;
                if (notation.Read(value) is { } read)
                    return read;
                result.AddError($"{name} is '{value}': {notation.Rule}.");
                return null;
            },
        };
}

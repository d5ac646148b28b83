namespace DiffKeeper.Cli.Options;

/// <summary>On or off: a <see cref="bool"/> of which the command line's parser has no notion of its own.</summary>
internal readonly record struct OnOff(bool IsOn);

namespace DiffKeeper.Cli;

/// <summary>What was asked for can't be. The message is one sentence for whoever asked.</summary>
internal sealed class UsageException(string message) : Exception(message);

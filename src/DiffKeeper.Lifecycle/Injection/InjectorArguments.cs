using System.Text;

namespace DiffKeeper.Lifecycle.Injection;

/// <summary>What may be handed to a program: exec takes any bytes but NUL, in strings that are not too long, and no more is asked here.</summary>
internal static class InjectorArguments
{
    /// <summary>MAX_ARG_STRLEN (linux/binfmts.h) with pages of 4 KiB, the NUL included.</summary>
    public const int MaxStringBytes = 128 * 1024;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Why the program can't be executed for the container, in a sentence; <see langword="null"/> where it can.</summary>
    public static string? FindFault(LifecycleEvent container, IEnumerable<KeyValuePair<string, string>> variables)
    {
        // It would be taken for an option.
        if (container.ContainerId.StartsWith('-') || container.ContainerId.Length == 0)
            return "The container's ID is empty or begins with '-', and is handed to no program.";
        return FindFault("The container's ID", container.ContainerId, prefixLength: 0)
            ?? variables.Select(static variable => FindFault(variable.Key, variable.Value, variable.Key.Length + 1)).FirstOrDefault(static fault => fault is not null);
    }

    private static string? FindFault(string name, string value, int prefixLength)
    {
        if (value.Contains('\0'))
            return $"{name} contains a NUL, which can't be handed to a program.";
        try
        {
            bool fits = prefixLength + StrictUtf8.GetByteCount(value) < MaxStringBytes;
            return fits ? null : $"{name} is longer than the {MaxStringBytes / 1024} KiB that can be handed to a program.";
        }
        catch (EncoderFallbackException)
        {
            return $"{name} is not valid Unicode, and can't be handed to a program as it is.";
        }
    }
}
